"""What checks say of a newsletter's mail holds of the app's mails too."""

from datetime import UTC, datetime

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.app_mails import app_mail
from campaigner.checks.subjects import AppMail
from campaigner.render.proofs import letter_proofs
from campaigner.signup.house import PublishedHouse

#: of a program that is not everywhere
ELSEWHERE = "spamassassin-score"


@pytest.mark.parametrize("slug", ["spring-offer", "angebot"])
def test_checks_find_nothing_in_a_mail_of_the_app(house: PublishedHouse, slug: str) -> None:
    pages = house.pages(slug)
    assert pages is not None
    proofs, faults = letter_proofs(pages, date=datetime(2026, 11, 22, tzinfo=UTC))
    mails = [app_mail(one, pages.campaign, pages.publication, today="2026-11-22") for one in proofs]
    checks = [check for check in CHECKS if issubclass(AppMail, check.subject) and check.name != ELSEWHERE]
    found = [
        (mail.kind, check.name, problem.message)
        for mail in mails
        for check in checks
        for problem in check.function(mail)
    ]
    assert (len(mails), faults) == (3, [])
    assert len(checks) > 50
    assert not found, found
