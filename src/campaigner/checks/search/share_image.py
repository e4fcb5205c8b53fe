"""A page has a picture for sharing, large enough for a wide card.

Whoever passes a link on shows its picture. Facebook asks for 1200 by 630 pixels, which are sharp on every screen;
below 600 by 315 it shows a small square beside the words. Home has a card that is made of the site's name.

Source: https://developers.facebook.com/docs/sharing/webmasters/images/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.head import is_listed, metas
from campaigner.checks.spots import Key, Setting, Spot
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text='<meta property="og:image:width" content="400">',
    instead_of=r'<meta property="og:image:width"[^>]*>',
)
GOOD = Example(of="front matter", text="image_caption: Blown by hand and cooled slowly")
IMAGE, SITE = Key(path="image"), Setting(path="site.name")
PAGES = (Output.POST, Output.LANDING)


def check(page: Page) -> Iterator[Problem]:
    """Yield a picture that is missing, relative or too small."""
    is_home = page.output is Output.LISTING and page.address == addresses.HOME
    if not (page.output in PAGES or is_home) or not is_listed(page):
        return
    found = metas(page)
    place: Spot
    place, name = (SITE, "home") if is_home else (IMAGE, f"the {page.output.value}")
    image = found["og:image"].get("content") if "og:image" in found else ""
    if not image or not image.startswith(("https://", "http://")):
        yield Problem(
            message=f"{name} has no picture for sharing",
            hint="Give the page an absolute og:image"
            if is_home
            else "Give the article an `image:`, and the page an absolute og:image",
            at=place,
        )
        return
    limits = page.article.settings.check.limits
    width, height = (_number(found[name].get("content")) if name in found else 0 for name in SIZES)
    if 0 < width < limits.share_image_width or 0 < height < limits.share_image_height:
        wanted = f"{limits.share_image_width} × {limits.share_image_height}"
        yield Problem(
            message=f"the picture for sharing {'of home ' * is_home}has {width} × {height} pixels, fewer than {wanted}",
            hint="Use a larger picture",
            at=place,
        )


SIZES = ("og:image:width", "og:image:height")


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
