"""Faults in a workspace's own mails of the sign-up app, each found by its check and no other, at its line."""

from pathlib import Path

import pytest

from campaigner.errors import CampaignerError
from campaigner.model.finding import Output
from campaigner.resources import theme_folder
from checks.examples import workspace_with
from publisher import Publisher

BODY = "mails/welcome/body.html"
PARAGRAPH = '<p>{{ words("mail_welcome_next") }}</p>'


@pytest.fixture
def clean(tmp_path: Path) -> Publisher:
    """A workspace in which nothing is found."""
    made = Publisher(root=workspace_with(tmp_path / "workspace").root)
    made.write("policies/none.toml", 'name = "None"\nabout = "Nothing."\n')
    assert findings(made) == set()
    return made


def findings(publisher: Publisher) -> set[tuple[str, str, int, str]]:
    """What is found of the site or of the app's mails: the check, the line of the source, and the output."""
    return {
        (one.check, one.path, one.line, one.output.value)
        for one in publisher.review().findings
        if one.campaign == "" and one.path != "campaigner.toml"
    }


def own(publisher: Publisher, name: str, old: str, new: str) -> list[str]:
    """Write a workspace's own template, the theme's with one piece replaced; give its lines."""
    text = (theme_folder() / name).read_text(encoding="utf-8")
    assert old in text
    publisher.write(f"templates/{name}", text.replace(old, new, 1))
    return (publisher.root / "templates" / name).read_text(encoding="utf-8").split("\n")


FAULTS = [
    # readers
    (
        "alt-missing",
        BODY,
        PARAGRAPH,
        f'{PARAGRAPH}\n<img src="https://glass-letter.example/a.png" width="60">',
    ),
    ("heading-one", BODY, PARAGRAPH, f"{PARAGRAPH}\n<h1>And then</h1>"),
    ("heading-order", BODY, PARAGRAPH, f"{PARAGRAPH}\n<h4>And then</h4>"),
    (
        "link-text-vague",
        BODY,
        PARAGRAPH,
        f'{PARAGRAPH}\n<p><a href="https://glass-letter.example/">here</a></p>',
    ),
    ("contrast", BODY, PARAGRAPH, f'<p style="color:#bbbbbb">{PARAGRAPH[3:]}'),
    ("text-small", BODY, PARAGRAPH, f'<p style="font-size:9px">{PARAGRAPH[3:]}'),
    # mail programs
    (
        "unsupported-element",
        BODY,
        PARAGRAPH,
        f'{PARAGRAPH}\n<video src="https://glass-letter.example/a.mp4"></video>',
    ),
    ("unsupported-value", BODY, PARAGRAPH, f'<p style="display:flex">{PARAGRAPH[3:]}'),
    ("unsupported-property", BODY, PARAGRAPH, f'<p style="position:absolute">{PARAGRAPH[3:]}'),
    # deliverability
    (
        "link-shortener",
        BODY,
        PARAGRAPH,
        f'{PARAGRAPH}\n<p><a href="https://bit.ly/x">The first letter</a></p>',
    ),
    ("link-relative", BODY, PARAGRAPH, f'{PARAGRAPH}\n<p><a href="letters/">The first letter</a></p>'),
    ("subject-capitals", "mails/welcome/subject.txt", "{{", "WELCOME TO THE LETTERS {{"),
    ("subject-punctuation", "mails/welcome/subject.txt", "}}", "}}!!!"),
    ("subject-length", "mails/welcome/subject.txt", "{{", f"{'Well ' * 20}{{{{"),
    # and what leads nowhere
    (
        "link-broken",
        BODY,
        PARAGRAPH,
        f'{PARAGRAPH}\n<p><a href="https://glass-letter.example/nowhere/">The first letter</a></p>',
    ),
]


@pytest.mark.parametrize(("check", "name", "old", "new"), FAULTS, ids=[one[0] for one in FAULTS])
def test_a_fault_of_an_own_welcome_mail_is_told_at_its_line(
    check: str, name: str, old: str, new: str, clean: Publisher
) -> None:
    lines = own(clean, name, old, new)
    found = findings(clean)
    assert {(one[0], one[1], one[3]) for one in found} == {(check, f"templates/{name}", "welcome mail")}
    for _, _, line, _ in found:
        assert new.rsplit("\n", maxsplit=1)[-1][:4] in lines[line - 1]


def test_a_text_part_that_says_nothing_is_told(clean: Publisher) -> None:
    clean.write("templates/mails/welcome/body.txt", "\n")
    assert findings(clean) == {("text-missing", "templates/mails/welcome/body.txt", 1, "welcome mail")}


@pytest.mark.parametrize("kind", ["welcome", "already-subscribed"])
def test_who_is_on_the_list_can_leave_it_with_each_mail(kind: str, clean: Publisher) -> None:
    own(
        clean,
        f"mails/{kind}/body.html",
        "{% block aside %}",
        "{% block choices %}{% endblock %}{% block aside %}",
    )
    ((check, path, _, output),) = findings(clean)
    assert (check, path) == ("unsubscribe-missing", f"templates/mails/{kind}/body.html")
    assert output == f"{kind} mail"
    (clean.root / path).unlink()
    own(clean, f"mails/{kind}/body.txt", "page.unsubscribe_url", "page.preferences_url")
    ((check, path, _, _),) = findings(clean)
    assert (check, path) == ("unsubscribe-missing", f"templates/mails/{kind}/body.txt")


def test_a_confirmation_without_its_link_is_told_for_both_parts(clean: Publisher) -> None:
    own(clean, "mails/confirmation/body.txt", "{{ page.confirm_url }}", "there")
    ((check, path, _, output),) = findings(clean)
    assert (check, path) == ("confirm-link-missing", "templates/mails/confirmation/body.txt")
    assert output == "confirmation mail"
    (clean.root / path).unlink()
    html = (theme_folder() / "mails/confirmation/body.html").read_text(encoding="utf-8")
    clean.write("templates/mails/confirmation/body.html", html.replace("page.confirm_url", "site.url"))
    ((check, path, _, output),) = findings(clean)
    assert (check, path) == ("confirm-link-missing", "templates/mails/confirmation/body.html")


@pytest.mark.parametrize(
    ("words", "check"),
    [
        (
            'mail_welcome_subject = "All that you always wanted to know about the letters of {site}"',
            "subject-length",
        ),
        ('mail_welcome_preheader = "Well done."', "preheader-length"),
        ('mail_welcome_preheader = "Welcome to The Glass Letter, again"', "preheader-repeats-subject"),
        ('mail_welcome_title = ""', "heading-empty"),
    ],
)
def test_a_fault_of_own_words_is_told_at_their_line(words: str, check: str, clean: Publisher) -> None:
    clean.write("templates/words/en.toml", f'mail_welcome_read = "Read the letter"\n{words}\n')
    assert findings(clean) == {(check, "templates/words/en.toml", 2, "welcome mail")}


def test_a_name_that_is_too_long_for_a_subject_is_told_at_its_setting(clean: Publisher) -> None:
    clean.edit(
        "campaigner.toml", 'name = "The Glass Letter"\nurl', f'name = "The {"Glassy " * 8}Letter"\nurl'
    )
    found = [one for one in clean.review().findings if one.check == "subject-length"]
    assert {(one.path, one.line) for one in found} == {("campaigner.toml", 2)}


def test_what_newsletters_have_from_the_same_place_is_told_once(clean: Publisher) -> None:
    lines = own(clean, "_layouts/email.html", '<p class="why">', '<p class="why" style="color:#bbbbbb">')
    found = [one for one in clean.review().findings if one.check == "contrast"]
    # a confirmation says in other words why one gets it
    assert [one.output for one in found] == [Output.CONFIRMATION_MAIL, Output.NEWSLETTER]
    assert all("#bbbbbb" in lines[one.line - 1] for one in found)


def test_each_language_that_campaigns_have_is_looked_at(clean: Publisher) -> None:
    words = 'mail_welcome_subject = "Alles, was Sie schon immer über die Briefe von {site} wissen wollten"\n'
    clean.write("templates/words/de.toml", words)
    assert findings(clean) == set()
    clean.write("campaigns/kolben/article.md", GERMAN)
    assert ("subject-length", "templates/words/de.toml", 1, "welcome mail") in findings(clean)


GERMAN = "---\ntitle: Der Kolben\ndate: 2026-11-01\nlang: de\n---\n\nHallo.\n"


def test_a_broken_template_of_each_mail_is_told_with_all_others(clean: Publisher) -> None:
    clean.write("templates/mails/welcome/body.html", "{% if %}\n")
    clean.write("templates/mails/confirmation/subject.txt", "\n{{ page.subjct }}\n")
    with pytest.raises(CampaignerError) as told:
        clean.review()
    assert [(one.path, one.line) for one in told.value.faults] == [
        ("templates/mails/confirmation/subject.txt", 2),
        ("templates/mails/welcome/body.html", 1),
    ]


def test_a_campaign_that_is_named_is_looked_at_alone(clean: Publisher) -> None:
    own(clean, BODY, PARAGRAPH, "<h4>And then</h4>")
    assert clean.review(slugs=("glass-vials",)).findings == ()


def test_a_fault_of_theirs_can_be_waived(clean: Publisher) -> None:
    own(clean, BODY, PARAGRAPH, f"{PARAGRAPH}\n<h4>And then</h4>")
    assert [one.check for one in clean.review().findings] == ["heading-order"]
    settings = (clean.root / "campaigner.toml").read_text(encoding="utf-8")
    clean.write(
        "campaigner.toml", f'{settings}\n[[waivers]]\ncheck = "heading-order"\nreason = "We like it"\n'
    )
    assert clean.review().findings == ()


@pytest.mark.parametrize("name", ["mails/welcome/body.html", "words/en.toml"])
def test_a_review_that_remembers_notices_a_change(name: str, clean: Publisher) -> None:
    assert clean.review().findings == ()
    if name.endswith(".toml"):
        clean.write(f"templates/{name}", 'mail_welcome_preheader = "Well done."\n')
    else:
        own(clean, name, PARAGRAPH, f"{PARAGRAPH}\n<h4>And then</h4>")
    assert len(clean.review().findings) == 1
    (clean.root / "templates" / name).unlink()
    assert clean.review().findings == ()
