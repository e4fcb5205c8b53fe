"""A button keeps its size in Outlook.

Outlook for Windows gives padding to table cells and not to links, so a button that is a padded, coloured link is a
coloured line of text there. Padding and colour belong to the table cell around it, or `mso-padding-alt` says so for
Outlook.

Source: https://www.caniemail.com/features/css-padding/
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.spots import Styled
from campaigner.checks.subjects import Mail
from campaigner.clients.declarations import declarations
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<p><a href="https://glass-letter.example/privacy/"'
    ' style="padding: 14px 28px; background-color: #111111; color: #ffffff">See it</a></p>',
)
GOOD = Example(
    of="mail",
    text='<p><a href="https://glass-letter.example/privacy/"'
    ' style="padding: 0; background-color: #111111; color: #ffffff">See it</a></p>',
)
PADDINGS = ("padding", *(f"padding-{side}" for side in ("top", "right", "bottom", "left")))
SPACE = re.compile(r"[1-9]")
#: a button as Outlook draws one
VML = re.compile(r"<v:(?:round)?rect\b[^<>]*>", re.IGNORECASE)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each button that leans on the padding of its link."""
    for link in mail.leading_anchors:
        style = link.get("style", "").lower()
        if (
            "padding" in style
            and "mso-" not in style
            and _is_button(style)
            and f'href="{link.get("href")}"' not in _drawn(mail.beginning)
        ):
            yield Problem(
                message=f'the button "{words_in(link)}" has its size from padding, '
                "which Outlook ignores on links",
                hint="Give padding and colour to the table cell around it",
                at=Styled(of=link, properties=PADDINGS),
            )


def _is_button(style: str) -> bool:
    own = {one.name: one.value for one in declarations(style)}
    is_padded = any(SPACE.search(value) for name, value in own.items() if name.startswith("padding"))
    return is_padded and any(
        name.startswith(("background", "border")) and value not in ("0", "none") and "radius" not in name
        for name, value in own.items()
    )


@lru_cache(maxsize=2)
def _drawn(html: str) -> str:
    """The buttons that Outlook has of its own, in comments."""
    return "".join(VML.findall(html))
