# Puts a release into one more folder, beside what stays of what readers see now: the release itself stays as it is.
# $1 is the folder of the releases, $2 the name of the new folder, $3 the release, $4 the folder that readers see.
# Standard input has the paths that stay, each ended by a NUL.
set -eu
umask 022
place=$1 folder=$1/$2 release=$1/$3 left=$1/$4

trap 'if [ -n "$folder" ]; then rm -rf "$folder"; fi' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$folder"
rsync -rlp --size-only --link-dest="$release" "$release/" "$folder/" </dev/null
# a site that was taken over may have something else in that place, such as a link that leads elsewhere
if [ ! -L "$folder/assets" ] && { [ -d "$folder/assets" ] || [ ! -e "$folder/assets" ]; }; then
    rsync -r --size-only --ignore-existing --link-dest="$left" --from0 --files-from=- --ignore-missing-args \
        "$left/" "$folder/"
fi
folder=
