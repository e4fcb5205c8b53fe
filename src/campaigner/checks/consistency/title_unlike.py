"""The article has one title, in the blog post, in the mail and in its web version.

Who clicks on "Five questions" in the mail and lands on a page with another headline takes it for the wrong page.

Source: https://www.nngroup.com/articles/information-scent/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page, Trio
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="<h1>How to store a bottle</h1>", instead_of=r"(?s)<h1[^>]*>.*?</h1>")
GOOD = Example(
    of="mail", text="<h1>How to look at a <em>glass</em> vial</h1>", instead_of=r"(?s)<h1[^>]*>.*?</h1>"
)


def check(trio: Trio) -> Iterator[Problem]:
    """Yield each output with another headline than the article's."""
    meant = _letters(trio.article.campaign.front_matter.title)
    for one in (trio.post, trio.mail, trio.web_version):
        headline = next(one.tree.iter("h1"), None)
        if headline is not None and meant not in _letters(headline.text_content()):
            yield Problem(
                message=f'the {_name(one)} is headed "{" ".join(headline.text_content().split())}"',
                hint="Show page.title there, as the theme's templates do",
                at=headline,
            )


def _name(one: Page | Mail) -> str:
    return one.output.value


def _letters(text: str) -> str:
    """What typography does not change."""
    return "".join(filter(str.isalnum, text)).lower()
