"""What strangers send, as it may be kept: one line, of a length, and text that every database takes."""

import re
import unicodedata

#: no text but for those that fold a line, end it or are half a character
UNKEPT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
LONGEST_AGENT = 400
LONGEST_PAGE = 1000
#: an IPv6 address with a zone
LONGEST_IP = 100


def as_kept(text: str, longest: int) -> str:
    """Give `text` composed (NFC), on one line and cut off: for what a machine sent and nobody can be asked about."""
    return UNKEPT.sub(" ", unicodedata.normalize("NFC", text[:longest])).strip()[:longest]


def is_line(text: str, longest: int) -> bool:
    """Whether `text` can be kept as it is: for what a person typed, who can be asked again."""
    return len(text) <= longest and not UNKEPT.search(text)
