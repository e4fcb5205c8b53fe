"""Says which cells of a table are numbers and dates, and which are running text.

A stylesheet cannot read them, and no column is as wide as it should be without that.
"""

from campaigner.render.body.article import ArticleBody

#: as long as a whole date: "12. September 2024"
LONGEST_NUMERAL = 18
#: a number, a quantity or a date: its line does not break
NUMERAL = "numeral"
#: a phrase or more: its column is never as narrow as a word
PROSE = "prose"


def mark_cells(body: ArticleBody) -> None:
    """Add the classes to the cells of an article's tables."""
    for cell in body.tree.iter("td", "th"):
        words = body.words(cell)
        if len(words) > LONGEST_NUMERAL:
            cell.set("class", f"{cell.get('class', '')} {PROSE}".strip())
        elif any(map(str.isdigit, words)):
            cell.set("class", f"{cell.get('class', '')} {NUMERAL}".strip())
