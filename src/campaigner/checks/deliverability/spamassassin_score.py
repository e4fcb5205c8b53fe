"""SpamAssassin takes the mail for none.

Where its client `spamc` is installed and its server runs, the mail is shown to it as it would leave, and what it
says is told. Where it is not, nothing is. The mail leaves the computer only if `spamc` is set up so.

Source: https://spamassassin.apache.org/full/4.0.x/doc/spamc.html
"""

import re
import shutil
import subprocess
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
#: which each SpamAssassin takes for spam: https://spamassassin.apache.org/gtube/
BAD = Example(of="article", text="\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n")
GOOD = Example(of="article", text="\nLook at the vial.\n")
#: in seconds
PATIENCE = 20
SCORE = re.compile(rb"\s*(-?\d+(?:\.\d+)?)/-?\d")
RULE = re.compile(rb"^\s*(-?\d+\.\d+)\s+([A-Z][A-Z0-9_]+)", re.MULTILINE)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that its score is too high."""
    report = _report(mail)
    score = SCORE.match(report)
    most = mail.article.settings.check.limits.spam_score
    if score and float(score[1]) > most:
        worst = sorted(
            ((float(points), name.decode()) for points, name in RULE.findall(report)), reverse=True
        )
        rules = ", ".join(f"{name} {points:g}" for points, name in worst[:3] if points > 0)
        yield Problem(
            message=f"SpamAssassin gives the mail {float(score[1]):g} points, more than {most}"
            + (f": {rules}" if rules else ""),
            hint="Change what its rules name; https://spamassassin.apache.org/ says what they mean",
        )


def _report(mail: Mail) -> bytes:
    """What SpamAssassin says of a mail; nothing where there is none, or where it does not answer."""
    program = shutil.which("spamc")
    if program is None:
        return b""
    try:
        # -R: score and rules; -x: no answer is an error, and not a score of 0
        told = subprocess.run(  # noqa: S603  the user's own program, with fixed arguments
            [program, "-R", "-x"], input=mail.compose(), capture_output=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return told.stdout if told.returncode in (0, 1) else b""
