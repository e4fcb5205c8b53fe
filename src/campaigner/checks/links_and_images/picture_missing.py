"""A picture has the address of one.

An empty address makes some browsers fetch the page itself again, and "placeholder" pictures of a design are never meant
to be sent.

Source: https://html.spec.whatwg.org/multipage/embedded-content.html#attr-img-src
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><img src="" alt="A glass vial" width="300" height="200"></p>')
GOOD = Example(of="page", text='<p><img src="vial.png" alt="A glass vial" width="300" height="200"></p>')

STAND_IN = re.compile(
    r"(?:https?:)?//(?:via\.placeholder\.com|placehold\.(?:co|it)|placekitten\.com|picsum\.photos|dummyimage\.com"
    r"|lorempixel\.com|fakeimg\.pl|loremflickr\.com|placeimg\.com)/|(?:about|file|blob|[a-z]):",
    re.IGNORECASE,
)
HOLLOW = frozenset({"", "#", "http://", "https://"})


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture without an address, or with that of a stand-in."""
    for picture in one.pictures:
        src = picture.src
        if not src and picture.element.get("srcset"):
            continue
        if src in HOLLOW or STAND_IN.match(src):
            words = (picture.element.get("alt") or "")[:60]
            yield Problem(
                message=f'the picture "{words}" has no address'
                if not src
                else f"{src[:80]} is a placeholder and no picture to be sent",
                hint="Put the picture beside the article, and name its file",
                at=picture.element,
            )
