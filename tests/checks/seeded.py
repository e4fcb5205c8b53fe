"""Faults put into the clean campaign, each found by its check and no other of all there are, at its line."""

from pathlib import Path

from campaigner.checks.check import Example
from campaigner.value import Value
from checks.examples import found_in

#: the first line of the article: all that is known of the place of what only a template can have made
UNKNOWN = "---"


class Fault(Value):
    """A fault, and how it is found."""

    check: str
    #: a text on the line of the source that it came from
    line: str
    examples: tuple[Example, ...]

    def __str__(self) -> str:
        """What a test of it is called."""
        return f"{self.check} {named(self.examples[-1])}"


def named(example: Example) -> str:
    """What a test of an example is called."""
    return example.text.strip()[:50]


def fault(check: str, line: str, *examples: Example) -> Fault:
    """A fault of examples, found on a line that has this text in it."""
    return Fault(check=check, line=line, examples=examples)


def article(text: str, *, instead_of: str = "") -> Example:
    """Text at the end of the article, in a paragraph of its own."""
    return Example(of="article", text=text if instead_of else f"\n\n{text}\n", instead_of=instead_of)


def front(text: str) -> Example:
    """Other front matter."""
    return Example(of="front matter", text=text)


def settings(text: str) -> Example:
    """Other tables of campaigner.toml."""
    return Example(of="settings", text=text)


def page(text: str, *, instead_of: str = "") -> Example:
    """HTML of the landing page."""
    return Example(of="page", text=text, instead_of=instead_of)


def thanks(text: str, *, instead_of: str = "") -> Example:
    """HTML of the thanks page."""
    return Example(of="thanks", text=text, instead_of=instead_of)


def mail(text: str, *, instead_of: str = "") -> Example:
    """HTML of the newsletter."""
    return Example(of="mail", text=text, instead_of=instead_of)


def styles(text: str, *, instead_of: str = "") -> Example:
    """CSS of a workspace's own stylesheet for its pages: at its end, or in the place of what the theme's says."""
    return Example(of="page styles", text=text, instead_of=instead_of)


def in_styles(check: str, text: str, instead_of: str = "", line: str = "") -> Fault:
    """A fault in that stylesheet; its line is the first, where nothing else is said."""
    return fault(check, line or text.lstrip().partition("\n")[0], styles(text, instead_of=instead_of))


def in_article(check: str, text: str, line: str = "") -> Fault:
    """A fault at the end of the article; its line is the last, where nothing else is said."""
    return fault(check, line or text.rsplit("\n", maxsplit=1)[-1], article(text))


def in_front_matter(check: str, text: str, line: str) -> Fault:
    """A fault in the front matter."""
    return fault(check, line, front(text))


def in_settings(check: str, text: str, line: str) -> Fault:
    """A fault in campaigner.toml."""
    return fault(check, line, settings(text))


def in_html(check: str, of: str, text: str, instead_of: str = "", line: str = UNKNOWN) -> Fault:
    """A fault in the HTML of the "page", the "thanks" page or the "mail"."""
    return fault(check, line, Example(of=of, text=text, instead_of=instead_of))


def assert_found(folder: Path, seeded: Fault) -> None:
    """Hold that a fault is found by its check and no other, and where."""
    told = told_in(folder, *seeded.examples)
    assert {check for check, _, _ in told} == {seeded.check}, told
    for _, line, _ in told:
        assert seeded.line in line, told


def assert_clean(folder: Path, *examples: Example) -> None:
    """Hold that nothing is found."""
    told = told_in(folder, *examples)
    assert not told, told


def told_in(folder: Path, *examples: Example) -> list[tuple[str, str, str]]:
    """What is found where examples are put into the clean campaign: the check, the line of the source, the message."""
    told = []
    for one in found_in(folder, *examples):
        lines = (folder / one.path).read_text(encoding="utf-8").split("\n")
        told.append((one.check, lines[one.line - 1], one.message))
    return told
