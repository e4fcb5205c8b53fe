"""The mail says with `<!doctype html>` that it is HTML as it is today.

Without it programs that show a mail as it is, such as Apple Mail, fall back to the ways of browsers of the
nineties: widths, heights and fonts in tables come out differently there.

Source: https://www.caniemail.com/features/html-doctype/
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="", instead_of="<!doctype html>")
GOOD = Example(of="mail", text="<!DOCTYPE html>", instead_of="<!doctype html>")
DOCTYPE = re.compile(r"\s*<!doctype\b", re.IGNORECASE)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that there is none."""
    if not DOCTYPE.match(mail.html):
        yield Problem(
            message="the mail does not begin with a doctype",
            hint="Begin templates/_layouts/email.html with <!doctype html>",
            at=Lacking(signs=("<!doctype", "<html")),
        )
