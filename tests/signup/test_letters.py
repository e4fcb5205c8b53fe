"""What checks say of a newsletter's mail holds of the app's mails too."""

from datetime import UTC, datetime

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.opening import subjects_of
from campaigner.checks.subjects import Mail
from campaigner.render.letters import KINDS, Letter
from campaigner.render.proofs import proofs_of
from campaigner.signup.house import PublishedHouse
from campaigner.value import replace
from signup.conftest import SITE

#: what one sends to many must have, and an answer to one need not
OF_NEWSLETTERS = {"view-in-browser-missing"}
#: what a confirmation must not have
OF_SUBSCRIBERS = {"unsubscribe-missing"}
#: of an article and its front matter, and of a program that is not everywhere
ELSEWHERE = {"spamassassin-score"}


@pytest.mark.parametrize("slug", ["spring-offer", "angebot"])
@pytest.mark.parametrize("kind", KINDS)
def test_checks_find_nothing_in_a_mail_of_the_app(house: PublishedHouse, kind: str, slug: str) -> None:
    pages = house.pages(slug)
    assert pages is not None
    is_asked = kind == "confirmation"
    letter = Letter(
        pages=pages,
        kind=kind,
        confirm_url=f"{SITE}confirm/1.x.y" if is_asked else "",
        days=30,
        unsubscribe_url="" if is_asked else f"{SITE}unsubscribe/1.x.y",
        preferences_url="" if is_asked else f"{SITE}preferences/1.x.y",
    )
    newsletter = next(
        one
        for one in subjects_of(proofs_of(pages), pages.publication, today="2026-11-22")
        if isinstance(one, Mail)
    )
    mail = replace(
        newsletter,
        subjects=(letter.subject,),
        preheader=letter.preheader,
        html=letter.html,
        drawn=letter.drawn,
        text=letter.text,
        compose=lambda: letter.message("amina@clinic.example", date=datetime(2026, 11, 22, tzinfo=UTC)),
        unsubscribe_url=letter.unsubscribe_url,
        picture_files={},
    )
    left_out = OF_NEWSLETTERS | ELSEWHERE | (OF_SUBSCRIBERS if is_asked else set())
    checks = [check for check in CHECKS if issubclass(Mail, check.subject) and check.name not in left_out]
    found = [(check.name, problem.message) for check in checks for problem in check.function(mail)]
    assert len(checks) > 50
    assert not found, found
