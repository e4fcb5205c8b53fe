"""The mail programs that a mail is simulated in, and what is particular about each.

What they support comes from caniemail.com, by `client`. The rest is:

- dark mode, its kind: https://www.litmus.com/blog/the-ultimate-guide-to-dark-mode-for-email-marketers and
  https://support.ometria.com/hc/en-gb/articles/8844469213597; that Outlook.com looks at grounds and text only:
  https://www.hteumeuleu.com/2019/dealing-with-outlook-com-s-dark-mode/;
- Gmail's limit for styles: https://github.com/hteumeuleu/email-bugs/issues/90, and its dislike of nested
  at-rules: https://github.com/hteumeuleu/email-bugs/issues/21;
- names that webmail rewrites, so that the mail's styles do not reach its own page: each puts a prefix
  before classes and ids.
"""

import re
from enum import StrEnum

from campaigner.value import Value

#: what caniemail.com says of Gmail's apps where kinds of accounts differ
ONLY_GOOGLE = re.compile(
    "(?:Partial. )?(?:Not supported|Does not render|Doesn[’']t work) with non Google accounts"
)
ONLY_OTHERS = re.compile(
    "(?:Partial. |Partially supported. )?(?:Only (?:supported|works) with|Supported with) non Google accounts"
)
#: bytes of styles that Gmail keeps, of all elements together
GMAIL_STYLES = 16 * 1024


class Dark(StrEnum):
    """What a program does with a mail in dark mode."""

    #: the mail stays as it is
    NONE = "none"
    #: the mail's own dark styles are used, and without any it stays as it is
    AUTHOR = "author"
    #: light grounds and dark text change, dark grounds stay
    PARTIAL = "partial"
    #: all colours change, dark grounds become light
    FULL = "full"


class Program(Value):
    """A mail program as it is simulated."""

    #: in addresses: "gmail-web"
    name: str
    title: str
    #: as caniemail.com calls it
    client: str
    dark: Dark
    #: width that it is looked at in, in CSS pixels
    width: int
    #: bytes of styles it keeps; 0 for no limit
    styles_limit: int = 0
    #: whether a style element with an at-rule in an at-rule is dropped as a whole
    drops_nested: bool = False
    #: put before classes and ids
    prefix: str = ""
    #: whether the mail's body becomes a `<div>` behind a `<u>`
    replaces_body: bool = False
    #: whether borders keep their colours in dark mode
    keeps_lines: bool = False
    #: whether it puts `data-ogsc` and `data-ogsb` on what it darkened, for the mail's own styles to know
    marks_dark: bool = False
    #: reads `<!--[if mso]>`, and lays out as Word does, which nobody can simulate
    is_word: bool = False
    #: whether style elements in the body are dropped
    styles_in_head: bool = False
    #: notes of caniemail.com that make "partly" a "no" in this program
    denied_by: re.Pattern[str] | None = None


PROGRAMS = (
    Program(
        name="gmail-web",
        title="Gmail, web",
        client="gmail.desktop-webmail",
        dark=Dark.NONE,
        width=760,
        styles_limit=GMAIL_STYLES,
        drops_nested=True,
        styles_in_head=True,
        prefix="m_2718281828459045235",
        replaces_body=True,
    ),
    Program(
        name="gmail-android",
        title="Gmail app, Android",
        client="gmail.android",
        dark=Dark.PARTIAL,
        width=390,
        styles_limit=GMAIL_STYLES,
        drops_nested=True,
        styles_in_head=True,
        prefix="m_",
        denied_by=ONLY_OTHERS,
        replaces_body=True,
    ),
    Program(
        name="gmail-ios",
        title="Gmail app, iPhone",
        client="gmail.ios",
        dark=Dark.FULL,
        width=390,
        styles_limit=GMAIL_STYLES,
        drops_nested=True,
        styles_in_head=True,
        prefix="m_",
        denied_by=ONLY_OTHERS,
        replaces_body=True,
    ),
    Program(
        name="gmail-other-account",
        title="Gmail app, not a Google account",
        client="gmail.android",
        dark=Dark.PARTIAL,
        width=390,
        replaces_body=True,
        denied_by=ONLY_GOOGLE,
    ),
    Program(
        name="outlook-windows",
        title="Outlook for Windows (Word)",
        client="outlook.windows",
        dark=Dark.FULL,
        width=760,
        is_word=True,
    ),
    Program(
        name="outlook-web",
        title="Outlook.com, new Outlook",
        client="outlook.outlook-com",
        dark=Dark.PARTIAL,
        width=760,
        prefix="x_",
        replaces_body=True,
        keeps_lines=True,
        marks_dark=True,
    ),
    Program(
        name="apple-mail-macos",
        title="Apple Mail, Mac",
        client="apple-mail.macos",
        dark=Dark.AUTHOR,
        width=760,
    ),
    Program(
        name="apple-mail-ios",
        title="Apple Mail, iPhone",
        client="apple-mail.ios",
        dark=Dark.AUTHOR,
        width=390,
    ),
    Program(
        name="yahoo",
        title="Yahoo Mail, web",
        client="yahoo.desktop-webmail",
        dark=Dark.NONE,
        width=760,
        prefix="yiv3141592653",
        replaces_body=True,
    ),
    Program(
        name="samsung", title="Samsung Email", client="samsung-email.android", dark=Dark.AUTHOR, width=390
    ),
    Program(
        name="thunderbird",
        title="Thunderbird",
        client="thunderbird.macos",
        dark=Dark.NONE,
        width=760,
    ),
)
BY_NAME = {program.name: program for program in PROGRAMS}
