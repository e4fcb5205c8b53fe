"""Plain text: finds the title, headings and lists where there is no markup to tell them."""

import re
from collections.abc import Iterator

from campaigner.content.documents.escaping import block, linked
from campaigner.content.documents.markers import Marker, marker
from campaigner.content.documents.summary import as_title
from campaigner.content.documents.unwrapping import Piece, unwrapped

#: a sentence or a part of one ends here, so it is no heading; a question may be one
CLOSED = re.compile(r"[.!…:;,。！：；，、।۔][\"'”’»)\]」]*$")
QUOTED = re.compile(r"[\"'“„«‘].*[\"'”“»’]$")
BYLINE = re.compile(r"(?:by|von|words by|text)\b", re.IGNORECASE)
LONGEST_HEADING, MOST_HEADING_WORDS = 80, 12
MOST_TITLE_WORDS = 16
#: "Sound familiar?" is said to the reader, "What is it?" may be a heading
FEWEST_QUESTION_WORDS = 3
#: more short lines than this in a row are an address or a verse
MOST_HEADINGS_IN_A_ROW = 2
INDENT = "    "


def read_text(text: str) -> tuple[str, str]:
    """Give the title ("" where the first line is none) and the Markdown of a plain text."""
    pieces = unwrapped(text)
    items = list_items(pieces)
    title = _title(pieces, items)
    levels = _heading_levels(pieces, items, titled=bool(title))
    return title, "\n\n".join(_blocks(pieces, items, levels, start=1 if title else 0))


def list_items(pieces: list[Piece]) -> dict[int, Marker]:
    """Give the markers of the pieces that are list items, by index.

    Numbers must count from one and there must be two of them: "1. First" above a paragraph is a
    heading, and "40. Then" the end of a sentence.
    """
    signs = {
        index: sign
        for index, piece in enumerate(pieces)
        if not piece.underline and not piece.is_rule and (sign := marker(piece.text))
    }
    items = {index: signs[index] for row in _counted(pieces, signs) if len(row) > 1 for index in row}
    for index, sign in signs.items():
        beside = (signs.get(index - 1), signs.get(index + 1))
        if not sign.number and (not sign.shy or sign.form in {other.form for other in beside if other}):
            items[index] = sign
    return items


def _counted(pieces: list[Piece], signs: dict[int, Marker]) -> list[list[int]]:
    """Rows of pieces that count 1, 2, 3 at one indentation, with nothing but deeper pieces between."""
    rows: list[list[int]] = []
    going: dict[tuple[int, str], list[int]] = {}
    for index, piece in enumerate(pieces):
        sign = signs.get(index)
        deepest = piece.indent + (1 if sign and sign.number else 0)
        going = {key: row for key, row in going.items() if key[0] < deepest}
        if not sign or not sign.number:
            continue
        row = going.get((piece.indent, sign.form))
        if row and signs[row[-1]].number == sign.number - 1:
            row.append(index)
        elif sign.number == 1:
            rows.append([index])
            going[piece.indent, sign.form] = rows[-1]
    return rows


def _title(pieces: list[Piece], items: dict[int, Marker]) -> str:
    """The first line, if it looks like a title and something else than a list follows."""
    if len(pieces) < 2 or {0, 1} & items.keys():
        return ""
    first = pieces[0]
    looks = first.underline or (
        not first.text.endswith((".", ":", ";", ",", "…", "。", "：", "，"))
        and len(first.text.split()) <= MOST_TITLE_WORDS
        and _has_words(first.text)
    )
    return as_title(first.text) if looks else ""


def _heading_levels(pieces: list[Piece], items: dict[int, Marker], *, titled: bool) -> dict[int, int]:
    """Levels of the pieces that are headings. Where some are underlined, only these are."""
    underlined = {index: piece.underline for index, piece in enumerate(pieces) if piece.underline}
    if titled:
        underlined.pop(0, None)
    if underlined:
        lower = 3 if "=" in underlined.values() else 2
        return {index: 2 if sign == "=" else lower for index, sign in underlined.items()}
    likely = [index not in items and _like_heading(piece) for index, piece in enumerate(pieces)]
    candidates = {index for row in _rows(pieces, likely, titled=titled) for index in row}
    headings: dict[int, int] = {}
    for chain in _chains(candidates):
        following = chain[-1] + 1
        if following < len(pieces) and not pieces[following].is_rule:
            headings |= dict.fromkeys(chain if len(chain) <= MOST_HEADINGS_IN_A_ROW else chain[-1:], 2)
    return headings


def _like_heading(piece: Piece) -> bool:
    text = piece.text
    words = len(text.split())
    return (
        len(text) <= LONGEST_HEADING
        and words <= MOST_HEADING_WORDS
        and _has_words(text)
        and not text[0].islower()
        and not CLOSED.search(text)
        and not QUOTED.fullmatch(text)
        and (words >= FEWEST_QUESTION_WORDS or not text.endswith(("?", "？", "؟")))
        and not _has_bullet(text)
    )


def _has_bullet(text: str) -> bool:
    sign = marker(text)
    return sign is not None and not sign.number


def _has_words(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]", text)) > 1 and "://" not in text and "@" not in text


def _rows(pieces: list[Piece], likely: list[bool], *, titled: bool) -> Iterator[list[int]]:
    """Likely headings that stand directly below each other; without the title and what belongs to it."""
    row: list[int] = []
    rows = [row]
    for index, piece in enumerate(pieces):
        is_one = likely[index] or (titled and index == 0)
        if not is_one or piece.after_blank:
            rows.append(row := [])
        if is_one:
            row.append(index)
    for row in rows:
        if len(row) > MOST_HEADINGS_IN_A_ROW:
            continue
        if titled and row[:1] == [0]:
            yield [index for index in row[1:] if not BYLINE.match(pieces[index].text)]
        else:
            yield row


def _chains(indexes: set[int]) -> Iterator[list[int]]:
    """Indexes that follow each other without a gap."""
    chain: list[int] = []
    for index in sorted(indexes):
        if chain and index != chain[-1] + 1:
            yield chain
            chain = []
        chain.append(index)
    if chain:
        yield chain


def _blocks(
    pieces: list[Piece], items: dict[int, Marker], levels: dict[int, int], *, start: int
) -> Iterator[str]:
    index = start
    while index < len(pieces):
        piece = pieces[index]
        if index in items:
            end = _end_of_list(pieces, items, levels, index)
            yield _list(pieces[index:end], [items.get(place) for place in range(index, end)])
            index = end
            continue
        if piece.is_rule:
            yield "---"
        else:
            yield f"{'#' * levels[index]} {_line(piece.text)}" if index in levels else _line(piece.text)
        index += 1


def _end_of_list(pieces: list[Piece], items: dict[int, Marker], levels: dict[int, int], start: int) -> int:
    """Where the list ends that begins at `start`: before what is no deeper and no item of its kind."""
    outermost = pieces[start].indent
    for index in range(start + 1, len(pieces)):
        piece = pieces[index]
        deeper = piece.indent > outermost + 1
        alike = index in items and bool(items[index].number) == bool(items[start].number)
        if not (alike or (deeper and index not in levels and not piece.is_rule)):
            return index
    return len(pieces)


def _list(pieces: list[Piece], signs: list[Marker | None]) -> str:
    """The items and the paragraphs inside of them, four spaces a level."""
    lines: list[str] = []
    indents: list[int] = []
    for piece, sign in zip(pieces, signs, strict=True):
        if not sign:
            lines += ["", INDENT * len(indents) + _line(piece.text), ""]
            continue
        while indents and piece.indent < indents[-1] - 1:
            indents.pop()
        if not indents or piece.indent > indents[-1] + 1:
            indents.append(piece.indent)
        bullet = f"{sign.number}." if sign.number else "-"
        lines.append(f"{INDENT * (len(indents) - 1)}{bullet} {_line(piece.text[sign.length :])}")
    return "\n".join(lines).strip("\n")


def _line(text: str) -> str:
    return block(linked(text))
