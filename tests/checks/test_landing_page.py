"""Seeded faults of the landing page, and what is nearly one."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.seeded import (
    Fault,
    assert_clean,
    assert_found,
    front,
    in_front_matter,
    in_html,
    in_settings,
    named,
    page,
    settings,
    thanks,
)

BUTTON = '<button class="button">[^<]*</button>'
BOX = 'name="consent" value="yes" required'
NAME = '<label for="field-name">.*</label>'
HEADLINE = "headline"


def consent(check: str, words: str, intro: str = "") -> Fault:
    """A fault in what the consent says, below an intro of its own."""
    form = f'form: {{consent: "{words}", button: Send me the letters}}'
    return in_front_matter(check, f"landing: {{{intro}{form}}}", words[:10])


def german_consent(check: str, words: str, intro: str = "") -> Fault:
    """The same in German."""
    form = f'form: {{consent: "{words}", button: Briefe bestellen}}'
    return in_front_matter(check, f"lang: de\nlanding: {{{intro}{form}}}", words[:10])


def field(check: str, line: str, text: str) -> Fault:
    """A fault in fields of one's own."""
    form = "consent: Send me the e-mails until I end that., button: Send me the letters"
    return in_front_matter(check, f"landing: {{form: {{{form}, fields: [{text}]}}}}", line)


#: says how it ends, and not where it begins
INTRO = 'intro: "One letter a week, and you can unsubscribe at any time.", '
GERMAN_INTRO = 'intro: "Ein Brief in der Woche, und Sie können ihn jederzeit abbestellen.", '


FAULTS = (
    in_html("headline-vague", "page", "<h1>Newsletter</h1>", "<h1>[^<]*</h1>", line=HEADLINE),
    in_front_matter("headline-vague", "landing: {headline: Sign up now!}", "Sign up now!"),
    in_front_matter("headline-vague", "landing: {headline: Herzlich willkommen}", "Herzlich"),
    in_front_matter("headline-vague", "landing: {headline: Jetzt anmelden}", "Jetzt anmelden"),
    in_front_matter("headline-long", f"landing: {{headline: {'Glass and more ' * 7}}}", HEADLINE),
    in_settings("headline-long", "[check.limits]\nheadline = 10\n", HEADLINE),
    in_html("headline-long", "page", f"<h1>{'Glas ' * 20}</h1>", "<h1>[^<]*</h1>", line=HEADLINE),
    in_html("call-missing", "page", "<p>", "(?s)<form.*</form>"),
    in_html(
        "call-missing", "page", '<button class="button" type="button">Send me the letters</button>', BUTTON
    ),
    in_html("call-missing", "page", '<button type="reset">Start over</button>', BUTTON),
    in_html("call-competing", "page", '<p><a class="button" href="/">Zur Startseite</a></p>', line="button"),
    in_html(
        "call-competing",
        "page",
        '<form method="post" action="https://a.glass-letter.example/"><button>Zur Kasse</button></form>',
    ),
    in_html(
        "call-competing",
        "page",
        '<p><a class="button large" href="https://a.glass-letter.example/">Kaufen</a></p>',
    ),
    in_html("button-vague", "page", "<button>OK</button>", BUTTON, line="button"),
    in_front_matter("button-vague", "landing: {form: {button: Submit}}", "button: Submit"),
    in_front_matter("button-vague", "lang: de\nlanding: {form: {button: Absenden}}", "button: Absenden"),
    in_html("button-vague", "page", '<input type="submit" value="Send!">', BUTTON, line="button"),
    in_front_matter("offer-ended", "landing: {offer: {title: A year, ends: 2026-11-01}}", "ends"),
    in_front_matter(
        "offer-ended", "landing: {offer: {title: A year, starts: 2024-01-01, ends: 2024-12-31}}", "ends"
    ),
    in_front_matter(
        "offer-ended", "landing: {offer: {title: A year, ends: 2026-11-25T23:00:00+00:00}}", "ends"
    ),
    field(
        "fields-many",
        "fields",
        ", ".join(f"{{name: field_{one}, label: Vial {one}}}" for one in "abcd"),
    ),
    in_settings("fields-many", "[check.limits]\nfields = 0\n", "form"),
    in_html(
        "fields-many",
        "page",
        "".join(f'<label>{one}<input name="{one}"></label>' for one in "abcd") + "<button>",
        "<button",
        line="form",
    ),
    field(
        "field-label-repeated",
        "name: one",
        "{name: one, label: Your vial}, {name: one_more, label: Your vial}",
    ),
    field("field-label-repeated", "name: second_mail", "{name: second_mail, label: e-mail}"),
    in_html(
        "field-label-repeated",
        "page",
        '<label>E-Mail <input name="zweitens"></label><label>E-mail <input name="drittens"></label><button',
        "<button",
        line="consent",
    ),
    field("field-sensitive", "my_password", "{name: my_password, label: Choose a password}"),
    field("field-sensitive", "account_number", "{name: account_number, label: Ihre IBAN}"),
    in_html("field-sensitive", "page", '<label for="field-name">Religion</label>', NAME),
    in_html(
        "consent-missing", "page", 'type="hidden" id="field-consent"', 'type="checkbox" id="field-consent"'
    ),
    in_html(
        "consent-missing", "page", 'type="radio" id="field-consent"', 'type="checkbox" id="field-consent"'
    ),
    in_html("consent-ticked", "page", f"{BOX} checked", BOX, line="consent"),
    in_html("consent-ticked", "page", f'{BOX} checked="checked"', BOX, line="consent"),
    in_html(
        "consent-ticked",
        "page",
        '<label><input type="checkbox" name="more" checked> Angebote</label><button',
        "<button",
    ),
    consent("consent-vague", "I agree, until I withdraw it."),
    consent("consent-vague", "Yes please, and I can cancel at any time."),
    german_consent("consent-vague", "Ich stimme zu und kann das jederzeit beenden."),
    consent("consent-without-end", "Yes, I would like the weekly e-mail.", INTRO),
    consent("consent-without-end", "Yes, send me what you write by mail.", INTRO),
    german_consent(
        "consent-without-end", "Ja, ich möchte den wöchentlichen Newsletter per E-Mail.", GERMAN_INTRO
    ),
    consent("consent-bundled", "I accept the Terms of Service and want e-mails until I unsubscribe."),
    consent("consent-bundled", "You and selected partners may e-mail me until I unsubscribe."),
    german_consent("consent-bundled", "Ich akzeptiere die AGB und möchte E-Mails, jederzeit widerrufbar."),
    in_html("privacy-link", "page", "</label>", r"</label>\s*<a href=[^>]*>Privacy</a>", line="form"),
    in_html(
        "privacy-link",
        "page",
        ' <a href="../../">Zur Startseite</a></p>',
        r' <a href="\.\./\.\./privacy/">Privacy</a></p>',
        line="form",
    ),
    in_html("form-insecure", "page", 'action="http://forms.glass-letter.example/"', 'action="[^"]*"'),
    in_settings("form-insecure", '[signup]\nendpoint = "http://forms.glass-letter.example/"\n', "endpoint"),
    in_html("form-insecure", "page", 'action="HTTP://forms.glass-letter.example/"', 'action="[^"]*"'),
    in_html("form-method", "page", "", ' method="post"'),
    in_html("form-method", "page", 'method="GET"', 'method="post"'),
    in_html("form-method", "page", 'method="dialog"', 'method="post"'),
    in_html("honeypot-missing", "page", '<div class="unseen">', '<div class="unseen" aria-hidden="true">'),
    in_html(
        "honeypot-missing", "page", '<input type="hidden" name="x">', r'(?s)<div class="unseen".*?</div>'
    ),
    in_html(
        "thanks-next-step",
        "thanks",
        '<main id="page-main"><h1>Thanks</h1><p>We are glad of you.</p></main>',
        "(?s)<main.*</main>",
        line="thanks",
    ),
    in_html(
        "thanks-next-step",
        "thanks",
        '<main id="page-main"><h1>Danke</h1><p>Schön, dass Sie da sind.</p></main>',
        "(?s)<main.*</main>",
        line="thanks",
    ),
    in_html(
        "thanks-elsewhere",
        "page",
        '<input type="hidden" name="redirect" value="https://glass-letter.example/"><button',
        "<button",
    ),
    in_html(
        "thanks-elsewhere", "page", '<input type="hidden" name="_next" value="thank-you/"><button', "<button"
    ),
    in_html(
        "thanks-elsewhere", "page", '<input type="hidden" name="return_url" value="/"><button', "<button"
    ),
    in_html(
        "thanks-indexed",
        "thanks",
        '<meta name="robots" content="index, follow">',
        '<meta name="robots"[^>]*>',
    ),
    in_html(
        "thanks-indexed", "thanks", '<meta name="robots" content="nofollow">', '<meta name="robots"[^>]*>'
    ),
    in_settings("endpoint-unset", "[signup]\n", "signup"),
)

NEARLY = (
    front("landing: {headline: Newsletters about glass}"),
    front("landing: {headline: Welcome to the glass works}"),
    front("landing: {form: {button: Send me the first letter}}"),
    front(
        "lang: de\nlanding: {headline: Briefe über Glas, form: {button: Ersten Brief senden}}",
    ),
    front("landing: {offer: {title: A year, ends: 2026-12-31}}"),
    front("landing: {offer: {title: A year, starts: 2026-12-31}}"),
    page('<p><a class="button" href="../join/#page-form">Back to the form</a></p>'),
    page('<p><a href="../">Read the article first</a></p>'),
    page(
        '<input type="hidden" name="campaign" value="a"><input type="hidden" name="b" value="a"><button',
        instead_of="<button",
    ),
    page(
        '<label><input type="checkbox" name="more"> Offers, too</label><button',
        instead_of="<button",
    ),
    page('<label for="field-name">Sexton or not?</label>', instead_of=NAME),
    thanks('<meta name="robots" content="none">', instead_of='<meta name="robots"[^>]*>'),
    thanks(
        '<main id="page-main"><h1>Danke</h1><p>Bitte sehen Sie in Ihr Postfach.</p></main>',
        instead_of="(?s)<main.*</main>",
    ),
    page('<input type="hidden" name="next" value="thanks/"><button', instead_of="<button"),
    front(
        'landing: {form: {consent: "Mail me on terms of art until I unsubscribe.", button: Send me the letters}}',
    ),
    front(
        'lang: fr\nlanding: {form: {consent: "Oui, je veux bien.", button: Envoyez-moi les lettres}}',
    ),
    front(
        'lang: de\nlanding: {form: {consent: "Schickt Briefe. Ich kann mich abmelden.", button: Briefe bestellen}}',
    ),
    settings('[signup]\nendpoint = "/signup/{slug}"\n'),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", NEARLY, ids=named)
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)
