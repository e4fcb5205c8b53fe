"""What looks like a heading is one.

A paragraph that is bold from its first word to its last looks like a heading, but nobody who hears the page can jump
to it, and it stands in no table of contents.

Source: WCAG 2.2, failure F2, https://www.w3.org/WAI/WCAG22/Techniques/failures/F2
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.NOTE
BAD = Example(of="article", text="\n\n**Look at the stopper**\n\nIt is grey, and it is soft.")
GOOD = Example(of="article", text="\n\n**Look at the stopper:** it is grey, and it is soft.")

LONGEST = 80


def check(page: Page) -> Iterator[Problem]:
    """Yield each short paragraph that is all bold and stands before another paragraph."""
    if page.output is not Output.POST:
        return
    for bold in page.tree.iter("strong", "b"):
        paragraph = bold.getparent()
        if paragraph is None or paragraph.tag != "p" or paragraph.get("class"):
            continue
        if bold.getprevious() is not None or bold.getnext() is not None:
            continue
        words = words_in(paragraph)
        is_all = words == words_in(bold)
        following = paragraph.getnext()
        is_short = 0 < len(words) <= LONGEST and words[-1] not in ".!?…:"
        if is_all and is_short and following is not None and following.tag in ("p", "ul", "ol", "table"):
            yield Problem(
                message=f'"{words}" looks like a heading, but is a bold paragraph',
                hint=f"Write ## {words}",
                at=paragraph,
            )
