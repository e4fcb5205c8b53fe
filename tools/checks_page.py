"""Writes docs/checks.md: every check with its reason, its source and its examples, from its own file."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from campaigner.checks import CHECKS
from campaigner.checks.check import Check, Example
from campaigner.checks.rules import shipped_rules

PAGE = Path(__file__).parent.parent / "docs" / "checks.md"
#: characters of a line of an example
LONGEST_LINE = 160
HEAD = """\
# Checks

<!-- Made by tools/checks_page.py; change a check and run `make docs`. -->

What `campaigner check` looks at, group by group. An *error* must not leave the house, a *warning* costs readers,
money or trust, a *note* is worth knowing. Severities and limits can be set in
[campaigner.toml](reference.md#check), and what may be found all the same is said in a
[waiver](reference.md#waivers). `campaigner check --explain NAME` tells the same at the command line,
and the rules of a policy pack by its name. What cannot be read or rendered is told to programs as an error of the
name `unreadable`, which no waiver and no baseline lets pass; all other campaigns are checked as ever.

The mails of [sign-ups](sign-ups.md), which everybody gets who signs up, are held to what mails are held to, once in
each language of the campaigns, where all campaigns are checked.
"""
KINDS = {
    "article": "In the article",
    "front matter": "In the front matter",
    "settings": "In campaigner.toml",
    "readers": "In readers.yaml",
    "page": "In a page",
    "thanks": "In the thanks page",
    "mail": "In the newsletter",
    "web version": "In the newsletter's web version",
    "confirmation mail": "In the mail that asks for a confirmation",
    "mail text": "In the newsletter's text part",
    "mail styles": "In the styles of the newsletter's head",
    "moving picture": "A moving picture with frames of these colours",
}
LANGUAGES = {
    "article": "markdown",
    "front matter": "yaml",
    "settings": "toml",
    "readers": "text",
    "mail text": "text",
    "mail styles": "css",
    "moving picture": "text",
}


def checks_page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_contents(), *(line for check in _grouped() for line in check)])


def _contents() -> Iterator[str]:
    yield f"There are {len(CHECKS)}:"
    yield ""
    yield "| check | severity | what it wants |"
    yield "| --- | --- | --- |"
    for check in CHECKS:
        yield f"| [{check.name}](#{check.name}) | {check.severity.value} | {check.summary} |"
    yield ""


def _grouped() -> Iterator[Iterator[str]]:
    for group, checks in groupby(CHECKS, key=lambda check: check.group):
        yield iter([f"## {group.capitalize()}", ""])
        yield from map(_section, checks)


def _section(check: Check) -> Iterator[str]:
    yield f"### {check.name}"
    yield ""
    yield f"{check.summary}. ({check.severity.value.capitalize()})"
    yield ""
    yield check.why
    yield ""
    for label, example in (("Bad", check.bad), ("good", check.good)):
        yield from _example(f"{KINDS[example.of]}, {label.lower()}:", example)
    yield from _rules(check)


def _rules(check: Check) -> Iterator[str]:
    """The rules of the packs that ship which a check holds."""
    held = shipped_rules(check.name)
    if not held:
        return
    yield "The rules of the packs that ship, none of them legal advice:"
    yield ""
    yield "| pack | rule | what it holds |"
    yield "| --- | --- | --- |"
    for name, rule in held:
        yield f"| `{name}` | [{rule.name}]({rule.url}) | {' '.join(rule.says)} |"
    yield ""


def _example(label: str, example: Example) -> Iterator[str]:
    yield label
    yield ""
    yield f"```{LANGUAGES.get(example.of, 'html')}"
    for line in example.text.strip("\n").splitlines():
        yield line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"
    yield "```"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(checks_page(), encoding="utf-8")
