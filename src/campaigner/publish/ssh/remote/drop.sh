# Takes away a folder that will be no release, $1, and what is written beside it.
rm -rf "$1" "$1.json" "$1.adopted.json"
