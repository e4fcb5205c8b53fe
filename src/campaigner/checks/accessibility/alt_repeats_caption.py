"""The words for a picture and its caption say different things.

Who hears the page hears both, one after the other. The caption tells what everybody should know; the alternative
text tells what the eye sees.

Source: https://html.spec.whatwg.org/multipage/images.html#alt
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(of="front matter", text='image_caption: "Four vials in a row"')
GOOD = Example(of="front matter", text='image_caption: "The third has no label."')


def check(page: Page) -> Iterator[Problem]:
    """Yield each picture whose words are those of its caption."""
    captions: dict[HtmlElement | None, set[str]] = {}
    for caption in page.tree.iter("figcaption"):
        captions.setdefault(_figure(caption), set()).add(_plain(caption.text_content()))
    captions.pop(None, None)
    for picture in page.tree.iter("img") if captions else ():
        words = _plain(picture.get("alt") or "")
        if words and words in captions.get(_figure(picture), ()):
            yield Problem(
                message="a picture's alternative text and its caption are the same",
                hint="Say in the one what is seen, and in the other what it means",
                at=picture,
            )


def _figure(element: HtmlElement) -> HtmlElement | None:
    """The innermost figure that an element stands in."""
    return next(element.iterancestors("figure"), None)


def _plain(words: str) -> str:
    return " ".join(words.split()).rstrip(".").lower()
