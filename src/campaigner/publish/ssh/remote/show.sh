# Has readers see a release that is there.
# $1 is the path, $2 the folder of the releases, $3 the release, $4 the one that readers are to see still.
# $5 is the folder that they are to see, and $6 what it is called until then, nothing where it is that of the release.
name=$3 planned=$4 shown=$5 unfinished=$6

leave() {
    if [ -n "$unfinished" ]; then rm -rf "${place:?}/$unfinished"; fi
    let_go
}

trap leave EXIT
hold
check_planned
if [ ! -d "$place/$name" ]; then echo meanwhile; exit 0; fi
finish_record
if [ -n "$unfinished" ]; then
    # of an earlier way back
    rm -rf "${place:?}/$shown"
    mv "$place/$unfinished" "$place/$shown"
fi
switch "$shown"
echo done
