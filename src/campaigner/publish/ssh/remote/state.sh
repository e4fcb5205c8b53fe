# Says what stands at a path and beside it: on each line a word, and behind it what there is to know.
# $1 is the path, $2 the folder of its releases.
path=$1 place=$2

if [ -L "$path" ]; then what=link
elif [ -d "$path" ]; then what=folder
elif [ -e "$path" ]; then what=file
elif [ -d "${path%/*}/" ]; then what=nothing
else what=nowhere
fi

# ours are those with the file that we make first
if [ -L "$place" ]; then beside=other
elif [ -f "$place/campaigner.lock" ]; then beside=ours
elif [ ! -e "$place" ]; then beside=nothing
elif [ ! -d "$place" ]; then beside=other
elif [ -n "$(ls -A "$place")" ]; then beside=foreign
else beside=nothing
fi

# what a login says by itself comes before
echo campaigner
echo "what $what"
echo "beside $beside"
printf 'holder %s\n' "$(cd -P "${path%/*}/" 2>/dev/null && pwd -P)"
if [ "$what" = link ]; then
    printf 'leads %s\n' "$(readlink "$path")"
    # of the link itself: GNU and busybox, else BSD
    echo "since $(stat -c %Y "$path" 2>/dev/null || stat -f %m "$path")"
fi
if command -v rsync >/dev/null 2>&1; then echo "rsync yes"; fi
if [ "$beside" = ours ]; then
    for record in "$place"/*.json; do
        name=${record##*/} name=${name%.json}
        if [ -d "$place/$name" ]; then printf 'release %s\n' "$name"; fi
    done
fi
echo "end yes"
