"""Headings go down one step at a time.

Who hears a page goes from heading to heading, and takes a step that is left out for a part that was missed.

Source: https://www.w3.org/WAI/tutorials/page-structure/headings/
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.headings import Heading, plain
from campaigner.checks.names import words_in
from campaigner.checks.spots import Passage
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: the level of the highest headings of most articles
SECOND = 2

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\n#### The stopper\n\nIt is grey.")
GOOD = Example(of="article", text="\n\n### The stopper\n\nIt is grey.")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each heading that is more than one step below the one before, or what made it so."""
    shown = [(heading, int(heading.tag[1])) for heading in one.tree.iter(*TAGS)]
    jumps = [*_jumps(shown)]
    if not jumps:
        return
    written = one.article.headings
    main = [heading for heading in written if heading.level == 1]
    lowered = frozenset(heading.plain for heading in written) if main else frozenset()
    if main and len(main) <= sum(heading.level == SECOND for heading in written):
        others = lowered.difference(heading.plain for heading in main)
        meant = [
            *_jumps((heading, level - (level > 1 and _words(heading) in others)) for heading, level in shown)
        ]
        if len(meant) < len(jumps):
            yield from map(_lowering, main)
        jumps, lowered = meant, frozenset()  # these would be there without a main heading too
    for heading, level, before in jumps:
        signs = "#" * (before + (_words(heading) not in lowered))
        yield Problem(
            message=f'the heading "{words_in(heading)[:60]}" is of level {level},'
            f" and the one before it of level {before}",
            hint=f"Make it one of level {before + 1}, which is written with {signs}",
            at=heading,
        )


def _jumps(levels: Iterable[tuple[HtmlElement, int]]) -> Iterator[tuple[HtmlElement, int, int]]:
    """Each heading that leaves a step out, with its level and that of the one before."""
    for (_, before), (heading, level) in pairwise(levels):
        if level > before + 1:
            yield heading, level, before


def _words(heading: HtmlElement) -> str:
    return plain(heading.text_content())


def _lowering(heading: Heading) -> Problem:
    return Problem(
        message=f'the heading "{heading.words[:60]}" is a main heading, which the title is already:'
        " it makes all others a level lower",
        hint="Make it one of level 2, which is written with ##",
        at=Passage(start=heading.start, end=heading.end),
    )
