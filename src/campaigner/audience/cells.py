"""Cells of a CSV that no spreadsheet takes for formulas, and the way back.

A spreadsheet runs what begins with `=`, `+`, `-` or `@`, also behind blanks, quotation marks, a tab or a line break
(https://owasp.org/www-community/attacks/CSV_Injection). An apostrophe before it makes it a text. One that
parts cells in another way than the file was meant, as in a country where the semicolon does, would begin a cell in
the middle of ours; so what stands behind such a sign is treated alike. Where the original has apostrophes there, one
more is written, so that the first one is always ours, and reading takes away just what writing added.
"""

import re

#: what a cell or, in another country, a part of one begins with; of full width too, which some spreadsheets take alike
START = "'*[ \u00a0\u3000\"]*[=+\\-@＝＋－＠]"
FORMULA = re.compile(rf"(?:^|(?<=[;,|\t\r\n]))(?={START})|^(?='*[\t\r\n])")
WRITTEN = re.compile(rf"(?:^|(?<=[;,|\t\r\n]))'(?={START})|^'(?='*[\t\r\n])")
#: most cells have none of these
SIGNS = re.compile("[=+\\-@＝＋－＠\t\r\n]")


def neutralised(cell: str) -> str:
    """Give a cell as it can stand in a CSV."""
    return FORMULA.sub("'", cell) if SIGNS.search(cell) else cell


def as_meant(cell: str) -> str:
    """Give back what `neutralised` was given, and of another program's cell what it means."""
    return WRITTEN.sub("", cell) if "'" in cell else cell
