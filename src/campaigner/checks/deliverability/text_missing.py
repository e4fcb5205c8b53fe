"""The mail has a text part.

Who reads mail as text, or has it read by a watch or a small program, sees that part only; and filters count a mail
with HTML alone as one that has something to hide.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail, Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="mail text", text="", instead_of=r"(?s)\A.*\Z")
GOOD = Example(of="mail text", text="And so it ends.")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it is empty."""
    if not mail.text.strip():
        is_newsletter = isinstance(mail, Newsletter)
        yield Problem(
            message="the plain-text part of the mail is empty",
            hint=f"Make sure that templates/{mail.folder}/body.txt "
            + ("contains {{ page.body }}" if is_newsletter else "says what its body.html does"),
            at=Lacking(signs=("page.body" if is_newsletter else "page.title",), ending=".txt"),
        )
