"""The mail says what it has to say in text, and not in pictures.

Many inboxes hold pictures back until they are asked for, and what stands in them cannot be searched, read aloud
or translated. Filters weigh pictures against text, since spam hides its words in pictures.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<td><img src="https://glass-letter.example/all.png" width="600" height="900" alt="All of it"></td></tr>',
    instead_of=r'(?s)<td class="article".*?</td>\s*</tr>',
)
GOOD = Example(
    of="mail", text='<img src="https://glass-letter.example/a.png" width="60" height="90" alt="A vial">'
)
LETTER = re.compile(r"[^\W_]+")


def check(mail: Newsletter) -> Iterator[Problem]:
    """Yield that there are pictures and hardly any text."""
    least = mail.article.settings.check.limits.text_beside_pictures
    pictures = sum(1 for _ in mail.tree.iter("img"))
    letters = sum(map(len, LETTER.findall(mail.words)))
    if pictures and letters < least:
        told = "a picture" if pictures == 1 else f"{pictures} pictures"
        yield Problem(
            message=f"the mail has {told} and {letters} letters of text, fewer than {least}",
            hint="Write as text what the pictures say, and keep the pictures beside it",
        )
