"""The structured data of a page can be read, and says who wrote what and when.

Search engines show author, date and picture from it. What does not parse is ignored as a whole, and of an
article Google asks for headline, author, dates and picture.

Source: https://developers.google.com/search/docs/appearance/structured-data/article
"""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text='<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage",}</script>',
    instead_of=r'<script type="application/ld\+json">.*?</script>',
)
GOOD = Example(
    of="page",
    text='<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage","name":"Vials"}</script>',
    instead_of=r'<script type="application/ld\+json">.*?</script>',
)
ARTICLES = frozenset(("Article", "BlogPosting", "NewsArticle", "TechArticle"))
#: what an article must say, and what it may need to
OF_ARTICLE = ("headline", "author", "datePublished", "dateModified", "image")
OF_PAGE = ("name",)


def check(page: Page) -> Iterator[Problem]:
    """Yield data that cannot be read, or that lack something."""
    scripts = [one for one in page.tree.iter("script") if one.get("type") == "application/ld+json"]
    if page.output is Output.POST and not scripts:
        hint = "Put the article's JSON-LD into the head, as the theme does"
        yield Problem(
            message="the blog post has no structured data", hint=hint, at=Lacking(signs=("ld+json",))
        )
    for script in scripts:
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError) as error:
            hint = "Mend the JSON in the template; the theme's own is always whole"
            yield Problem(message=f"the structured data cannot be read: {error}", hint=hint, at=script)
            continue
        for one in data if isinstance(data, list) else [data]:
            yield from _incomplete(one, script)


def _incomplete(data: Any, script: HtmlElement) -> Iterator[Problem]:
    if not isinstance(data, dict) or not isinstance(data.get("@type"), str):
        yield Problem(
            message="the structured data do not say what they describe",
            hint='Write "@type": "Article"',
            at=script,
        )
        return
    kind = data["@type"]
    wanted = OF_ARTICLE if kind in ARTICLES else OF_PAGE if kind in ("WebPage", "FAQPage") else ()
    missing = [name for name in wanted if not data.get(name)]
    if missing:
        yield Problem(
            message=f"the structured data ({kind}) lacks {', '.join(missing)}",
            hint="Write the keys into front matter (date: for the dates), or add them to the template's JSON-LD",
            at=script,
        )
