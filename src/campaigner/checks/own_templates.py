"""The tags that a workspace's own templates write, and which of them an element was made from."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from html import unescape
from itertools import chain, islice
from operator import itemgetter
from typing import Self

from lxml.html import HtmlElement

from campaigner.errors import CampaignerError
from campaigner.render.theme import Theme
from campaigner.value import Value, replace

#: what stands for each character of an expression, and of a statement: a template says nothing of them
EXPRESSION, STATEMENT = "\ue000", "\ue001"
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
#: a start tag, and the text right behind it
TAG = re.compile(r"""<([a-zA-Z][\w:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>([^<]*)""")
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")
COMPUTED = re.compile(f"[{EXPRESSION}{STATEMENT}]+")
#: what a stylesheet that is written into a mail adds to its elements
INLINED = frozenset(("style", "width", "height", "bgcolor", "align", "valign"))
#: those of links, which tell one from others
LINKS = frozenset(("a", "area"))
#: attributes that hold an address, and what each of them may begin with
ADDRESSES = frozenset(("href", "src", "action"))
SCHEME = re.compile(r"(?:https?:)?/{0,2}(?:www\.)?", re.IGNORECASE)
#: characters of an address that is told from others by itself
LEAST_ADDRESS = 4
#: elements that hold nothing: the text right behind their tag stands beside them
VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: of a template's file, and tags in it, beyond which nobody wrote it by hand
LARGEST, MOST = 1_000_000, 5_000
#: elements that may be alike
MOST_TWINS = 2_000


#: an element's name, and the name and words of an attribute
Key = tuple[str, tuple[str, ...]]


class Attribute(Value):
    """An attribute of a tag in a template."""

    name: str
    #: what it says between the expressions: two pieces or more where it has one
    pieces: tuple[str, ...]
    #: whether it stands within a condition
    is_optional: bool

    @property
    def is_literal(self) -> bool:
        """Whether nothing in it is computed."""
        return len(self.pieces) == 1

    def may_be(self, value: str | None) -> bool:
        """Whether this may have become an element's attribute of that value; None where it has none."""
        if value is None:
            return False
        if self.is_literal:  # a parser may write checked="checked" where there is only checked
            return value.split() == self.pieces[0].split() or (value == self.name and not self.pieces[0])
        first, *between, last = self.pieces
        if not (value.startswith(first) and value.endswith(last)):
            return False
        place, end = len(first), len(value) - len(last)
        for piece in between:
            place = value.find(piece, place, end) + len(piece)
            if place < len(piece):
                return False
        return place <= end

    def leads_to(self, address: str | None) -> bool:
        """Whether this may have become an address, and says enough of it to be told from others."""
        return (
            self.name in ADDRESSES
            and any(len(SCHEME.sub("", piece, count=1)) > LEAST_ADDRESS for piece in self.pieces)
            and self.may_be(address)
        )


class Tag(Value):
    """A start tag in a template of the workspace."""

    #: of the file: "templates/_layouts/page.html"
    path: str
    line: int
    name: str
    attributes: tuple[Attribute, ...]
    #: whether an expression may have become further attributes
    is_open: bool
    #: the words behind it, in pieces as those of an attribute
    text: tuple[str, ...]
    #: lines of all tags of its file that are like it, itself the first; none where nobody counted
    lines: tuple[int, ...] = ()

    def may_be(self, element: HtmlElement) -> bool:
        """Whether an element may have been made from this tag."""
        if element.tag != self.name:
            return False
        mine = {attribute.name for attribute in self.attributes}
        if not self.is_open and not mine.issuperset(set(element.keys()) - INLINED):
            return False
        return self._text_may_be(element) and all(
            attribute.is_optional or attribute.may_be(element.get(attribute.name))
            for attribute in self.attributes
            if attribute.name not in INLINED
        )

    @cached_property
    def key(self) -> Key:
        """What an element must have to be made from this tag: see `keys_of`."""
        literal = (one for one in self.attributes if one.is_literal and not one.is_optional)
        asked = next((one for one in literal if one.name not in INLINED), None)
        return self.name, (asked.name, *asked.pieces[0].split()) if asked else ()

    def _text_may_be(self, element: HtmlElement) -> bool:
        if self.is_literal and self.name not in VOID:
            return self.text[0].split() == _text_behind(element).split()
        return True

    @property
    def is_literal(self) -> bool:
        """Whether nothing in its words is computed."""
        return len(self.text) == 1

    def says(self, element: HtmlElement) -> tuple[bool, int]:
        """How much of an element stands here as it stands in it: its words, and how many attributes."""
        return self.says_words(element), sum(
            attribute.leads_to(value) or (attribute.is_literal and attribute.may_be(value))
            for attribute in self.attributes
            for value in [element.get(attribute.name)]
        )

    def leads_to(self, named: HtmlElement | Mapping[str, str]) -> bool:
        """Whether the address in some attributes stands here, or a part of it that tells it from others."""
        return any(attribute.leads_to(named.get(attribute.name)) for attribute in self.attributes)

    def says_words(self, element: HtmlElement) -> bool:
        """Whether words of an element stand here, and are not computed."""
        shown = " ".join(_text_behind(element).split())
        words = [" ".join(piece.split()) for piece in self.text]
        return any(re.search(r"\w", piece) and piece in shown for piece in words)

    @classmethod
    def read(cls, path: str, line: int, found: re.Match[str]) -> Self:
        """Read a tag that TAG found in a template without its expressions."""
        inside = found[2]
        first, last = inside.find(STATEMENT), inside.rfind(STATEMENT)
        attributes = tuple(
            Attribute(
                name=one[1].lower(),
                pieces=_pieces((one[2] or "").strip("\"'")),
                is_optional=first < one.start() < last,
            )
            for one in ATTRIBUTE.finditer(_spaced(inside))
            if not COMPUTED.search(one[1])
        )
        outside = re.sub(r"""=\s*("[^"]*"|'[^']*'|\S+)""", "", inside)
        return cls(
            path=path,
            line=line,
            name=found[1].lower(),
            attributes=attributes,
            is_open=EXPRESSION in outside,
            text=_pieces(found[3]),
        )


def _text_behind(element: HtmlElement) -> str:
    """The text right behind the tag with which an element begins."""
    return (element.tail if element.tag in VOID else element.text) or ""


def made_from(theme: Theme, names: Iterable[str], element: HtmlElement) -> Tag | None:
    """The tag of the workspace's own templates, of all that `names` may load, that says most of an element.

    Of several that say as much, as many as there are such elements, the second is that of the second, and so on.
    None where no tag may have become the element.
    """
    own = own_files(theme, tuple(names), ".html")
    keys = keys_of(element)
    alike = (tag for path in own for tag in _alike(_tags(theme, path), keys))
    found = [(tag.says(element), tag) for tag in alike if tag.may_be(element)]
    most = max((says for says, _ in found), default=None)
    best = [tag for says, tag in found if says == most]
    if not best or len({tag.path for tag in best}) > 1:  # which of two templates comes first is not known
        return best[0] if best else None
    places = sorted(((line, tag) for tag in best for line in tag.lines), key=itemgetter(0))
    return _nth(element, best, places) if len(places) > 1 else best[0]


def _nth(element: HtmlElement, alike: Sequence[Tag], places: Sequence[tuple[int, Tag]]) -> Tag:
    """The tag of an element among those that may be: that of the second for the second that is like it."""
    every = islice(element.getroottree().iter(element.tag), MOST_TWINS)
    twins = [one for one in every if any(tag.may_be(one) for tag in alike)]
    if len(twins) != len(places) or element not in twins:
        return alike[0]
    line, tag = places[twins.index(element)]
    return replace(tag, line=line)


def leading_to(theme: Theme, names: Iterable[str], href: str, label: str) -> Tag | None:
    """The tag of the workspace's own templates that a link may have been made from which nobody has any more.

    It says where the link leads, or a part of that, or what it is called; None where no tag does.
    """
    found: dict[tuple[bool, bool], Tag] = {}
    for path in own_files(theme, tuple(names), ".html"):
        tags = _tags(theme, path)
        for tag in _alike(tags, tags):
            address = next((one for one in tag.attributes if one.name == "href"), None)
            if tag.name in LINKS and address and address.may_be(href):
                says = address.leads_to(href), tag.is_literal and tag.text[0].split() == label.split()
                if any(says) and (says[0] or label):
                    found.setdefault(says, tag)
    return found[max(found)] if found else None


@lru_cache(maxsize=16)
def own_files(theme: Theme, names: tuple[str, ...], ending: str) -> tuple[str, ...]:
    """Names of the workspace's own templates of one kind that `names` may load."""
    own = theme.workspace / "templates" if theme.workspace else None
    if own is None or not own.is_dir():
        return ()
    return tuple(
        name
        for name in sorted(frozenset[str]().union(*map(theme.closure, names)))
        if name.endswith(ending) and (own / name).is_file()
    )


@lru_cache(maxsize=8)
def own_text(theme: Theme, name: str) -> str:
    """The text of a template of the workspace's own; empty where it has none of that name."""
    path = theme.loader.path(name)
    if path is None or theme.workspace is None or not path.is_relative_to(theme.workspace / "templates"):
        return ""
    try:
        return theme.loader.read(path, name)
    except CampaignerError:  # it has changed since it was rendered
        return ""


def tags_around(theme: Theme, names: Iterable[str], sign: re.Pattern[str]) -> Iterator[Tag]:
    """The tags of all templates that `names` may load, the theme's too, with a sign in them or right behind."""
    for name in sorted(frozenset[str]().union(*map(theme.closure, names))):
        path = theme.loader.path(name)
        if path is None or not name.endswith(".html"):
            continue
        text = theme.loader.read(path, name)[:LARGEST]
        if not sign.search(text):
            continue
        masked = JINJA.sub(_masked, text)
        for found in islice(TAG.finditer(masked), MOST):
            end = masked.find(f"</{found[1]}", found.end(2))
            if sign.search(text, found.start(), end if end >= 0 else found.end()):
                yield Tag.read(f"templates/{name}", text.count("\n", 0, found.start()) + 1, found)


def keys_of(element: HtmlElement) -> tuple[Key, ...]:
    """All keys that a tag may have from which an element was made."""
    name = str(element.tag)
    asked = ((key, *value.split()) for key, value in element.items())
    # a parser may write checked="checked" where there is only checked
    bare = ((key,) for key, value in element.items() if key == value)
    return tuple((name, one) for one in dict.fromkeys(((), *asked, *bare)))


def _alike(tags: Mapping[Key, Sequence[tuple[int, Tag]]], keys: Iterable[Key]) -> Iterator[Tag]:
    """The tags of some keys, in the order of the template."""
    found = chain.from_iterable(tags.get(key, ()) for key in keys)
    return (tag for _, tag in sorted(found, key=itemgetter(0)))


#: what tags have in common that nobody can tell apart
Alike = tuple[str, tuple[Attribute, ...], bool, tuple[str, ...]]


@lru_cache(maxsize=256)
def _tags(theme: Theme, name: str) -> Mapping[Key, Sequence[tuple[int, Tag]]]:
    """The tags of one of the workspace's own templates, numbered, by what an element must have for each."""
    found: dict[Key, list[tuple[int, Tag]]] = {}
    read = _read(f"templates/{name}", JINJA.sub(_masked, own_text(theme, name)[:LARGEST]))
    first: dict[Alike, Tag] = {}
    lines: dict[Alike, list[int]] = {}
    for tag in islice(read, MOST):
        alike = tag.name, tag.attributes, tag.is_open, tag.text
        first.setdefault(alike, tag)
        lines.setdefault(alike, []).append(tag.line)
    for number, (alike, tag) in enumerate(first.items()):
        found.setdefault(tag.key, []).append((number, replace(tag, lines=tuple(lines[alike]))))
    return found


def _read(path: str, text: str) -> Iterator[Tag]:
    line, counted = 1, 0
    for found in TAG.finditer(text):
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        yield Tag.read(path, line, found)


def _masked(found: re.Match[str]) -> str:
    """As many characters and lines as an expression or a comment has, without what stands in it."""
    sign = {"{{": EXPRESSION, "{%": STATEMENT}.get(found[0][:2], " ")
    return re.sub(r"[^\n]", sign, found[0])


def _spaced(inside: str) -> str:
    """A tag's attributes, those parted that only a statement parts; within quotes a statement stays."""
    return re.sub(
        f"\"[^\"]*\"|'[^']*'|{STATEMENT}+",
        lambda found: found[0] if found[0][0] in "\"'" else " " * len(found[0]),
        inside,
    )


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(map(unescape, COMPUTED.split(text)))
