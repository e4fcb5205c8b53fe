"""What readers write into the form travels encrypted.

Over plain http names and addresses can be read on the way, and browsers warn before they send such a form.

Source: https://blog.chromium.org/2020/08/protecting-google-chrome-users-from.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="settings", text='[signup]\nendpoint = "http://forms.glass-letter.example/{slug}"\n')
GOOD = Example(of="settings", text='[signup]\nendpoint = "https://forms.glass-letter.example/{slug}"\n')


def check(page: Page) -> Iterator[Problem]:
    """Yield each form that goes to an address that is not secure."""
    for form in page.tree.iter("form"):
        action = (form.get("action") or "").strip()
        if action[:7].lower() == "http://":
            is_set = page.article.settings.signup.endpoint.startswith("http://")
            yield Problem(
                message=f"the form is sent to {action[:80]}, which is not secure",
                hint="Write https://, once you have seen that it answers that way",
                at=Setting(path="signup.endpoint") if is_set else form,
            )
