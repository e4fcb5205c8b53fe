"""Typographic quotes, dashes and ellipses, by language.

Done on the finished text, where it costs next to nothing; Markdown's own `smarty` triples the time
of a conversion and knows one language.
"""

import re
from bisect import bisect_left
from functools import cached_property

#: opening and closing, double and single, by language (Unicode CLDR's delimiters, 48)
QUOTES = {
    "en": "“”‘’",
    "de": "„“‚‘",
    "fr": "«»‹›",
    "es": "«»“”",
    "it": "«»“”",
    "pt": "“”‘’",
    "nl": "“”‘’",
    "pl": "„”«»",
    "cs": "„“‚‘",
    "sv": "””’’",
    "da": "“”‘’",
    "fi": "””’’",
    "no": "«»‘’",
    "nb": "«»‘’",
}
APOSTROPHE = "’"
SINGLE_OPENING = re.compile(r"(?:^|[\s(\[\"–—-])'(?=\S)")
SINGLE_CLOSING = re.compile(r"(?<=[^\s(\[])'(?!\w)")
TOKEN = re.compile(r"---|--|\.\.\.|\"|'")
#: before an opening quote stands nothing, space, a bracket, a dash or another opening quote
BEFORE_OPENING = re.compile(r"[\s\u00a0(\[{<–—/\u201c\u2018\u201e\u201a«‹-]")
SHORTENED = re.compile(r"(?:\d\ds?|tis|twas|em|cause|til|n)\b", re.IGNORECASE)


def typographic(text: str, language: str, before: str = "", *, goes_on: bool = False) -> str:
    """Set the quotes, dashes and ellipses of `text`.

    `before` is the character in front of it; `goes_on` says that an element follows with more of the line.
    """
    if not ("'" in text or '"' in text or "--" in text or "..." in text):
        return text
    singles = _Singles(text)
    quotes = QUOTES.get(language.partition("-")[0].lower(), QUOTES["en"])

    def set_token(match: re.Match[str]) -> str:
        token = match[0]
        if token == "---":
            return "—"
        if token == "--":
            return "–"
        if token == "...":
            return "…"
        previous = text[match.start() - 1] if match.start() else before
        opening = not previous or bool(BEFORE_OPENING.match(previous)) or previous in "\"'"
        following = text[match.end() : match.end() + 1]
        if opening and (following.isspace() if following else not goes_on):
            opening = False
        if token == '"':
            return quotes[0] if opening else quotes[1]
        if opening and not SHORTENED.match(text, match.end()):
            return quotes[2]
        # An apostrophe and a closing single quote are the same sign in English, not in German.
        within_word = bool(previous) and previous.isalnum() and following.isalpha()
        return APOSTROPHE if within_word or opening or not singles.is_open(match.start()) else quotes[3]

    return TOKEN.sub(set_token, text)


class _Singles:
    """The single quotes of a text, looked for once, and only where somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    def is_open(self, offset: int) -> bool:
        """Whether a single quote is open in front of an offset."""
        return bisect_left(self._opened, offset) > bisect_left(self._closed, offset)

    @cached_property
    def _opened(self) -> list[int]:
        ends = (opening.end() for opening in SINGLE_OPENING.finditer(self._text))
        return [end for end in ends if not SHORTENED.match(self._text, end)]

    @cached_property
    def _closed(self) -> list[int]:
        return [closing.start() for closing in SINGLE_CLOSING.finditer(self._text)]
