"""It is said where the form goes.

Without an endpoint it posts to `/signup/SLUG` on the site itself, where only campaigner's own sign-up program answers;
a site of plain files alone loses what readers write.

Source: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-action
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(of="settings", text="[signup]\n")
GOOD = Example(of="settings", text='[signup]\nendpoint = "https://forms.glass-letter.example/{slug}"\n')


def check(article: Article) -> Iterator[Problem]:
    """Yield the lack of an endpoint."""
    signup = article.settings.signup
    if not signup.endpoint and not signup.url:
        yield Problem(
            message="nothing says where the sign-up form goes, so it posts to /signup/ on the site itself",
            hint="Set endpoint under [signup], or run the sign-up program beside the site",
            at=Setting(path="signup.endpoint"),
        )
