"""The words for a picture and its caption say different things.

Who hears the page hears both, one after the other. The caption tells what everybody should know; the alternative
text tells what the eye sees.

Source: https://html.spec.whatwg.org/multipage/images.html#alt
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Page

SEVERITY = Severity.NOTE
BAD = Example(of="front matter", text='image_caption: "Four vials in a row"')
GOOD = Example(of="front matter", text='image_caption: "The third has no label."')


def check(page: Page) -> Iterator[Problem]:
    """Yield each picture whose words are those of its caption."""
    for figure in page.tree.iter("figure"):
        captions = [_plain(caption.text_content()) for caption in figure.iter("figcaption")]
        for picture in figure.iter("img"):
            words = _plain(picture.get("alt") or "")
            if words and words in captions:
                yield Problem(
                    message="a picture's alternative text and its caption are the same",
                    hint="Say in the one what is seen, and in the other what it means",
                    at=picture,
                )


def _plain(words: str) -> str:
    return " ".join(words.split()).rstrip(".").lower()
