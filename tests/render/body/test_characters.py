"""Characters that no text may have."""

import pytest

from campaigner.render.body.characters import is_misfit, misfits


def test_each_misfit_is_found_and_nothing_else_is() -> None:
    every = range(0x30000)
    found = list(misfits("".join(map(chr, every))))
    assert found == [(code, f"U+{code:04X}") for code in every if is_misfit(code)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("&#1;&#xFDD0;&amp;\x00", [(0, "U+0001"), (4, "U+FDD0"), (17, "U+0000")]),
        ("&#&#1;", [(2, "U+0001")]),
        (
            "&#00000064978;&#x000000000FDD0;&#0;&#00;",
            [(0, "U+FDD2"), (14, "U+FDD0"), (31, "U+0000"), (35, "U+0000")],
        ),
        ("&#00000000065;", []),
        ("50% of 😀 & %EF%BF%BD", []),
        ("%EF%B7%90%ef%b7%91", [(0, "U+FDD0"), (9, "U+FDD1")]),
        ("\ufdd0\ufdd1", [(0, "U+FDD0"), (1, "U+FDD1")]),
    ],
)
def test_misfits_are_told_where_they_stand(text: str, found: list[tuple[int, str]]) -> None:
    assert list(misfits(text)) == found
