"""What the elements and attributes of a mail use."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.clients.declarations import picture_features
from campaigner.clients.features import (
    AMP,
    ANCHOR_LINKS,
    ATTRIBUTES,
    BUTTONS,
    ELEMENTS,
    INPUTS,
    MAILTO_LINKS,
    META,
)
from campaigner.clients.stylesheets import query_features
from campaigner.value import Value

#: attributes that hold the address of a picture, and the elements that they do so on; None for all
PICTURES = {
    "src": frozenset({"img", "input", "v:fill", "v:image", "v:imagedata"}),
    "poster": frozenset({"video"}),
    "background": None,
}
#: elements that are there only where a media query holds
MEDIA_ELEMENTS = frozenset({"style", "link", "source"})
#: behind an address of `srcset`: `2x`, `640w`
DESCRIPTOR = re.compile(r"[\d.]+[wxh]")


class Use(Value):
    """A feature that an element uses, and through what."""

    feature: str
    #: the attribute that asks for it; "" where the element itself does
    attribute: str = ""


def uses(element: HtmlElement) -> Iterator[Use]:
    """Give what one element uses, but for its styles."""
    tag = element.tag
    if tag in ELEMENTS:
        yield Use(feature=ELEMENTS[tag])
    elif tag == "input":
        yield from _known(INPUTS, element.get("type") or "text")
    elif tag == "button":
        yield from _known(BUTTONS, element.get("type") or "submit")
    elif tag == "meta":
        yield from _known(META, element.get("name", ""))
    elif tag == "html" and ("amp4email" in element.attrib or "\u26a14email" in element.attrib):
        yield Use(feature=AMP)
    for name, value in element.attrib.items():
        for feature in _of_attribute(tag, name, value):
            yield Use(feature=feature, attribute=name)


def _known(features: dict[str, str], kind: str) -> Iterator[Use]:
    feature = features.get(kind.strip().lower())
    if feature:
        yield Use(feature=feature)


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name in ATTRIBUTES and not (tag == "link" and name == "sizes"):
        yield ATTRIBUTES[name]
    if name == "href" and tag in ("a", "area"):
        yield from _of_link(value.lstrip())
    elif name == "media" and tag in MEDIA_ELEMENTS:
        yield from query_features(value)
    elif name == "srcset":
        for word in value.split():
            if not DESCRIPTOR.fullmatch(word.rstrip(",")):
                yield from picture_features(word.strip(","))
    elif name == "type" and tag == "source":
        yield from picture_features(f"data:{value},")
    elif name in PICTURES and tag in (PICTURES[name] or (tag,)):
        yield from picture_features(value)


def _of_link(address: str) -> Iterator[str]:
    if address.startswith("#"):
        yield ANCHOR_LINKS
    elif address[:7].lower() == "mailto:":
        yield MAILTO_LINKS
