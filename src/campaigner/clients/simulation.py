"""A mail as a mail program shows it: the same HTML, without what that program is known to drop.

It is a simulation. It says which parts of the mail never reach a reader; it does not lay out as the program
does, and for the Word engine of Outlook nobody could.
"""

import copy
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from campaigner.clients import conditions
from campaigner.clients.darkening import ATTRIBUTES as COLOURED
from campaigner.clients.darkening import darkened, page_colours
from campaigner.clients.declarations import Declaration, declarations, without_system_fonts
from campaigner.clients.elements import Use, uses
from campaigner.clients.features import DOCTYPE, ELEMENTS, SYSTEM_FONTS
from campaigner.clients.programs import Dark, Program
from campaigner.clients.stylesheets import NAME, Group, Rule, Stylesheet, kept, stylesheet, written
from campaigner.clients.support import Answer, Feature, support_data

STYLE = ELEMENTS["style"]
#: where a feature is not there, its element goes with all that is in it
WHOLE = frozenset({"style", "svg", "link", "base", "object", "audio", "dialog", "map"})
#: elements that hold nothing: without them nothing is left
VOID = frozenset({"img", "input", "hr", "wbr", "area", "meta", "link", "base"})
#: names that Word's own elements begin with
FOREIGN = ("o:", "w:")
INVERTING = (Dark.PARTIAL, Dark.FULL)
#: begins the names of the attributes that Outlook.com puts on what it darkened
MARKED = "data-ogs"
SCHEME = re.compile(r"prefers-color-scheme\s*:\s*(dark|light)", re.IGNORECASE)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True)
class Removed:
    """Something that a program takes out of a mail."""

    #: None where no page of caniemail.com is about it
    feature: Feature | None
    what: str
    count: int
    #: remarks of caniemail.com, or why
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """A mail in one program."""

    program: Program
    html: str
    #: most frequent first
    removed: tuple[Removed, ...]

    @property
    def count(self) -> int:
        """How many pieces were removed."""
        return sum(one.count for one in self.removed)


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An element of a mail with what it uses."""

    uses: tuple[Use, ...]
    style: tuple[Declaration, ...]


class Mail:
    """A mail's HTML, read once for all programs."""

    def __init__(self, html: str) -> None:
        self._html = html

    def seen_by(self, program: Program) -> tuple[HtmlElement, list[Noted]]:
        """A tree of the mail that may be changed, with what each of its elements uses."""
        tree, noted = self._for_word if program.is_word else self._for_others
        return copy.deepcopy(tree), noted

    @cached_property
    def _for_word(self) -> tuple[HtmlElement, list[Noted]]:
        return _read(conditions.for_word(self._html))

    @cached_property
    def _for_others(self) -> tuple[HtmlElement, list[Noted]]:
        return _read(conditions.for_others(self._html))


def _read(html: str) -> tuple[HtmlElement, list[Noted]]:
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    tree = document_fromstring(html, parser=parser)
    return tree, [
        Noted(uses=tuple(uses(element)), style=declarations(element.get("style", "")))
        for element in tree.iter(etree.Element)
    ]


def simulate(mail: Mail, program: Program, *, dark: bool) -> Simulation:
    """Give the mail as a program shows it, in light or dark mode."""
    return _Simulation(mail, program, dark=dark).result()


class _Simulation:
    def __init__(self, mail: Mail, program: Program, *, dark: bool) -> None:
        self.program = program
        self.dark = program.dark if dark else Dark.NONE
        self.is_dark = dark
        self.tree, self.noted = mail.seen_by(program)
        self.removed: Counter[str] = Counter()
        self.dropped: list[Removed] = []
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
        yield from self.dropped
        features = support_data().features
        for slug, count in sorted(self.removed.items(), key=lambda item: (-item[1], item[0])):
            feature = features[slug]
            notes = feature.in_client(self.program.client).notes
            yield Removed(feature=feature, what=feature.title, count=count, notes=notes)

    def _elements(self) -> None:
        pairs = [*zip(self.tree.iter(etree.Element), self.noted, strict=True)]
        for element, noted in pairs:
            self._attributes(element, noted)
            if noted.style:
                self._style_attribute(element, noted.style)
            if element.tag == "style" and self._is_kept(STYLE):
                self._style_element(element)
        for element, noted in reversed(pairs):
            self._element(element, noted)

    def _attributes(self, element: HtmlElement, noted: Noted) -> None:
        for use in noted.uses:
            if use.attribute and not self._is_kept(use.feature) and use.attribute in element.attrib:
                del element.attrib[use.attribute]
                self.removed[use.feature] += 1
        if self.program.prefix:
            self._rename(element)
        for attribute, name in COLOURED.items():
            if attribute in element.attrib:
                element.set(attribute, darkened(name, element.get(attribute), self.dark))

    def _rename(self, element: HtmlElement) -> None:
        prefix = self.program.prefix
        if "class" in element.attrib:
            element.set(
                "class", " ".join(prefix + name for name in SPACES.split(element.get("class").strip()))
            )
        if "id" in element.attrib:
            element.set("id", prefix + element.get("id"))

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
        if self.program.styles_limit and size > self._limit:
            self._drop(
                element,
                "<style> elements over the limit",
                f"Gmail keeps {self.program.styles_limit:,} bytes.",
            )
            return
        self._limit -= size
        sheet = stylesheet(css)
        if self.program.drops_nested and sheet.is_nested:
            self._drop(
                element, "<style> elements with nested at-rules", "Gmail drops all of such an element."
            )
            return
        element.text = self._rules(sheet)

    def _rules(self, sheet: Stylesheet) -> str:
        def is_supported(features: frozenset[str]) -> bool:
            lost = [slug for slug in features if not self._is_kept(slug)]
            self.removed.update(lost)
            return not lost

        rules = [self._resolved(rule) for rule in kept(sheet.rules, is_supported)]
        return written(rule for rule in rules if rule is not None)

    def _resolved(self, rule: Rule | Group) -> Rule | Group | None:
        """A rule with its names as this program has them, its colours, and the reader's scheme settled."""
        if isinstance(rule, Group):
            wanted = SCHEME.search(rule.query)
            if wanted:
                honours = self.is_dark and self.program.dark is Dark.AUTHOR
                if (wanted[1].lower() == "dark") != honours:
                    return None
                # settled here, so that it holds whatever the browser prefers
                rule = replace(rule, query=SCHEME.sub("min-width: 0", rule.query))
            inner = tuple(found for one in rule.rules or () if (found := self._resolved(one)) is not None)
            return replace(rule, rules=inner if rule.rules is not None else None)
        prelude = rule.prelude
        if self.program.prefix and rule.selectors:
            prelude = NAME.sub(lambda name: self.program.prefix + name[0], prelude)
        if MARKED in prelude:  # the mail's own styles for this program's dark mode
            return replace(rule, prelude=prelude)
        return replace(
            rule,
            prelude=prelude,
            declarations=tuple(
                replace(one, value=darkened(one.name, one.value, self.dark)) for one in rule.declarations
            ),
        )

    def _drop(self, element: HtmlElement, what: str, why: str) -> None:
        element.text = ""
        known = next((one for one in self.dropped if one.what == what), None)
        if known:
            self.dropped.remove(known)
        count = 1 + (known.count if known else 0)
        self.dropped.append(Removed(feature=None, what=what, count=count, notes=(why,)))

    def _element(self, element: HtmlElement, noted: Noted) -> None:
        if not isinstance(element.tag, str) or element.getparent() is None:
            return
        lost = [use.feature for use in noted.uses if not use.attribute and not self._is_kept(use.feature)]
        if lost:
            self.removed.update(lost)
            _take_out(element)
        elif element.tag.startswith(FOREIGN) or element.tag == "xml":
            element.drop_tree()
        elif element.tag.startswith("v:"):
            _stand_in(element)

    def _is_kept(self, slug: str) -> bool:
        return _is_kept(slug, self.program)

    def _replace_body(self) -> None:
        """Gmail and others put a mail into a `<div>` of their own page; `u + .body` is how styles find it."""
        body = self.tree.find("body")
        if body is None:
            return
        inner = etree.SubElement(self.tree, "body", style="margin:0")
        self.tree.remove(body)
        body.tag = "div"
        if self.is_dark and self.program.marks_dark:
            body.set("data-ogsc", "")
            body.set("data-ogsb", "")
        etree.SubElement(inner, "u")
        inner.append(body)

    def _add_style(self, css: str) -> None:
        head = self.tree.find("head")
        if head is None:
            head = etree.Element("head")
            self.tree.insert(0, head)
        style = etree.Element("style")
        style.text = css
        head.insert(0, style)


@lru_cache(maxsize=8192)
def _filtered(style: tuple[Declaration, ...], program: Program, dark: Dark) -> tuple[str, tuple[str, ...]]:
    """The declarations that a program keeps, and the features for which it dropped others."""
    left, lost = [], []
    for one in style:
        missing = [slug for slug in one.features if not _is_kept(slug, program)]
        lost += missing
        if missing and missing != [SYSTEM_FONTS]:
            continue
        # of a list of fonts a program takes the first that it knows
        known = without_system_fonts(one) if missing else one
        left.append(str(replace(known, value=darkened(known.name, known.value, dark))))
    return ";".join(left), tuple(lost)


@lru_cache(maxsize=8192)
def _is_kept(slug: str, program: Program) -> bool:
    support = support_data().features[slug].in_client(program.client)
    if program.denied_by and any(program.denied_by in note for note in support.notes):
        return False
    return support.answer is not Answer.NO


def _take_out(element: HtmlElement) -> None:
    """Take an element out as programs do: what it holds stays, where a reader could see it."""
    if element.tag in WHOLE or element.tag in VOID:
        element.drop_tree()
    elif element.tag != "body":
        element.drop_tag()


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
