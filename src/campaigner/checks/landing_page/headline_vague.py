"""The headline of the landing page says what one gets.

"Welcome" or "Newsletter" fits any page. The first ten seconds decide whether somebody stays, and the headline has most
of them.

Source: https://www.nngroup.com/articles/how-long-do-users-stay-on-web-pages/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="<h1>Welcome!</h1>", instead_of="<h1>[^<]*</h1>")
GOOD = Example(of="page", text="<h1>Welcome to glass that lasts</h1>", instead_of="<h1>[^<]*</h1>")

VAGUE = frozenset(
    {
        *(
            "welcome",
            "hello",
            "hi",
            "home",
            "newsletter",
            "our newsletter",
            "the newsletter",
            "sign up",
            "signup",
            "join",
        ),
        *(
            "join us",
            "subscribe",
            "subscribe now",
            "sign up now",
            "register",
            "registration",
            "landing page",
            "landing",
        ),
        *(
            "contact",
            "form",
            "headline",
            "title",
            "untitled",
            "coming soon",
            "join our newsletter",
            "newsletter sign-up",
        ),
        *(
            "newsletter signup",
            "subscribe to our newsletter",
            "sign up for our newsletter",
            "offer",
            "special offer",
        ),
        *(
            "willkommen",
            "hallo",
            "herzlich willkommen",
            "startseite",
            "unser newsletter",
            "anmelden",
            "anmeldung",
        ),
        *(
            "jetzt anmelden",
            "newsletter abonnieren",
            "newsletter-anmeldung",
            "zum newsletter anmelden",
            "kontakt",
        ),
        *(
            "registrierung",
            "formular",
            "überschrift",
            "titel",
            "ohne titel",
            "angebot",
            "abonnieren",
            "mitmachen",
        ),
    }
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a headline that fits any page."""
    heading = next(page.tree.iter("h1"), None) if page.output is Output.LANDING else None
    if heading is not None:
        words = " ".join(heading.text_content().split())
        if words.strip(" .!?…").lower() in VAGUE:
            yield Problem(
                message=f'the headline "{words}" does not say what the reader gets',
                hint="Say what readers get here, in words that fit no other page",
                at=Key(path="landing.headline"),
            )
