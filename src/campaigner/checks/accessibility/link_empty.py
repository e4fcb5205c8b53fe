"""A link has words.

Without text, or a picture that has words, there is nothing to hear and often nothing to press. A screen reader
spells out the address instead.

Source: WCAG 2.2, failure F89, https://www.w3.org/WAI/WCAG22/Techniques/failures/F89
"""

from collections.abc import Iterator

from lxml import etree

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import hidden_from_ears
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><a href="../../privacy/"><span></span></a></p>')
GOOD = Example(
    of="page", text='<p><a href="../../privacy/"><span>What we do with your address</span></a></p>'
)

PICTURE_WITHOUT_WORDS = etree.XPath("boolean(descendant::img[not(@alt)])")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link without words; a picture in it without any, or a table, is another check's.

    So is the one that ends the subscription.
    """
    for link in one.links:
        element = link.element
        is_named = link.words or element.get("aria-labelledby")
        if element.tag != "a" or is_named or hidden_from_ears(element):
            continue
        if isinstance(one, Mail) and (
            (one.unsubscribe_url and link.href == one.unsubscribe_url) or element in one.links_around_tables
        ):
            continue
        if not PICTURE_WITHOUT_WORDS(element):
            yield Problem(
                message=f'the link to "{link.written[:80]}" has no words',
                hint="Write where it leads, or say it in the alternative text of its picture",
                at=element,
            )
