# Gives what is written of a release; nothing where nothing is.
# $1 is the folder of the releases, $2 the name of the release.
record=$1/$2.json
# where the publication was killed, the record of what readers see may have its first name still
if [ ! -e "$record" ]; then record=$1/unfinished-$2.json; fi
if [ -e "$record" ]; then cat "$record"; fi
