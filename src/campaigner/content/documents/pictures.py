"""The pictures of a document: taken along where they are its own, each under a name of its own."""

import base64
import binascii
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from campaigner.content.documents.document import DocumentImage

#: of one picture, in bytes
LARGEST = 20_000_000
#: how files of the formats begin that pictures of an article may have
SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "avif"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "tif"),
    (re.compile(rb"BM.{4}\x00{4}", re.DOTALL), "bmp"),
)
DATA = re.compile(r"data:[^,]*?(;base64)?,", re.IGNORECASE)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def local_name(source: str) -> str:
    """Give the path that a picture's address means, seen from the folder of its document."""
    return posixpath.normpath(unquote(re.split("[?#]", source)[0]).replace("\\", "/"))


def ending(content: bytes) -> str:
    """Give the ending of a picture's format; "" where no article could show it."""
    return next((ending for signature, ending in SIGNATURES if signature.match(content)), "")


class Pictures:
    """Collects the pictures of one document, which stands in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._names: dict[bytes, str] = {}
        #: addresses of those that could not be had
        self.missing: list[str] = []

    @property
    def found(self) -> tuple[DocumentImage, ...]:
        """All pictures, in the order in which they were first named."""
        return tuple(DocumentImage(name=name, content=content) for content, name in self._names.items())

    def add(self, content: bytes, *, called: str = "") -> str:
        """Take a picture along; give its name, or "" where it is none that a page could show."""
        kind = ending(content)
        if not kind or len(content) > LARGEST:
            return ""
        if content not in self._names:
            self._names[content] = self._free_name(called, kind)
        return self._names[content]

    def take(self, source: str) -> str:
        """Take the picture that an `<img src>` names; give its name, or "" where it cannot be had.

        It can be where it is a `data:` URI or a file in the document's folder or below.
        """
        data = DATA.match(source)
        if data:
            name = self.add(_decoded(source[data.end() :], as_base64=data[1] is not None))
        else:
            path = self.local(source)
            name = self.add(path.read_bytes(), called=path.stem) if path else ""
        if source and not name:
            self.missing.append(source)
        return name

    def local(self, source: str) -> Path | None:
        """Give the readable file in the document's folder that a relative address names."""
        if not source or ADDRESS.match(source):
            return None
        try:
            path = (self._folder / local_name(source)).resolve()
            inside = path.is_relative_to(self._folder) and path.is_file() and path.stat().st_size <= LARGEST
            if inside:
                path.open("rb").close()
        except (OSError, ValueError):  # not to be read, or no path at all
            return None
        return path if inside else None

    def _free_name(self, called: str, kind: str) -> str:
        stem = "-".join(re.findall(r"[^\W_]+", called.lower()))[:60] or "picture"
        taken = set(self._names.values())
        number = 1
        name = f"{stem}.{kind}" if called else f"{stem}-1.{kind}"
        while name in taken:
            number += 1
            name = f"{stem}-{number}.{kind}"
        return name


def _decoded(data: str, *, as_base64: bool) -> bytes:
    if not as_base64:
        return unquote_to_bytes(data)
    try:
        return base64.b64decode(unquote(data), validate=False)
    except (binascii.Error, ValueError):
        return b""
