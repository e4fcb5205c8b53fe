"""Characters that no text may have: control characters, and code points that are no characters.

XML cannot hold them (XML 1.0, section 2.2), HTML calls them errors (HTML 13.2.3.5), and the
noncharacters are what this program marks places with. They can be written as themselves, as a
numeric reference or with percent signs, so all three are looked for.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

#: what a candidate begins with: a pattern of one set is quick to say that a text has none
SUSPICIOUS = re.compile("[\x00-\x08\x0b-\x1f%&\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]")
CANDIDATE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe-\U0001ffff\U0002fffe-\U0010ffff]"
    r"|&\#(?:[xX](?P<hexadecimal>[0-9a-fA-F]+)|0*(?P<decimal>[0-9]+));?"
    r"|(?P<percent>(?:%[eE][fF]%[bB][7fF]%[89abAB][0-9a-fA-F]))"
)
#: what HTML makes of these references is a character, for history's sake (HTML 13.2.5.80)
MEANT_OTHERWISE = range(0x80, 0xA0)


def misfits(text: str) -> Iterator[tuple[int, str]]:
    """Give the offset of each character that no text may have, and its name such as U+FDD0."""
    for place in SUSPICIOUS.finditer(text):
        match = CANDIDATE.match(text, place.start())
        code = _code(match) if match else None
        if code is not None:
            yield place.start(), f"U+{code:04X}"


def is_misfit(code: int) -> bool:
    """Whether no text may have this code point."""
    return (
        (code < 0x20 and code not in (0x09, 0x0A))
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or 0xFDD0 <= code < 0xFDF0
        or code & 0xFFFE == 0xFFFE
        or code > 0x10FFFF
    )


def _code(match: re.Match[str]) -> int | None:
    """The code point that was found, or None where it is an innocent reference."""
    if match["hexadecimal"] or match["decimal"]:
        code = int(match["hexadecimal"], 16) if match["hexadecimal"] else int(match["decimal"][:9])
        return code if is_misfit(code) and code not in MEANT_OTHERWISE else None
    written = unquote_to_bytes(match[0]).decode("utf-8", "replace") if match["percent"] else match[0]
    code = ord(written[0])
    return code if is_misfit(code) else None
