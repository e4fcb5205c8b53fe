"""Markdown: takes front matter and title off, and leaves the rest as it is."""

import re
from collections.abc import Iterator

from campaigner.content.documents.decoding import visible
from campaigner.content.documents.document import DocumentImage
from campaigner.content.documents.faults import refused
from campaigner.content.documents.pictures import Pictures, ending, local_name
from campaigner.content.documents.summary import as_title, plain
from campaigner.content.yaml import read_mapping
from campaigner.errors import ContentError

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
BEGINNING = re.compile(r"---[ \t]*\n[A-Za-z_][\w-]*:(?:\s|\Z)")
CODE_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
TITLE = re.compile(r"#[ \t]+(?P<words>\S.*?)[ \t]*#*[ \t]*")
HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+\S")
#: a line of a paragraph, which a line of `=` below makes a heading
PLAIN_LINE = re.compile(r"[^\s#>|=:`~-]")
DEEPEST_HEADING = 6
#: of a line that may be the title, with its markup
LONGEST_LINE = 1000
UNDERLINE = re.compile(r"=+[ \t]*")
ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}$")
PICTURE_FILE = r"\.(?:png|jpe?g|gif|webp|avif|tiff?|bmp)"
#: what may be the address of a picture, in Markdown behind `](` or `]:`, or in HTML
ADDRESS = re.compile(
    rf"""(?:\]\(\s*<?|\]:[ \t]*<?|\bsrc\s*=\s*["']?)
    (?P<address>(?:(?!\]\()[^\n"'<>]){{1,300}}?{PICTURE_FILE})(?![\w.-])""",
    re.VERBOSE | re.IGNORECASE,
)
NAME = re.compile(rf".*{PICTURE_FILE}", re.IGNORECASE)


def read_markdown(text: str, *, shown: str) -> tuple[str, str, str]:
    """Give title, body and front matter of a Markdown file.

    The title is a `# …` that the text begins with, else the front matter's; other headings of that
    level, and those below them, go one down, since a page has one title. Raises ContentError where the
    front matter begins and never ends.
    """
    text = visible(text)
    opening = FRONT_MATTER.match(text)
    if not opening and BEGINNING.match(text):
        raise refused(shown, "the front matter is never closed", "Put a line --- below its last key")
    front_matter = opening["yaml"] if opening else ""
    body = text[opening.end() :] if opening else text
    title, body = _without_title(body)
    body = _below_the_title(body)
    meant = _values(front_matter).get("title")
    return title or (as_title(meant) if isinstance(meant, str) else ""), body.strip("\n"), front_matter


def markdown_pictures(markdown: str, front_matter: str, pictures: Pictures) -> tuple[DocumentImage, ...]:
    """Give the pictures that text and front matter name and that stand in the file's folder or below."""
    named = [match["address"] for match in ADDRESS.finditer(markdown)]
    values = _values(front_matter).values()
    named += [value for value in values if isinstance(value, str) and NAME.fullmatch(value)]
    found = {}
    for address in named:
        name, path = local_name(address), pictures.local(address)
        content = path.read_bytes() if path and not name.startswith(("..", "/")) else b""
        if ending(content):
            found[name] = content
    return tuple(DocumentImage(name=name, content=content) for name, content in found.items())


def _without_title(body: str) -> tuple[str, str]:
    lines = body.split("\n")
    index = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if len(lines[index]) > LONGEST_LINE:
        return "", body
    heading = TITLE.fullmatch(lines[index])
    underlined = index + 1 < len(lines) and lines[index].strip() and UNDERLINE.fullmatch(lines[index + 1])
    if not heading and not underlined:
        return "", body
    words = heading["words"] if heading else lines[index].strip()
    title = as_title(plain(ATTRIBUTES.sub("", words)))
    rest = lines[index + (1 if heading else 2) :]
    return (title, "\n".join(rest)) if title else ("", body)


def _below_the_title(body: str) -> str:
    """A text in which `##` is the highest heading."""
    lines = body.split("\n")
    headings = {number: match for number in _outside_code(lines) if (match := HEADING.match(lines[number]))}
    underlined = [
        number
        for number in _outside_code(lines)
        if number + 1 < len(lines)
        and PLAIN_LINE.match(lines[number])
        and UNDERLINE.fullmatch(lines[number + 1])
    ]
    if not underlined and all(match["level"] != "#" for match in headings.values()):
        return body
    for number, match in headings.items():
        if len(match["level"]) < DEEPEST_HEADING:
            lines[number] = f"#{lines[number]}"
    for number in reversed(underlined):
        lines[number : number + 2] = [f"## {lines[number].strip()}"]
    return "\n".join(lines)


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
