"""What the elements and attributes of a mail use."""

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class Use:
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
        kind = element.get("type", "text").lower()
        if kind in INPUTS:
            yield Use(feature=INPUTS[kind])
    elif tag == "button":
        kind = element.get("type", "submit").lower()
        if kind in BUTTONS:
            yield Use(feature=BUTTONS[kind])
    elif tag == "meta":
        name = element.get("name", "").lower()
        if name in META:
            yield Use(feature=META[name])
    elif tag == "html" and ("amp4email" in element.attrib or "\u26a14email" in element.attrib):
        yield Use(feature=AMP)
    for name, value in element.attrib.items():
        yield from _of_attribute(tag, name, value)


def _of_attribute(tag: str, name: str, value: str) -> Iterator[Use]:
    if name in ATTRIBUTES and not (tag == "link" and name == "sizes"):
        yield Use(feature=ATTRIBUTES[name], attribute=name)
    if name == "href" and tag in ("a", "area"):
        if value.startswith("#"):
            yield Use(feature=ANCHOR_LINKS, attribute=name)
        elif value[:7].lower() == "mailto:":
            yield Use(feature=MAILTO_LINKS, attribute=name)
    elif name in ("src", "background", "poster") and tag not in ("video", "audio", "iframe", "script"):
        for feature in picture_features(value):
            yield Use(feature=feature, attribute=name)
    elif name == "srcset":
        for candidate in value.split(","):
            for feature in picture_features((candidate.split() or [""])[0]):
                yield Use(feature=feature, attribute=name)
