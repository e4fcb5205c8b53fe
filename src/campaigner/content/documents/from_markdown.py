"""Markdown: takes front matter and title off, and leaves the rest as it is."""

import re
from collections.abc import Iterator
from pathlib import Path

from campaigner.content.documents.document import DocumentImage
from campaigner.content.documents.faults import refused
from campaigner.content.documents.pictures import Pictures
from campaigner.content.documents.summary import as_title, plain
from campaigner.content.yaml import read_mapping
from campaigner.errors import ContentError

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
BEGINNING = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*:(?:\s|\Z)")
CODE_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
TITLE = re.compile(r"#[ \t]+(?P<words>\S.*?)[ \t]*#*[ \t]*")
#: of a line that may be the title, with its markup
LONGEST_LINE = 1000
UNDERLINE = re.compile(r"=+[ \t]*")
ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}$")
PICTURE = re.compile(r"!\[[^\]\n]{0,1000}\]\([ \t]*(?:<(?P<pointed>[^>\n]{1,300})>|(?P<bare>[^\s)]{1,300}))")
PICTURE_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif)$", re.IGNORECASE)


def read_markdown(text: str, *, shown: str) -> tuple[str, str, str]:
    """Give title, body and front matter of a Markdown file.

    The title is the first `# …` outside of code, else the front matter's. Raises ContentError where
    the front matter begins and never ends.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    opening = FRONT_MATTER.match(text)
    if not opening and BEGINNING.match(text):
        raise refused(shown, "the front matter is never closed", "Put a line --- below its last key")
    front_matter = opening["yaml"] if opening else ""
    body = text[opening.end() :] if opening else text
    title, body = _without_title(body)
    return title or as_title(str(_values(front_matter).get("title") or "")), body.strip("\n"), front_matter


def markdown_pictures(markdown: str, front_matter: str, pictures: Pictures) -> tuple[DocumentImage, ...]:
    """Give the pictures that text and front matter name and that stand in the file's folder or below."""
    named = [match["pointed"] or match["bare"] for match in PICTURE.finditer(markdown)]
    values = _values(front_matter).values()
    named += [value for value in values if isinstance(value, str) and PICTURE_FILE.search(value)]
    found = {}
    for name in named:
        path = pictures.local(name)
        if path and ".." not in Path(name).parts:
            found[Path(name).as_posix()] = path
    return tuple(DocumentImage(name=name, content=path.read_bytes()) for name, path in found.items())


def _without_title(body: str) -> tuple[str, str]:
    lines = body.split("\n")
    for index in _outside_code(lines):
        if len(lines[index]) > LONGEST_LINE:
            continue
        heading = TITLE.fullmatch(lines[index])
        underlined = index + 1 < len(lines) and lines[index].strip() and UNDERLINE.fullmatch(lines[index + 1])
        if heading or underlined:
            words = heading["words"] if heading else lines[index].strip()
            title = as_title(plain(ATTRIBUTES.sub("", words)))
            rest = lines[index + (1 if heading else 2) :]
            if rest and lines[:index] and not lines[index - 1].strip() and not rest[0].strip():
                rest = rest[1:]
            return (title, "\n".join(lines[:index] + rest)) if title else ("", body)
    return "", body


def _outside_code(lines: list[str]) -> Iterator[int]:
    fence = ""
    for index, line in enumerate(lines):
        code = CODE_FENCE.match(line)
        if code and not fence:
            fence = code["fence"]
        elif fence:
            fence = "" if code and code["fence"].startswith(fence) else fence
        else:
            yield index


def _values(front_matter: str) -> dict[str, object]:
    """What the front matter says, as far as it can be read; what is wrong with it the build tells."""
    try:
        return read_mapping(front_matter, path="").values
    except ContentError:
        return {}
