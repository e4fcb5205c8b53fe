# What both ways to another release have in common.
# $1 is the path, $2 the folder of the releases; $planned is the release that readers are to see still.
set -eu
path=$1 place=$2 lock=$2/campaigner.publishing
is_held=

# Keeps everybody else out, for the moment that a switch takes; ends with "held" where somebody stays too long.
hold() {
    tries=0
    until told=$(mkdir "$lock" 2>&1); do
        tries=$((tries + 1))
        if [ ! -d "$lock" ] && [ "$tries" -gt 2 ]; then printf '%s\n' "$told" >&2; exit 1; fi
        if [ "$tries" -gt 20 ]; then echo held; exit 0; fi
        # nobody needs two minutes: it was killed
        if [ -n "$(find "$lock" -prune -mmin +2 2>/dev/null)" ]; then rmdir "$lock" || true; else sleep 1; fi
    done
    is_held=yes
}

let_go() {
    if [ -n "$is_held" ]; then rmdir "$lock"; fi
}

# Ends with "meanwhile" where readers see another release than was planned; $live is the folder that they see.
check_planned() {
    live=
    if [ -L "$path" ]; then live=$(readlink "$path") live=${live##*/}; fi
    if [ "${live%%-after-*}" != "$planned" ]; then echo meanwhile; exit 0; fi
}

# Has the record of what readers see count, where a publication was killed before it did.
finish_record() {
    if [ -n "$planned" ] && [ ! -e "$place/$planned.json" ] && [ -e "$place/unfinished-$planned.json" ]; then
        mv "$place/unfinished-$planned.json" "$place/$planned.json"
    fi
}

# Has readers see the release $1, in one step: a rename onto the link.
switch() {
    link=$place/unfinished-link
    rm -f "$link"
    ln -s "${place##*/}/$1" "$link"
    # without -T, or -h as BSD has it, a link to a folder would be moved into that folder
    told=$(mv -fT "$link" "$path" 2>&1) || mv -fh "$link" "$path" 2>/dev/null || {
        printf '%s\n' "$told" >&2
        exit 1
    }
}

trap 'exit 1' HUP INT TERM
