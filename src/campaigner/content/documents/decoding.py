"""From bytes to text: which encoding it is, and which characters are none."""

import codecs
import re

from campaigner.content.documents.faults import refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: what Windows programs write where they do not write UTF-8; browsers read Latin-1 and ASCII as it too
#: (WHATWG Encoding Standard, section 4.2)
WINDOWS = "cp1252"
#: controls, surrogates, noncharacters (they belong to programs, Unicode 23.7), byte order marks inside
#: of a text, and soft hyphens, which say where a line once might have ended
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
LINE_BREAK = re.compile("\r\n|[\r\x0b\x85\u2028]")
PARAGRAPH_BREAK = re.compile("[\f\u2029]")
#: a word divided at the end of a line by a soft hyphen
DIVIDED = re.compile("\xad[^\\S\n]*\n[^\\S\n]*(?=\\w)")
SPACE = r"[^\S\n]"
#: a no-break space alone between two words is meant; any other one is padding
PADDING = re.compile(rf"{SPACE}{{2,}}|(?<!\S){SPACE}|{SPACE}(?!\S)|[^\S\n\u00a0\u202f]")


def decoded(content: bytes, *, shown: str, declared: str = "") -> str:
    """Give the text of `content`: by its byte order mark, as `declared`, as UTF-8, else as Windows-1252.

    Raises ContentError where it is no text.
    """
    text = _text(content, declared)
    if text is None:
        raise refused(shown, "the encoding of the text cannot be told", "Save it as UTF-8")
    if "\0" in text:
        before = text[: text.index("\0")]
        raise refused(
            shown,
            "there is a NUL character here: this is no text file",
            "Save it as plain text in UTF-8",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
    return text


def visible(text: str) -> str:
    r"""Give `text` with `\n` as its only line end, and without characters that nobody sees."""
    text = PARAGRAPH_BREAK.sub("\n\n", LINE_BREAK.sub("\n", text))
    return INVISIBLE.sub("", DIVIDED.sub("", text))


def even(text: str) -> str:
    """Give `text` with one plain space wherever there is room; lone no-break spaces stay."""
    return PADDING.sub(" ", text)


def _text(content: bytes, declared: str) -> str | None:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _attempt(content[len(mark) :], encoding)
    for encoding in (declared, "utf-8", WINDOWS):
        text = _attempt(content, encoding) if encoding else None
        if text is not None:
            return text
    return None


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
