# Makes the folder $4 the release $3, and has readers see it.
# $1 is the path, $2 the folder of the releases, $5 the release that readers are to see still; $6 is the name of the
# release that a folder at the path becomes, nothing for none. All others are releases that nobody goes back to.
# Beside the folder lies its record, as $4.json; that of $6 is $4.adopted.json.
umask 022
name=$3 unfinished=$2/$4 planned=$5 adopted=$6
shift 6
is_renamed='' is_shown=''

# Ends with "meanwhile" where something else stands at the path than a link, or the folder that is to be taken over.
check_kind() {
    kind=nothing
    if [ -L "$path" ]; then kind=link; elif [ -d "$path" ]; then kind=folder; elif [ -e "$path" ]; then kind=file; fi
    case "$adopted $kind" in
    " link" | " nothing" | ?*" folder") ;;
    *) echo meanwhile; exit 0 ;;
    esac
}

# Finishes, or takes away, what a publication that was killed left behind.
clear_up() {
    finish_record
    for left in "$place"/[0-9]*T[0-9]*Z-[0-9]*; do
        of=${left##*/} of=${of%.json}
        if [ "$of" = "$planned" ] || [ "$of" = "$live" ]; then continue; fi
        if [ ! -d "$place/$of" ] || [ ! -e "$place/$of.json" ]; then rm -rf "$left"; fi
    done
}

# Takes the folder at the path away, and puts a link to the release there.
adopt() {
    mv "$unfinished.adopted.json" "$place/$adopted.json"
    # the link waits where the folder is to be, until they change places: at once, where mv can
    ln -s "${place##*/}/$name" "$place/$adopted"
    if mv --exchange -T "$place/$adopted" "$path" 2>/dev/null; then return; fi
    rm "$place/$adopted"
    mv "$path" "$place/$adopted"
    switch "$name"
}

# Leaves all as it was, where it ends early.
leave() {
    if [ -z "$is_shown" ]; then
        rm -rf "$unfinished" "$unfinished.json" "$unfinished.adopted.json"
        if [ -n "$is_renamed" ]; then rm -rf "${place:?}/$name" "$place/unfinished-$name.json"; fi
        if [ -n "$is_renamed" ] && [ -n "$adopted" ]; then
            if [ -L "$place/$adopted" ]; then rm "$place/$adopted"; fi
            if [ -d "$place/$adopted" ]; then mv "$place/$adopted" "$path"; fi
            rm -f "$place/$adopted.json"
        fi
    fi
    let_go
}

trap leave EXIT
hold
check_planned
check_kind
clear_up
if [ -e "$place/$name" ]; then echo meanwhile; exit 0; fi

is_renamed=yes
mv "$unfinished.json" "$place/unfinished-$name.json"
chmod 755 "$unfinished"
mv "$unfinished" "$place/$name"
if [ -n "$adopted" ]; then adopt; else switch "$name"; fi
is_shown=yes
# from here on it counts: what has no record was never shown
mv "$place/unfinished-$name.json" "$place/$name.json"

for old in "$@"; do
    rm -f "$place/$old.json"
    rm -rf "${place:?}/$old"
done
echo done
