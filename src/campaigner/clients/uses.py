"""The features of caniemail.com that a whole mail uses, and where it does."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from lxml import etree

from campaigner.clients import conditions
from campaigner.clients.declarations import has_comments
from campaigner.clients.elements import Use
from campaigner.clients.features import COMMENTS, COMMENTS_IN_CSS, DOCTYPE, ELEMENTS
from campaigner.clients.reading import beginning, read
from campaigner.clients.stylesheets import Group, Rule, stylesheet
from campaigner.value import Value

HTML5 = re.compile(r"\s*<!doctype\s+html\s*>", re.IGNORECASE)
BODY = re.compile(r"<body[\s/>]", re.IGNORECASE)


class Place(StrEnum):
    """What of a mail uses a feature."""

    #: the mail as a whole: its doctype, its comments
    MAIL = "mail"
    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    #: in a `style` attribute or in a rule
    DECLARATION = "declaration"
    #: of a style element: its selector, or the at-rule
    RULE = "rule"


class Found(Value):
    """A feature that a mail uses."""

    feature: str
    place: Place
    #: of the element, the attribute or the property, or the selector: "td", "bgcolor", "display", ".a > b"
    name: str


def features_of(html: str) -> tuple[Found, ...]:
    """Give what a mail uses, each once, in the order of the mail.

    What only Outlook's Word engine reads of it is left out, and what `reading.Limit` says is too much to read.
    """
    return tuple(dict.fromkeys(_found(beginning(html))))


def _found(html: str) -> Iterator[Found]:
    plain = conditions.for_others(html)
    if HTML5.match(plain):
        yield Found(feature=DOCTYPE, place=Place.MAIL, name="doctype")
    if conditions.has_comments(html):
        yield Found(feature=COMMENTS, place=Place.MAIL, name="<!-- -->")
    reading = read(plain)
    has_body = BODY.search(plain) is not None
    for element, note in zip(reading.tree.iter(etree.Element), reading.noted, strict=True):
        for use in note.uses:
            if has_body or use.feature != ELEMENTS["body"]:  # which every tree has
                yield _of_use(use, str(element.tag))
        for declaration in note.style:
            yield from _of(declaration.features, Place.DECLARATION, declaration.name)
        if element.tag == "style":
            sheet = stylesheet(element.text or "")
            yield from _of(sheet.features, Place.RULE, "/* */")
            yield from chain.from_iterable(map(_of_rule, sheet.rules))
        if has_comments(element.get("style", "")):
            yield Found(feature=COMMENTS_IN_CSS, place=Place.ATTRIBUTE, name="style")


def _of_use(use: Use, tag: str) -> Found:
    place = Place.ATTRIBUTE if use.attribute else Place.ELEMENT
    return Found(feature=use.feature, place=place, name=use.attribute or tag)


def _of_rule(rule: Rule | Group) -> Iterator[Found]:
    name = f"@{rule.name}" if isinstance(rule, Group) else rule.prelude
    yield from _of(rule.features, Place.RULE, name)
    if isinstance(rule, Rule):
        for selector, features in rule.selectors:
            yield from _of(features, Place.RULE, selector)
        for declaration in rule.declarations:
            yield from _of(declaration.features, Place.DECLARATION, declaration.name)
    yield from chain.from_iterable(map(_of_rule, rule.rules or ()))


def _of(features: Iterable[str], place: Place, name: str) -> Iterator[Found]:
    return (Found(feature=slug, place=place, name=name) for slug in sorted(features))
