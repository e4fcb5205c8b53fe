"""The line of a workspace's own words, `templates/words/en.toml`, that a text was made from."""

import re
import tomllib
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from campaigner.checks.names import name_of
from campaigner.checks.own_templates import own_text, tags_around
from campaigner.checks.pieces import may_become
from campaigner.checks.spots import Region
from campaigner.model.finding import Output
from campaigner.render.theme import FALLBACK_LANGUAGE, Theme

#: words that a page is headed and titled with, where its template gets them from the program
HEADLINES = {
    Output.THANKS: "thanks_title",
    Output.CONFIRMED: "confirmed_title",
    Output.CONFIRMATION_MAIL: "mail_confirm_title",
    Output.WELCOME_MAIL: "mail_welcome_title",
    Output.ALREADY_MAIL: "mail_already_title",
    Output.LISTING: "tag_title",
    Output.SITE: "not_found_title",
}
BLANK = re.compile(r"\{\w+\}")


def region_named(theme: Theme, name: str, language: str) -> Region | None:
    """Where the words of that name stand; None where the workspace has none of its own."""
    for path, words, text in _own(theme, language):
        if name in words:
            return _region(path, text, name)
    return None


def region_silent(theme: Theme, name: str, language: str) -> Region | None:
    """Where the words of that name stand, if they say nothing; None where they do, or are not the workspace's own."""
    for path, words, text in _own(theme, language):
        if name in words:
            return None if str(words[name]).strip() else _region(path, text, name)
    return None


def region_emptied(theme: Theme, names: Iterable[str], element: HtmlElement, output: Output) -> Region | None:
    """Where words stand that say nothing, and were all that an element, or the label of a field, should say."""
    language = element.getroottree().getroot().get("lang") or ""
    empty = dict[str, Region]()
    said = set[str]()
    for path, words, text in _own(theme, language):
        for name, value in words.items():
            if not str(value).strip() and name not in said:
                empty.setdefault(name, _region(path, text, name))
        said.update(words)
    if not empty or name_of(element):
        return None
    set_by_program = f"field_{element.get('name')}" if element.tag == "input" else HEADLINES.get(output, "")
    if set_by_program in empty and element.tag in ("input", "h1"):
        return empty[set_by_program]
    for name, region in empty.items():
        sign = re.compile(rf"""\bwords\(\s*["']{re.escape(name)}["']""")
        if any(tag.may_be(element) for tag in tags_around(theme, names, sign)):
            return region
    return None


def region_saying(theme: Theme, said: str, language: str) -> Region | None:
    """Where words stand that are all that a text says; None where none of the workspace's own do."""
    said = " ".join(said.split())
    for path, words, text in _own(theme, language):
        for name, value in words.items():
            if said and _may_be(str(value), said):
                return _region(path, text, name)
    return None


def _own(theme: Theme, language: str) -> Iterator[tuple[str, dict[str, object], str]]:
    """The files of the workspace's own that are read for a language, the one that counts most first."""
    language = language.lower()
    for tag in dict.fromkeys((language, language.partition("-")[0], FALLBACK_LANGUAGE)):
        text = own_text(theme, f"words/{tag}.toml")
        try:
            yield f"templates/words/{tag}.toml", tomllib.loads(text), text
        except (ValueError, RecursionError):  # it has changed since it was rendered
            continue


def _may_be(value: str, said: str) -> bool:
    """Whether words may have become a text, whatever their blanks were filled with."""
    pieces = [re.sub(r"\s+", " ", piece) for piece in BLANK.split(value.strip())]
    if not any(re.search(r"\w", piece) for piece in pieces):
        return False
    return may_become(pieces, said)


def _region(path: str, text: str, name: str) -> Region:
    written = re.search(rf"^[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*=", text, re.MULTILINE)
    return Region(path=path, line=text.count("\n", 0, written.start()) + 1 if written else 1)
