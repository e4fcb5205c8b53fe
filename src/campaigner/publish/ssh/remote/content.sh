# Gives a file, $1.
cat "$1"
