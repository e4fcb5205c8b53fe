"""A mail as a mail program shows it: the same HTML, without what that program is known to drop.

It is a simulation. It says which parts of the mail never reach a reader; it does not lay out as the program
does, and for the Word engine of Outlook nobody could.
"""

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement, tostring

from campaigner.clients import conditions
from campaigner.clients.darkening import ATTRIBUTES as COLOURED
from campaigner.clients.darkening import INVERTING, LINES, darkened, darkened_attribute, page_colours
from campaigner.clients.declarations import Declaration, without_system_fonts
from campaigner.clients.features import DOCTYPE, ELEMENTS, SYSTEM_FONTS
from campaigner.clients.keeping import is_kept
from campaigner.clients.programs import Dark, Program
from campaigner.clients.reading import Limit, Noted, Reading, beginning, read, sound
from campaigner.clients.selectors import with_prefix
from campaigner.clients.stylesheets import Group, Rule, Stylesheet, kept, stylesheet, written
from campaigner.clients.support import Feature, support_data
from campaigner.value import Value, replace

STYLE = ELEMENTS["style"]
#: where a feature is not there, its element goes with all that is in it
WHOLE = frozenset({"style", "svg", "object", "dialog", "map"})
#: attributes that say when their element counts: without them it would always do so
CONDITIONS = frozenset({"media", "type"})
#: names of what is taken out at the end, alone or with what it holds; no mail has such elements
OPENED, GONE = "campaigner-opened", "campaigner-gone"
#: names that Word's own elements begin with
FOREIGN = ("o:", "w:")
#: attributes that name other elements by their ids
REFERENCES = ("aria-describedby", "aria-labelledby", "for", "headers")
#: begins the names of the attributes that Outlook.com puts on what it darkened
MARKED = "data-ogs"
SCHEME = re.compile(r"prefers-color-scheme\s*:\s*(dark|light)", re.IGNORECASE)
#: queries that hold, and that do not, whatever a browser prefers
ALWAYS, NEVER = "min-width: 0", "max-width: 0"


class Removed(Value):
    """Something that a program takes out of a mail."""

    #: None where no page of caniemail.com is about it
    feature: Feature | None
    what: str
    count: int
    #: remarks of caniemail.com, or why
    notes: tuple[str, ...] = ()


class Simulation(Value):
    """A mail in one program."""

    program: Program
    html: str
    #: most frequent first
    removed: tuple[Removed, ...]

    @property
    def count(self) -> int:
        """How many pieces were removed."""
        return sum(one.count for one in self.removed)


class Mail:
    """A mail's HTML, read once for all programs."""

    def __init__(self, html: str) -> None:
        self._html = beginning(html)
        self._is_cut = len(self._html) < len(html)

    def seen_by(self, program: Program) -> Reading:
        """The mail with a tree that may be changed."""
        reading = self._for_word if program.is_word else self._for_others
        return replace(reading, tree=copy.deepcopy(reading.tree))

    @cached_property
    def _for_word(self) -> Reading:
        long = conditions.long_conditions(self._html)
        return self._read(conditions.for_word(self._html), {Limit.CONDITIONS: long} if long else {})

    @cached_property
    def _for_others(self) -> Reading:
        return self._read(conditions.for_others(self._html), {})

    def _read(self, html: str, unread: dict[Limit, int]) -> Reading:
        reading = read(html)
        before = {Limit.BEGINNING: 1} if self._is_cut else {}
        return replace(reading, unread={**before, **unread, **reading.unread})


def simulate(mail: Mail, program: Program, *, dark: bool) -> Simulation:
    """Give the mail as a program shows it, in light or dark mode."""
    return _Simulation(mail, program, dark=dark).result()


class _Simulation:
    def __init__(self, mail: Mail, program: Program, *, dark: bool) -> None:
        self.program = program
        self.dark = program.dark if dark else Dark.NONE
        self.is_dark = dark
        reading = mail.seen_by(program)
        self.tree, self.noted = reading.tree, reading.noted
        self.removed: Counter[str] = Counter()
        self.dropped = {limit.what: _unread(limit, count) for limit, count in reading.unread.items()}
        self._limit = program.styles_limit

    def result(self) -> Simulation:
        self._elements()
        if self.program.replaces_body:
            self._replace_body()
        if self.dark in INVERTING:
            self._add_style(page_colours(self.dark))
        doctype = "<!doctype html>\n" if self._is_kept(DOCTYPE) or not self.program.is_word else ""
        html = tostring(self.tree, encoding="unicode")
        return Simulation(program=self.program, html=doctype + html, removed=tuple(self._told()))

    def _told(self) -> Iterator[Removed]:
        yield from self.dropped.values()
        features = support_data().features
        for slug, count in sorted(self.removed.items(), key=lambda item: (-item[1], item[0])):
            feature = features[slug]
            notes = feature.in_client(self.program.client).notes
            yield Removed(feature=feature, what=feature.title, count=count, notes=notes)

    def _elements(self) -> None:
        for element, noted in [*zip(self.tree.iter(etree.Element), self.noted, strict=True)]:
            is_conditional = self._attributes(element, noted)
            if noted.style:
                self._style_attribute(element, noted.style)
            if element.tag == "style" and self._is_kept(STYLE):
                self._style_element(element)
            self._element(element, noted, is_conditional=is_conditional)
        etree.strip_elements(self.tree, GONE, with_tail=False)
        etree.strip_tags(self.tree, OPENED)

    def _attributes(self, element: HtmlElement, noted: Noted) -> bool:
        """Take out attributes, and tell whether one of them says when the element counts."""
        is_conditional = False
        for use in noted.uses:
            if use.attribute and not self._is_kept(use.feature) and use.attribute in element.attrib:
                is_conditional |= use.attribute in CONDITIONS
                del element.attrib[use.attribute]
                self.removed[use.feature] += 1
        if self.program.prefix:
            self._rename(element)
        for attribute in COLOURED:
            if attribute in element.attrib:
                value = darkened_attribute(attribute, element.get(attribute), self.dark)
                element.set(attribute, sound(value))
        if "media" in element.attrib:
            element.set("media", self._settled(element.get("media")))
        if element.tag == "meta" and element.get("name", "").lower() == "color-scheme":
            element.set("content", _scheme(element.get("content", ""), self.dark))
        return is_conditional

    def _rename(self, element: HtmlElement) -> None:
        prefix = self.program.prefix
        for attribute in ("class", "id", *REFERENCES):
            if attribute in element.attrib:
                names = element.get(attribute).split()
                element.set(attribute, " ".join(prefix + name for name in names))
        href = element.get("href", "").strip()
        if href[:1] == "#" and href[1:]:
            element.set("href", f"#{prefix}{href[1:]}")

    def _style_attribute(self, element: HtmlElement, style: tuple[Declaration, ...]) -> None:
        text, lost = _filtered(style, self.program, self.dark)
        self.removed.update(lost)
        if text:
            element.set("style", text)
        else:
            element.attrib.pop("style", None)

    def _style_element(self, element: HtmlElement) -> None:
        css = element.text or ""
        size = len(css.encode())
        if self.program.styles_in_head and next(element.iterancestors("body"), None) is not None:
            self._drop_styles(element, "<style> elements in the body", "Gmail keeps those of the head.")
            return
        if self.program.styles_limit and size > self._limit:
            self._drop_styles(
                element,
                "<style> elements over the limit",
                f"Gmail keeps {self.program.styles_limit:,} bytes.",
            )
            return
        self._limit -= size
        sheet = stylesheet(css)
        if self.program.drops_nested and sheet.is_nested:
            self._drop_styles(
                element, "<style> elements with nested at-rules", "Gmail drops all of such an element."
            )
            return
        element.text = self._rules(sheet)

    def _rules(self, sheet: Stylesheet) -> str:
        def is_supported(features: frozenset[str]) -> bool:
            lost = [slug for slug in features if not self._is_kept(slug)]
            self.removed.update(lost)
            return not lost

        def left_of(declaration: Declaration) -> Declaration | None:
            left, lost = _left(declaration, self.program)
            self.removed.update(lost)
            return left

        return sound(written(map(self._resolved, kept(sheet.rules, is_supported, left_of))))

    def _resolved(self, rule: Rule | Group) -> Rule | Group:
        """A rule with its names as this program has them, its colours, and the reader's scheme settled."""
        inner = tuple(map(self._resolved, rule.rules or ()))
        if isinstance(rule, Group):
            query = self._settled(rule.query)
            return replace(rule, query=query, rules=None if rule.rules is None else inner)
        prelude = rule.prelude
        if self.program.prefix and rule.selectors:
            prelude = with_prefix(prelude, self.program.prefix)
        # the mail's own styles for this program's dark mode stay as they are
        dark = Dark.NONE if MARKED in prelude else self.dark
        own = tuple(_in_dark(one, self.program, dark) for one in rule.declarations)
        return replace(rule, prelude=prelude, declarations=own, rules=inner)

    def _settled(self, query: str) -> str:
        """A media query that holds or not by the mode that is simulated, and not by the browser's."""
        scheme = "dark" if self.dark is Dark.AUTHOR else "light"
        return SCHEME.sub(lambda asked: ALWAYS if asked[1].lower() == scheme else NEVER, query)

    def _drop_styles(self, element: HtmlElement, what: str, why: str) -> None:
        element.text = ""
        self._drop(what, why)

    def _drop(self, what: str, why: str) -> None:
        known = self.dropped.get(what)
        self.dropped[what] = Removed(
            feature=None, what=what, count=known.count + 1 if known else 1, notes=(why,)
        )

    def _element(self, element: HtmlElement, noted: Noted, *, is_conditional: bool) -> None:
        if element.getparent() is None:
            return
        lost = [use.feature for use in noted.uses if not use.attribute and not self._is_kept(use.feature)]
        self.removed.update(lost)
        if lost or is_conditional:
            _take_out(element)
        elif self.program.is_word:
            _as_word(element)

    def _is_kept(self, slug: str) -> bool:
        return is_kept(slug, self.program)

    def _replace_body(self) -> None:
        """Gmail and others put a mail into a `<div>` of their own page; `u + .body` is how styles find it."""
        bodies = self.tree.findall("body")  # a broken mail may have several
        inner = etree.SubElement(self.tree, "body", style="margin:0")
        etree.SubElement(inner, "u")
        for body in bodies:
            body.tag = "div"
            if self.is_dark and self.program.marks_dark:
                body.set("data-ogsc", "")
                body.set("data-ogsb", "")
            inner.append(body)

    def _add_style(self, css: str) -> None:
        head = self.tree.find("head")
        if head is None:
            head = etree.Element("head")
            self.tree.insert(0, head)
        style = etree.Element("style")
        style.text = css
        head.insert(0, style)


def _unread(limit: Limit, count: int) -> Removed:
    return Removed(feature=None, what=limit.what, count=count, notes=(limit.why,))


@lru_cache(maxsize=8192)
def _filtered(style: tuple[Declaration, ...], program: Program, dark: Dark) -> tuple[str, tuple[str, ...]]:
    """The declarations that a program keeps, and the features for which it dropped others."""
    kept_ones, lost = [], []
    for one in style:
        left, missing = _left(one, program)
        lost += missing
        if left is not None:
            kept_ones.append(str(_in_dark(left, program, dark)))
    return sound(";".join(kept_ones)), tuple(lost)


def _left(declaration: Declaration, program: Program) -> tuple[Declaration | None, list[str]]:
    """What a program keeps of a declaration, and the features that it lacks for the rest."""
    missing = [slug for slug in declaration.features if not is_kept(slug, program)]
    if missing == [SYSTEM_FONTS]:
        # of a list of fonts a program takes the first that it knows
        return without_system_fonts(declaration), missing
    return (None if missing else declaration), missing


def _in_dark(declaration: Declaration, program: Program, dark: Dark) -> Declaration:
    name, value = declaration.name, declaration.value
    if program.keeps_lines and name in LINES:
        return declaration
    made = _scheme(value, dark) if name == "color-scheme" else darkened(name, value, dark)
    return replace(declaration, value=made) if made != value else declaration


def _scheme(schemes: str, dark: Dark) -> str:
    """Of the schemes that a mail says it has, the one that is simulated."""
    wanted, other = ("dark", "light") if dark is Dark.AUTHOR else ("light", "dark")
    words = schemes.lower().split()
    return next((word for word in (wanted, other) if word in words), schemes)


def _take_out(element: HtmlElement) -> None:
    """Take an element out as programs do: what it holds stays, where a reader could see it."""
    if element.tag in WHOLE:
        element.tag = GONE
    elif element.tag != "body":
        element.tag = OPENED


def _as_word(element: HtmlElement) -> None:
    """An element of Word's own (VML, Office) as something that a browser shows."""
    if element.tag == "xml":
        element.tag = GONE
    elif element.tag.startswith(FOREIGN):
        element.tag = OPENED
    elif element.tag.startswith("v:"):
        _stand_in(element)


def _stand_in(element: HtmlElement) -> None:
    """A shape of Outlook's own (VML), roughly: its ground, its size and what it holds."""
    style = element.get("style", "")
    ground = element.get("fillcolor", "")
    element.tag = "span"
    element.attrib.clear()
    element.set("style", f"display:inline-block;{f'background:{ground};' if ground else ''}{style}")


def simulations(
    mail: Mail,
    programs: tuple[Program, ...],
    *,
    dark: bool,
    tell: Callable[[Simulation], None] = lambda _: None,
) -> tuple[Simulation, ...]:
    """Give a mail in several programs."""
    found = []
    for program in programs:
        found.append(simulate(mail, program, dark=dark))
        tell(found[-1])
    return tuple(found)
