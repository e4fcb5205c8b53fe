"""Faults put into the clean campaign, each found by its check and no other of its group, at its line."""

from dataclasses import dataclass
from pathlib import Path

from campaigner.checks.check import Example
from checks.examples import found_in

#: HTML that only a template can have made: what is known of its place is the article
NO_LINE = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault, and how it is found."""

    check: str
    #: a text on the line of the source that it came from
    line: str
    examples: tuple[Example, ...]

    def __str__(self) -> str:
        """What a test of it is called."""
        return f"{self.check} {self.examples[-1].text.strip()[:40]}"


def in_article(check: str, text: str, line: str = "") -> Fault:
    """A fault at the end of the article; its line is the last, where nothing else is said."""
    example = Example(of="article", text=f"\n\n{text}")
    return Fault(check=check, line=line or text.rsplit("\n", maxsplit=1)[-1], examples=(example,))


def in_front_matter(check: str, text: str, line: str) -> Fault:
    """A fault in the front matter."""
    return Fault(check=check, line=line, examples=(Example(of="front matter", text=text),))


def in_settings(check: str, text: str, line: str) -> Fault:
    """A fault in campaigner.toml."""
    return Fault(check=check, line=line, examples=(Example(of="settings", text=text),))


def in_html(check: str, of: str, text: str, instead_of: str = "", line: str = NO_LINE) -> Fault:
    """A fault in the HTML of the "page", the "thanks" page or the "mail"."""
    return Fault(check=check, line=line, examples=(Example(of=of, text=text, instead_of=instead_of),))


def assert_found(fault: Fault, folder: Path) -> None:
    """See that a fault is found by its check and no other, and where."""
    found = found_in(folder, *fault.examples)
    assert {one.check for one in found} == {fault.check}, found
    for one in found:
        line = (folder / one.path).read_text(encoding="utf-8").split("\n")[one.line - 1]
        assert fault.line in line if fault.line else one.line == 1, (one, line)
