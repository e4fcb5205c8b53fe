"""The form's button says what one gets.

"Submit" says what the machine does. "Send me the letters" says what happens to the reader.

Source: https://design-system.service.gov.uk/components/button/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import forms_of
from campaigner.checks.names import words_in
from campaigner.checks.spots import Key, Said
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text='<button class="button">Submit</button>',
    instead_of='<button class="button">[^<]*</button>',
)
GOOD = Example(
    of="page",
    text='<button class="button">Submit my poem</button>',
    instead_of='<button class="button">[^<]*</button>',
)

VAGUE = frozenset(
    {
        *(
            "submit",
            "submit form",
            "send",
            "send form",
            "ok",
            "go",
            "next",
            "continue",
            "done",
            "confirm",
            "enter",
            "apply",
        ),
        *("button", "yes", "proceed", "click here", "click", "save", "start", "finish", "here"),
        *(
            "absenden",
            "senden",
            "abschicken",
            "weiter",
            "los",
            "fertig",
            "bestätigen",
            "formular absenden",
            "formular senden",
        ),
        *(
            "ja",
            "hier klicken",
            "klicken",
            "speichern",
            "starten",
            "eingabe",
            "übermitteln",
            "jetzt absenden",
        ),
    }
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a button that fits any form."""
    language = page.tree.get("lang") or ""
    for form in forms_of(page):
        for button in form.iter("button", "input"):
            kind = (button.get("type") or ("submit" if button.tag == "button" else "")).lower()
            if kind != "submit":
                continue
            value = " ".join((button.get("value") or "").split())
            words = words_in(button) if button.tag == "button" else value
            if words.strip(" .!?…>»→›").lower() in VAGUE:
                yield Problem(
                    message=f'the button "{words}" does not say what the reader gets',
                    hint='Use the words of whoever presses it, such as "Send me the letters"',
                    at=Said(
                        key=Key(path="landing.form.button", words="button_default", language=language),
                        by=(button,),
                    ),
                )
