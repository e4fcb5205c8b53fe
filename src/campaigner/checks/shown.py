"""The pictures of a page or mail: how they are shown, and the files that they are."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from campaigner.checks.links import joined
from campaigner.checks.spots import Key, Spot
from campaigner.render.pictures import CachedFile
from campaigner.value import Value

#: pictures looked at; no page has so many
MOST = 2_000
PIXELS = re.compile(r"\s*(\d{1,6})(?:\.\d{1,6})?(?:px)?\s*")


class Shown(Value):
    """An `<img>`."""

    element: HtmlElement
    #: of what it stands on, and of the site
    page_url: str
    base_url: str
    known: Mapping[str, CachedFile]

    @property
    def src(self) -> str:
        """Its address as it is written, without blanks around it."""
        return (self.element.get("src") or "").strip()

    @property
    def name(self) -> str:
        """Its file's name, for a message."""
        return unquote(self.src.partition("?")[0].rpartition("/")[2])[:80] if self.src[:5] != "data:" else ""

    def words_at(self, image_alt: str) -> Spot:
        """Where its alternative text stands: in the article, or in the front matter as `image_alt`."""
        is_cover = bool(image_alt) and self.element.get("alt") == image_alt
        return Key(path="image_alt") if is_cover else self.element

    @property
    def width(self) -> int | None:
        """How wide it is shown, in pixels, where that is said in them."""
        return pixels(self.element.get("width"))

    @property
    def height(self) -> int | None:
        """How high."""
        return pixels(self.element.get("height"))

    @cached_property
    def files(self) -> tuple[CachedFile, ...]:
        """Those of the site that it may be, the narrowest first; none for one that is not the campaign's."""
        found = (self._file(address) for address in self._addresses())
        return tuple(sorted({file.path: file for file in found if file}.values(), key=lambda one: one.width))

    def _addresses(self) -> Iterator[str]:
        yield self.src
        sets = [self.element.get("srcset") or ""]
        for parent in self.element.iterancestors():  # the parser puts a picture into the <source> before it
            if parent.tag not in ("source", "picture"):
                break
            sets += [source.get("srcset") or "" for source in (parent, *parent.iterchildren("source"))]
        for one in sets:
            for candidate in one.split(","):
                yield candidate.strip().partition(" ")[0]

    def _file(self, address: str) -> CachedFile | None:
        if not address or address[:5] == "data:":
            return None
        return self.known.get(unquote(joined(self.page_url, address).removeprefix(self.base_url)))


def shown_in(
    tree: HtmlElement, page_url: str, base_url: str, known: Mapping[str, CachedFile]
) -> tuple[Shown, ...]:
    """Give all pictures, in reading order; `known` are the campaign's files by address in the site."""
    return tuple(
        Shown(element=element, page_url=page_url, base_url=base_url, known=known)
        for element in islice(tree.iter("img"), MOST)
    )


def pixels(size: str | None) -> int | None:
    """Give a number of pixels; None for what is none, such as 50%."""
    found = PIXELS.fullmatch(size or "")
    return int(found[1]) if found else None
