# Has readers see a release that is there.
# $1 is the path, $2 the folder of the releases, $3 the release, $4 the one that readers are to see still.
name=$3 planned=$4

trap let_go EXIT
hold
check_planned
if [ ! -d "$place/$name" ]; then echo meanwhile; exit 0; fi
finish_record
switch "$name"
echo done
