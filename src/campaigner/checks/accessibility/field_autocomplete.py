"""A field for something about the reader says what it is, so that the browser can fill it in.

It spares typing, which is slow for many and hard for some, and keeps slips out of addresses that are to be mailed.

Source: WCAG 2.2, 1.3.5, https://www.w3.org/TR/WCAG22/#identify-input-purpose
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import controls, hidden_from_ears
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page", text='name="email" required', instead_of='name="email" required autocomplete="email"'
)
GOOD = Example(
    of="page",
    text='name="email" required autocomplete="section-a email"',
    instead_of='name="email" required autocomplete="email"',
)

#: by what a field's name is without its signs
TOKENS = {
    **dict.fromkeys(("name", "fullname", "yourname", "vollername"), "name"),
    **dict.fromkeys(("firstname", "givenname", "forename", "vorname"), "given-name"),
    **dict.fromkeys(("lastname", "familyname", "surname", "nachname", "familienname"), "family-name"),
    **dict.fromkeys(("email", "mail", "emailaddress", "youremail"), "email"),
    **dict.fromkeys(("phone", "tel", "telephone", "phonenumber", "mobile", "telefon", "handy"), "tel"),
    **dict.fromkeys(("company", "organisation", "organization", "firma"), "organization"),
    **dict.fromkeys(("zip", "zipcode", "postcode", "postalcode", "plz"), "postal-code"),
    **dict.fromkeys(("street", "strasse", "address", "streetaddress"), "street-address"),
    **dict.fromkeys(("birthday", "dateofbirth", "birthdate", "geburtsdatum"), "bday"),
    **dict.fromkeys(("country", "land"), "country-name"),
}
BY_TYPE = {"email": "email", "tel": "tel"}


def check(page: Page) -> Iterator[Problem]:
    """Yield each field about the reader that does not say so."""
    for field in controls(page.tree):
        token = _token(field)
        if token and not _says_something(field) and not hidden_from_ears(field):
            name = field.get("name") or field.get("type")
            yield Problem(
                message=f'the field "{name}" does not tell browsers what to fill in',
                hint=f'Give it autocomplete="{token}"; in landing.form.fields "type: {_kind(token)}" does that',
                at=field,
            )


def _token(field: HtmlElement) -> str:
    kind = (field.get("type") or "").lower()
    name = "".join(filter(str.isalpha, (field.get("name") or "").lower()))
    return BY_TYPE.get(kind, "") or (TOKENS.get(name, "") if kind not in ("checkbox", "radio") else "")


def _says_something(field: HtmlElement) -> bool:
    # "off" is a choice, and the theme's for own fields
    return bool((field.get("autocomplete") or "").strip())


def _kind(token: str) -> str:
    return token if token in ("tel", "url") else "text"
