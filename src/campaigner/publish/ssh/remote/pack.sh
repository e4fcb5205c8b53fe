# Gives a folder, $1, with all that is in it.
cd "$1" && exec tar -cf - .
