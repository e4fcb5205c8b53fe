"""Whether a text was made of pieces that were written, with something computed between them."""

from collections.abc import Sequence


def may_become(pieces: Sequence[str], text: str) -> bool:
    """Whether a text is these pieces in their order, with anything or nothing between each two."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *between, last = pieces
    if not (text.startswith(first) and text.endswith(last)):
        return False
    place, end = len(first), len(text) - len(last)
    for piece in between:
        place = text.find(piece, place, end) + len(piece)
        if place < len(piece):
            return False
    return place <= end
