# Gives what is written of a release.
# $1 is the folder of the releases, $2 the name of the release.
# The record of the release that readers see has its first name still where the publication was killed.
cat "$1/$2.json" 2>/dev/null || cat "$1/unfinished-$2.json"
