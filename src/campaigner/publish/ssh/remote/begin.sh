# Begins a release: a folder with what stays of what readers see now, and costs no room; gives the paths in it.
# $1 is the folder of the releases, $2 the name of the folder, $3 where the files that stay lie; nothing for none.
# Standard input has the paths that stay, each ended by a NUL.
set -eu
umask 022
place=$1 folder=$1/$2 before=$3
name=${before##*/} name=${name%%-after-*}

if [ ! -d "$place" ]; then mkdir "$place"; fi
: >>"$place/campaigner.lock"

# what was begun more than a day ago is not going on; but a record of what readers see may have been left without its
# name, where the publication was killed
find "$place" -name 'unfinished-*' ! -name "unfinished-$name.json" -mtime +0 -prune -exec rm -rf {} \;

mkdir "$folder"
if [ -n "$before" ]; then
    rsync -r --size-only --link-dest="$before" --from0 --files-from=- --ignore-missing-args "$before/" "$folder/"
fi
cd "$folder"
find . -type f -print0
