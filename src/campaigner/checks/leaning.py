"""What a mail leans on: features of caniemail.com without which it looks broken, or loses what it says.

Not all that a mail program lacks is a fault: where shadows, round corners, dark colours or a font are not known,
nobody misses them, and a media query is there for those who know it. So only what is listed here counts, and
only outside of at-rules, which are improvements by their nature.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from campaigner.checks.spots import Spot, Styled, Styles
from campaigner.clients import conditions, elements
from campaigner.clients.declarations import Declaration, declarations
from campaigner.clients.features import PROPERTIES
from campaigner.clients.keeping import is_kept
from campaigner.clients.programs import BY_NAME, Program
from campaigner.clients.reading import parser_of
from campaigner.clients.stylesheets import Group, Rule, stylesheet
from campaigner.clients.support import Feature, support_data
from campaigner.model.settings import Checks
from campaigner.value import Value

#: characters of HTML that are looked at; what is longer must not leave in any case
LONGEST = 256 * 1024


class Kind(StrEnum):
    """What of a mail uses a feature."""

    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    PROPERTY = "property"
    VALUE = "value"
    AT_RULE = "at-rule"
    PICTURE = "picture"


#: elements that take with them what they show or do
ELEMENTS = frozenset(
    (
        *("html-audio", "html-video", "html-svg", "html-object", "html-form", "html-dialog", "html-select"),
        *("html-textarea", "html-input-checkbox", "html-input-radio", "html-input-text", "html-input-submit"),
        *("html-input-reset", "html-button-submit", "html-button-reset", "html-meter", "html-progress"),
        *("html-link", "html-base"),
    )
)
#: elements that a program without them replaces by what they hold
WITH_FALLBACK = frozenset({"audio", "video", "object", "meter", "progress"})
#: elements that stand in forms
IN_FORMS = frozenset({"input", "select", "textarea", "button", "meter", "progress"})
#: attributes that hide, or that lead somewhere
ATTRIBUTES = frozenset({"html-hidden", "html-popover", "css-inert-attribute", "html-anchor-links"})
#: properties that place, space, hide or keep the shape of something
PROPERTY_FEATURES = frozenset(
    (
        *("css-position", "css-float", "css-transform", "css-clip-path", "css-mask-image", "css-object-fit"),
        *("css-visibility", "css-inset", "css-block-inline-size", "css-inline-size", "css-max-inline-size"),
        *("css-min-inline-size", "css-margin-inline-block", "css-padding-inline-block"),
        *("css-margin-inline-start-end", "css-margin-block-start-end", "css-padding-inline-start-end"),
        *("css-padding-block-start-end", "css-border-inline-block", "css-border-inline-block-individual"),
    )
)
#: values that lay out, measure or colour, so that without them the declaration is lost
VALUES = frozenset(
    (
        *("css-display-flex", "css-display-grid", "css-variables", "css-unit-calc", "css-unit-rem"),
        *(
            "css-unit-vh",
            "css-unit-vw",
            "css-unit-vmin",
            "css-unit-vmax",
            "css-unit-ch",
            "css-function-clamp",
        ),
        *("css-function-min", "css-function-max", "css-function-light-dark", "css-modern-color", "css-rgba"),
        "css-intrinsic-size",
    )
)
AT_RULES = frozenset({"css-at-import", "css-at-supports", "css-at-keyframes", "css-at-font-face"})
STYLED = PROPERTY_FEATURES | VALUES
#: values that undo a property: nothing is lost with them
UNDONE = frozenset({"static", "none", "visible", "fill", "0", "auto", "initial", "inherit", "unset"})
IMAGE = "image-"
FLOATING = frozenset({"img", "table"})


class Use(Value):
    """A feature that a mail leans on."""

    kind: Kind
    #: slug of caniemail.com
    feature: str
    #: as a message calls it: "<video>", "display: flex"
    name: str
    #: the first that uses it
    element: HtmlElement

    @property
    def spot(self) -> Spot:
        """Where it was written: a style in a stylesheet, or in the element."""
        if self.element.tag == "style":
            return Styles(text=self.name)
        if self.kind in (Kind.PROPERTY, Kind.VALUE):
            return Styled(of=self.element, properties=(self.name.partition(":")[0],))
        return self.element

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.feature, self.name


class Lack(Value):
    """A feature that a mail leans on, and that some of its readers' programs do not have."""

    use: Use
    feature: Feature
    #: those that lack it, the most frequent first
    programs: tuple[Program, ...]
    #: of the readers that have each, in percent
    shares: tuple[int, ...]

    @property
    def share(self) -> int:
        """Of the readers that have them, in percent."""
        return sum(self.shares)

    def __str__(self) -> str:
        """Who lacks it, as the end of a sentence."""
        names = [_in_brackets(program.title) for program in self.programs]
        if len(names) == 1:
            return f"{names[0]}: {self.share} % of the readers"
        each = [f"{name} {share} %" for name, share in zip(names, self.shares, strict=True)]
        return f"{', '.join(each[:-1])} and {each[-1]}: {self.share} % of the readers"


def _in_brackets(title: str) -> str:
    """A title without a comma, which would be one of the list."""
    name, _, rest = title.partition(", ")
    return f"{name} ({rest})" if rest else name


def lacks(uses: tuple[Use, ...], html: str, kind: Kind, wanted: Checks) -> Iterator[Lack]:
    """Give what of one kind as many readers lack as the settings want to know of; each feature once."""
    shares = {BY_NAME[name]: share for name, share in wanted.clients.items() if share}
    programs = sorted(shares, key=lambda program: (-shares[program], program.name))
    of_kind = sorted((use for use in uses if use.kind is kind), key=lambda use: use.feature)
    for feature, group in groupby(of_kind, key=lambda use: use.feature):
        use = next(group)
        lacking = tuple(
            program
            for program in programs
            if not is_kept(feature, program) and not (program.is_word and use.key not in _for_word(html))
        )
        lack = Lack(
            use=use,
            feature=support_data().features[feature],
            programs=lacking,
            shares=tuple(shares[program] for program in lacking),
        )
        if lacking and lack.share >= wanted.limits.unsupported:
            yield lack


def uses_in(html: str, tree: HtmlElement) -> tuple[Use, ...]:
    """Give what a mail leans on, each once, in the order of the mail."""
    if len(html) > LONGEST:
        return ()
    found: dict[tuple[Kind, str, str], Use] = {}
    has_form = next(tree.iter("form"), None) is not None
    for element in tree.iter(etree.Element):
        if has_form and element.tag in IN_FORMS:
            continue  # where the form is missing, so are they
        for kind, feature, name in _of_element(element):
            found.setdefault(
                (kind, feature, name), Use(kind=kind, feature=feature, name=name, element=element)
            )
    return tuple(found.values())


@lru_cache(maxsize=2)
def _for_word(html: str) -> frozenset[tuple[str, str]]:
    """What of a mail Outlook with its Word engine comes to read: others may have a part of their own."""
    parser = parser_of(encoding="utf-8")
    read = document_fromstring(conditions.for_word(html).encode("utf-8", "replace") or b"<p>", parser=parser)
    return frozenset(use.key for use in uses_in(html, read))


def _of_element(element: HtmlElement) -> Iterator[tuple[Kind, str, str]]:
    tag, attributes = str(element.tag), element.attrib
    if tag == "style":
        yield from _of_sheet(element.text or "")
        return
    for use in elements.uses(element):
        if use.attribute:
            yield from _of_attribute(element, use)
        elif use.feature in ELEMENTS and not _is_spared(element):
            yield Kind.ELEMENT, use.feature, f"<{tag}>"
    style = attributes.get("style")
    if style:
        yield from _of_style(style, tag in FLOATING and "align" in attributes)


def _is_spared(element: HtmlElement) -> bool:
    """Whether nothing is lost with an element."""
    tag = element.tag
    if tag in WITH_FALLBACK and (
        element.text_content().strip() or next(element.iter("img"), None) is not None
    ):
        return True
    return tag == "link" and "stylesheet" not in (element.get("rel") or "").lower()


def _of_attribute(element: HtmlElement, use: elements.Use) -> Iterator[tuple[Kind, str, str]]:
    if use.feature in ATTRIBUTES:
        is_hidden = "none" in (element.get("style") or "")
        if use.feature == "html-anchor-links":
            yield Kind.ATTRIBUTE, use.feature, f'href="{element.get("href")}"'
        elif not is_hidden:
            yield Kind.ATTRIBUTE, use.feature, use.attribute
    elif use.feature.startswith(IMAGE) and use.attribute in ("src", "poster") and element.tag != "source":
        yield Kind.PICTURE, use.feature, support_data().features[use.feature].title


@lru_cache(maxsize=4096)
def _of_style(style: str, is_aligned: bool) -> tuple[tuple[Kind, str, str], ...]:
    own = declarations(style)
    return tuple(_of_declarations(own, is_aligned=is_aligned))


def _of_declarations(own: tuple[Declaration, ...], *, is_aligned: bool) -> Iterator[tuple[Kind, str, str]]:
    said: set[str] = set()
    for one in own:
        for feature in sorted(one.features & STYLED):
            if feature in PROPERTY_FEATURES:
                is_wanted = one.value.lower() not in UNDONE and not (is_aligned and feature == "css-float")
                if is_wanted and PROPERTIES.get(one.name) == feature:
                    yield Kind.PROPERTY, feature, one.name
            elif one.name not in said and not one.name.startswith("--"):
                # a program without it keeps what the same property said before
                yield Kind.VALUE, feature, f"{one.name}: {one.value}"
        said.add(one.name)


@lru_cache(maxsize=32)
def _of_sheet(css: str) -> tuple[tuple[Kind, str, str], ...]:
    return tuple(_of_rules(stylesheet(css).rules))


def _of_rules(rules: tuple[Rule | Group, ...]) -> Iterator[tuple[Kind, str, str]]:
    for rule in rules:
        for feature in sorted(rule.features & AT_RULES):
            name = rule.name if isinstance(rule, Group) else rule.prelude[1:].split(None, 1)[0]
            yield Kind.AT_RULE, feature, f"@{name}"
        if isinstance(rule, Rule) and not rule.is_at_rule:
            # `!important` overrules what stands in the elements, which is the fallback
            own = tuple(one for one in rule.declarations if not one.important)
            yield from _of_declarations(own, is_aligned=False)
