# Writes standard input into a file, $1.
set -eu
umask 022
cat >"$1"
