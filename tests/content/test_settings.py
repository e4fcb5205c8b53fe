"""campaigner.toml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.content.settings import positions, settings_of
from campaigner.errors import CampaignerError, ContentError
from campaigner.model.campaign import Position
from conftest import SETTINGS


def faults(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ContentError) as raised:
        settings_of(text)
    return [(fault.line, fault.column, f"{fault.message}. {fault.hint}") for fault in raised.value.faults]


def test_name_and_address_are_enough() -> None:
    settings = settings_of(SETTINGS)
    assert (settings.site.name, settings.site.language, settings.brand.accent) == (
        "The Gazette",
        "en",
        "#0f5257",
    )
    assert settings.content.largest_article == 2_000_000


def test_wrong_values_are_told_at_the_line_of_their_key() -> None:
    text = (
        SETTINGS
        + '\n  [brand] # ours\n  ink = "red"\n\n[[social]]\nlabel = "a"\nurl = "x y"\n[[social]]\nlabel = 1\n'
    )
    assert [(line, column) for line, column, _ in faults(text)] == [(6, 3), (10, 1), (11, 1)]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[[waivers]]\ncheck = 5\nreason = 'so'", "must be text"),
        ("[check.limits]\nsubject = 99999999999999999999999", "is too large"),
    ],
)
def test_a_check_is_no_number_and_a_limit_has_one(table: str, told: str) -> None:
    ((line, column, said),) = faults(f"{SETTINGS}{table}\n")
    assert (line, column) == (SETTINGS.count("\n") + 2, 1)
    assert told in said


def test_a_key_that_is_missing_is_told_at_its_table() -> None:
    assert faults('# ours\n[site]\nname = "x"\n') == [(2, 1, '"url" is missing. Add `url = "…"`')]


def test_a_table_that_is_missing_is_told_as_a_table() -> None:
    assert faults("") == [(1, 1, '"site" is missing. Add a line [site] and its keys below it')]


def test_keys_inside_a_line_are_told_at_that_line() -> None:
    text = SETTINGS + 'navigation = [{ label = "a", url = "javascript:b" }]\n'
    assert [(line, column) for line, column, _ in faults(text.replace("navigation", "[x]\ny"))] == [(4, 1)]
    assert [
        line for line, _, _ in faults('navigation = [{ label = "a", url = "javascript:b" }]\n' + SETTINGS)
    ] == [1]


def test_dotted_and_quoted_keys_are_found() -> None:
    text = 'site.name = "x"\nsite."url" = "y"\n'
    assert [(line, column) for line, column, _ in faults(text)] == [(2, 1)]


def test_lines_of_long_text_are_no_keys() -> None:
    text = '[site]\nname = "x"\ndescription = """\nurl = 3\n[brand]\nink = 4\n"""\nurl = "y"\n'
    assert [line for line, _, _ in faults(text)] == [3, 8]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("[site\n", 1, 6),
        ('[site]\nname = "x\n', 2, 10),
        ("[site]\nname = x\n", 2, 8),
        ("[site]\nname = 1\nname = 2\n", 3, 9),
    ],
)
def test_what_is_no_toml_is_told_at_its_place(text: str, line: int, column: int) -> None:
    ((found_line, found_column, message),) = faults(text)
    assert (found_line, found_column) == (line, column)
    assert message.startswith("this is no TOML: ")


@pytest.mark.parametrize(
    "text", ["a = " + "9" * 5000, "a = " + "[" * 5000, "a = 2024-13-45\n", "a" + ".a" * 5000 + " = 1"]
)
def test_odd_toml_is_refused_without_a_crash(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("largest", [0, -1, 100_000_001, 1.5, True, "many"])
def test_the_size_of_an_article_is_a_number_of_bytes(largest: object) -> None:
    value = f'"{largest}"' if isinstance(largest, str) else str(largest).lower()
    ((line, _, message),) = faults(f"{SETTINGS}[content]\nlargest_article = {value}\n")
    assert line == 5
    assert '"content.largest_article"' in message


def test_several_tables_of_one_name_are_counted() -> None:
    values = {"social": [{"label": "a"}, {"label": "b"}]}
    assert positions('[[social]]\nlabel="a"\n[[ social ]]\nlabel="b"\n', values) == {
        "social.0": Position(line=1, column=1),
        "social.0.label": Position(line=2, column=1),
        "social.1": Position(line=3, column=1),
        "social.1.label": Position(line=4, column=1),
    }


PIECES = st.sampled_from(
    [
        *(
            "[site]",
            "[",
            "]",
            "=",
            '"',
            "'",
            '"""',
            "'''",
            "\n",
            "name",
            "url",
            "x",
            ".",
            ",",
            "{",
            "}",
            "1",
            "true",
        ),
        *(
            "#",
            "\\",
            "2024-01-01",
            "\x85",
            "\u2028",
            "\x0b",
            "\t",
            "ü",
            "[[social]]",
            "[brand]",
            "ink",
            "\r",
            "-",
        ),
    ]
)


@given(st.one_of(st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda some: SETTINGS + "".join(some))))
def test_any_text_is_read_or_refused_at_a_place_inside_the_file(text: str) -> None:
    try:
        settings_of(text)
    except CampaignerError as error:
        lines = text.split("\n")
        for fault in error.faults:
            assert 1 <= fault.line <= len(lines)
            assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('mail = "post"', '"post" is no way for mail to leave'),
        ('mail = "smtp://me:secret@mail.example"', "there is a password in the address of the mail server"),
        ('mail = "smtp://:secret@mail.example"', "there is a password in the address of the mail server"),
        ('mail = "smtp://"', '"smtp://" is no way for mail to leave'),
        ('mail = "smtp://mail.example/path"', "has more behind the host"),
        ('mail = "smtp://mail.example:99999"', "this is no address of a mail server"),
        ('trusted_proxies = ["10.0.0.1/8"]', '"10.0.0.1/8" is no IP address and no network'),
        ('trusted_proxies = ["proxy"]', '"proxy" is no IP address and no network'),
        ("confirm_days = 0", '"signup.confirm_days": is too small. Write at least 1.'),
        ("confirm_days = 9999", '"signup.confirm_days": is too large. Write at most 3650.'),
        ("limits = {ip = 0}", '"signup.limits.ip": is too small. Write at least 1.'),
        ('secret = "x"', 'unknown key "secret"'),
    ],
)
def test_what_a_sign_up_cannot_have_is_told_and_no_password_shown(line: str, told: str) -> None:
    text = f'[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n\n[signup]\n{line}\n'
    with pytest.raises(ContentError) as error:
        settings_of(text)
    (fault,) = error.value.faults
    assert (fault.line, told in str(fault)) == (6, True), str(fault)
    assert "secret@" not in str(fault)


def test_a_sign_up_knows_ways_for_mail_and_networks() -> None:
    text = '[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n\n[signup]\n'
    assert settings_of(text).signup.mail == "outbox"
    found = settings_of(
        f'{text}mail = "smtps://me@mail.example:465"\ntrusted_proxies = ["127.0.0.1", "::1"]\n'
    )
    assert found.signup.mail == "smtps://me@mail.example:465"
    assert found.signup.trusted_proxies == ("127.0.0.1/32", "::1/128")
