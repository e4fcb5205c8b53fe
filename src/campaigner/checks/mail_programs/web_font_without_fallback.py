"""Every list of fonts ends with one that is there.

Most mail programs load no web fonts. They take the next font of the list, and where there is none Outlook takes
Times New Roman, whatever the mail looks like.

Source: https://www.caniemail.com/features/css-at-font-face/
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting, Styles
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="settings", text='[brand]\ntext_font = "Inter"\n')
GOOD = Example(of="settings", text='[brand]\ntext_font = "Inter, sans-serif"\n')
#: kinds of fonts, words that stand for what is around, and fonts that every computer has
SAFE = frozenset(
    (
        *("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif"),
        *("ui-monospace", "ui-rounded", "emoji", "math", "inherit", "initial", "unset", "revert"),
        *("arial", "helvetica", "georgia", "times", "times new roman", "courier", "courier new", "verdana"),
        *("tahoma", "trebuchet ms", "segoe ui"),
    )
)
FONTS = re.compile(r"font-family\s*:([^;}]*)", re.IGNORECASE)
FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}", re.IGNORECASE)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each list of fonts without a fallback, once."""
    brand = mail.article.settings.brand
    of_brand = {_plain(getattr(brand, key)): key for key in ("text_font", "heading_font")}
    for fonts in dict.fromkeys(_lists(mail)):
        last = fonts.rpartition(",")[2].strip().lower()
        if last and last not in SAFE:
            yield Problem(
                message=f'the list of fonts "{fonts}" does not end with one that every mail program has',
                hint="End the list with common ones, such as Inter, Arial, sans-serif",
                at=Setting(path=f"brand.{of_brand[fonts]}") if fonts in of_brand else Styles(text=fonts),
            )


def _lists(mail: Mail) -> Iterator[str]:
    styles = dict.fromkeys(element.get("style", "") for element in mail.tree.iterfind(".//*[@style]"))
    for css in (*styles, *(FONT_FACE.sub("", css) for css in mail.css)):
        for found in FONTS.finditer(css):
            yield _plain(found[1].replace("!important", ""))


def _plain(fonts: str) -> str:
    return " ".join(fonts.replace('"', "").replace("'", "").split())
