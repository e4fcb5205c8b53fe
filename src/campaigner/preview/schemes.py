"""Pages, mails and styles settled for light or dark, whatever the browser that shows them prefers."""

import re

#: parts of a page that may ask for a scheme; its text may be about one
ASKING = re.compile(r"<style\b.*?</style\s*>|<(?:link|meta|source)\b[^>]*>", re.IGNORECASE | re.DOTALL)
QUERY = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
#: styles that can do both: what the browser draws itself follows this
BOTH = re.compile(r"(?<![\w-])(color-scheme\s*:\s*)(?:light\s+dark|dark\s+light)\b", re.IGNORECASE)
#: the same in a page's head, with its older name for mails
BOTH_META = re.compile(
    r'(<meta\s+name="(?:supported-)?color-schemes?"\s+content=")(?:light\s+dark|dark\s+light)"', re.IGNORECASE
)
#: queries that hold, and that do not, whatever a browser prefers
ALWAYS, NEVER = "(min-width: 0)", "(max-width: 0)"
SCHEMES = ("light", "dark")


def page_in_scheme(html: str, scheme: str) -> str:
    """Give a page or a mail in one of SCHEMES."""
    return ASKING.sub(lambda part: styles_in_scheme(BOTH_META.sub(rf'\g<1>{scheme}"', part[0]), scheme), html)


def styles_in_scheme(css: str, scheme: str) -> str:
    """Give a style sheet in one of SCHEMES."""
    settled = QUERY.sub(lambda query: ALWAYS if query[1].lower() == scheme else NEVER, css)
    return BOTH.sub(rf"\g<1>{scheme}", settled)
