"""The mail says where its sender can be found.

The law of the United States, of Canada and of others asks for a postal address in each commercial mail, and readers
know by it that the sender is honest.

Source: https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="settings", text='[sender]\naddress = "letters@glass-letter.example"\n')
GOOD = Example(
    of="settings",
    text='[sender]\naddress = "letters@glass-letter.example"\npostal_address = "Box 7, Exampletown"\n',
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it is not set, or not shown."""
    address = " ".join(mail.article.settings.sender.postal_address.split())
    if not address:
        yield Problem(
            message="the mail has no postal address",
            hint='Write postal_address = "…" below [sender] in campaigner.toml',
            at=Setting(path="sender.postal_address"),
        )
    elif address not in mail.words and not mail.is_cut:
        yield Problem(
            message="the mail does not show the postal address",
            hint="Write {{ site.postal_address }} into the foot of the mail's template",
            at=Setting(path="sender.postal_address"),
        )
