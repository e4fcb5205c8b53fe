"""An article has a description, and so has the site.

It stands below the headline, in search results, behind the subject line and in shared links. Without one, the
first sentences stand in, and those were written to be read on, not to be chosen.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.head import is_listed, metas
from campaigner.checks.spots import Key, Lacking, Setting
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='description: ""')
GOOD = Example(
    of="front matter",
    text='description: "What the glass of a vial tells you before you open it, in four short steps."',
)


def check(one: Article | Page) -> Iterator[Problem]:
    """Yield an article without a description, and home and tags where the template leaves it out."""
    if isinstance(one, Page):
        yield from _of_listing(one)
    elif not one.campaign.front_matter.description:
        yield Problem(
            message="the article has no description",
            hint="Write `description:`, one or two sentences that make people want to read it",
            at=Key(path="description" if "description" in one.campaign.positions else "title"),
        )


def _of_listing(page: Page) -> Iterator[Problem]:
    if page.output is not Output.LISTING or not is_listed(page):
        return
    found = metas(page).get("description")
    if found is None or not (found.get("content") or "").strip():
        is_unwritten = page.address == addresses.HOME and not page.article.settings.site.description
        yield Problem(
            message="home has no description"
            if page.address == addresses.HOME
            else "the page of a tag has no description",
            hint="Write `description` under [site], one sentence that says what the publication is about",
            at=Setting(path="site.description")
            if is_unwritten
            else Lacking(
                signs=('name="description"',), words="tag_text", language=page.tree.get("lang") or ""
            ),
        )
