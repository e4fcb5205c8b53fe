"""A subject line does not pretend to be an answer.

`RE:` and `FW:` before the first mail to somebody are a trick that filters know, and a subject line that deceives
is forbidden, in the United States by the CAN-SPAM Act.

Source: https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
"""

import re
from collections.abc import Iterator
from functools import cache

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "RE: What your vial tells you"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "Re-reading what your vial tells"}')
#: what programs write before answers and forwards, in every language and in some
EVERYWHERE = ("re", "fwd?")
IN_LANGUAGES = {
    "de": ("aw", "antw"),
    "nl": ("antw",),
    "fr": ("tr",),
    "es": ("rv",),
    **dict.fromkeys(("sv", "da", "nb", "nn", "no"), ("sv", "vs")),
    "fi": ("vs", "vl"),
}
#: "RE:THINK" is a word
NO_WORD = r"(?!(?-i:[A-Z]{2}|[a-z]))"
#: in German it is a shared flat too: "WG: so wohnt man"
FLAT = r"|\s*\[?wg\]?\s*:\s+(?=(?-i:[A-ZÄÖÜ]))"


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each subject line that begins as an answer does."""
    trick_of_language = _trick(mail.article.language)
    for line in mail.subject_lines:
        trick = trick_of_language.match(line.text)
        if trick:
            yield Problem(
                message=f'the subject line begins with "{trick[0].strip()}", as if the mail were an answer',
                hint="Take that out, and say what the mail is about",
                at=line.at(lambda text: trick_of_language.match(text) is not None),
            )


@cache
def _trick(language: str) -> re.Pattern[str]:
    signs = "|".join((*EVERYWHERE, *IN_LANGUAGES.get(language, ())))
    flat = FLAT if language == "de" else ""
    return re.compile(rf"\s*[\[(]?(?:{signs})[\])]?\s*(?:\[\d+\])?:{NO_WORD}{flat}", re.IGNORECASE)
