"""Where a picture is behind text, a colour is too.

Outlook shows no picture behind text, many readers have pictures off, and a gradient is unknown to some programs.
What is left is the text on whatever colour is there: white on white, at worst.

Source: https://www.caniemail.com/features/css-background-image/
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement
from tinycss2 import parse_component_value_list

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Styled
from campaigner.checks.subjects import Mail
from campaigner.clients.declarations import declarations
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<p style="color: #fff; background-image: url(https://glass-letter.example/night.jpg)">By night</p>',
)
GOOD = Example(
    of="mail",
    text='<p style="color: #fff; background: #111 url(https://glass-letter.example/night.jpg)">By night</p>',
)
#: elements that are looked at
MOST = 1000
PICTURE = re.compile(r"url\(|-gradient\(", re.IGNORECASE)
#: words of `background` that are no colour
OTHER_WORDS = re.compile(
    r"no-repeat|repeat(?:-[xy])?|round|space|scroll|fixed|local|center|top|bottom|left|right|cover|contain|auto"
    r"|(?:border|padding|content)-box|none|transparent|inherit|initial|unset",
    re.IGNORECASE,
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each element with a picture behind it and no colour."""
    grounds = islice(filter(_has_picture, mail.tree.iter(etree.Element)), MOST)
    for element in grounds:
        if not _has_colour(element):
            yield Problem(
                message="a background picture or gradient has no colour behind it for programs that do not show it",
                hint='Give a background-color, or a bgcolor="#…", on which the text can be read',
                at=Styled(of=element, properties=("background-image", "background")),
            )


def _has_picture(element: HtmlElement) -> bool:
    if element.get("background"):
        return True
    style = element.get("style", "")
    return "background" in style.lower() and any(
        one.name in ("background", "background-image") and PICTURE.search(one.value)
        for one in declarations(style)
    )


def _has_colour(element: HtmlElement) -> bool:
    return bool(element.get("bgcolor")) or any(
        one.name == "background-color" or (one.name == "background" and _names_colour(one.value))
        for one in declarations(element.get("style", ""))
    )


def _names_colour(value: str) -> bool:
    """Whether a value of `background` has a colour beside its picture."""
    for token in parse_component_value_list(value):
        if token.type == "hash":
            return True
        if token.type == "ident" and not OTHER_WORDS.fullmatch(token.value):
            return True
        if token.type == "function" and not (
            token.lower_name == "url" or token.lower_name.endswith("gradient")
        ):
            return True
    return False
