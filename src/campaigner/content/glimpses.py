"""What a campaign that cannot be read may be called, from a look at its lines.

A link to it is none that is broken, whatever is wrong with it.
"""

import re
from collections.abc import Iterator

from campaigner.content.workspace import ARTICLE_FILE, Workspace
from campaigner.model.front_matter import ALIASES

#: bytes at the beginning of an article that are looked at; front matter is shorter
LOOKED_AT = 65_536
#: names of one campaign that are taken
MOST = 1_000
#: keys that say where a campaign is or was, ours and those of other tools
KEYS = {
    "slug",
    "permalink",
    "aliases",
    *(name for name, ours in ALIASES.items() if ours in ("slug", "aliases")),
}
KEY = re.compile(rf"[\"']?(?:{'|'.join(sorted(KEYS))})[\"']?[ \t]*:(.*)")
ITEM = re.compile(r"[ \t]*-(.*)")
NAME = re.compile(r"[^\s\"'\[\],#]+")


def names_glimpsed(workspace: Workspace, folder: str) -> frozenset[str]:
    """Its folder, and each slug and alias that a line of its front matter seems to say, without slashes around it."""
    path = workspace.campaigns / folder / ARTICLE_FILE
    try:
        if not (workspace.inside(path) and path.is_file()):
            return frozenset((folder,))
        with path.open("rb") as file:
            beginning = file.read(LOOKED_AT)
    except OSError:
        return frozenset((folder,))
    return frozenset((folder, *_names_in(beginning.decode(errors="replace"))))


def _names_in(text: str) -> Iterator[str]:
    count = 0
    is_within = False
    for line in text.splitlines():
        key = KEY.match(line)
        found = key or (ITEM.match(line) if is_within else None)
        is_within = found is not None
        for name in NAME.findall(found[1]) if found else ():
            count += 1
            if count > MOST:
                return
            yield name.strip("/")
