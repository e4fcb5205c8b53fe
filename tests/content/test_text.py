"""The kinds of text of front matter and settings."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.model.text import (
    Unfit,
    as_colour,
    as_field_name,
    as_font_stack,
    as_language,
    as_link,
    as_mailbox_address,
    as_slug,
    as_tag,
    as_web_address,
    without_control_characters,
)

GOOD: list[tuple[Callable[[str], str], str]] = [
    (as_slug, "spring-offer"),
    (as_slug, "frühling-2026"),
    (as_slug, "日本語"),
    (as_slug, "a"),
    (as_slug, "x" * 100),
    (as_web_address, "https://example.com"),
    (as_web_address, "http://example.com:8080/a?b=c#d"),
    (as_web_address, "https://müller.example/größe"),
    (as_web_address, "http://[::1]/"),
    (as_link, "/courses/"),
    (as_link, "courses/?a=b#c"),
    (as_link, "#top"),
    (as_link, "mailto:a@b.example"),
    (as_link, "tel:+43123"),
    (as_link, "https://example.com"),
    (as_tag, "日本語" * 20),
    (as_field_name, "First_visit_2"),
    (as_language, "de"),
    (as_language, "no"),
    (as_language, "en-GB"),
    (as_language, "zh-Hant-TW"),
    (as_mailbox_address, "a.b+c@example.com"),
    (as_mailbox_address, "a@müller.example"),
    (as_colour, "#0f5257"),
    (as_font_stack, "Georgia, 'Times New Roman', serif"),
]
BAD: list[tuple[Callable[[str], str], str]] = [
    *(
        (as_slug, text)
        for text in ("", "../x", "a/b", "a b", "-a", "a-", ".", "..", "a.b", "a\\b", "x" * 101)
    ),
    *(
        (as_slug, text)
        for text in ("tags", "Assets", "page", "privacy", "index", "404", "feed", "sitemap", "robots")
    ),
    *((as_slug, text) for text in ("con", "NUL", "com1", "lpt9", "e\u0301", "a%2e", "a\u202eb")),
    *(
        (as_web_address, text)
        for text in ("", "example.com", "ftp://a.example", "https://", "javascript:alert(1)")
    ),
    *(
        (as_web_address, text)
        for text in ("https://a b", 'https://a"b', "https://a:99999/", "https://[", "http:/a")
    ),
    *(
        (as_link, text)
        for text in ("", "javascript:alert(1)", "data:text/html,x", "//evil.example", "a b", "/a\\b")
    ),
    *((as_link, text) for text in ("mailto:a b", "JavaScript:x", 'x"y', "vbscript:x", "\\\\evil.example")),
    *((as_language, text) for text in ("", "german", "e", "en_GB", "en-", "de-123456789")),
    *(
        (as_mailbox_address, text)
        for text in ("", "a", "a@b", "@b.example", "a@", "a b@c.example", "a@b..example")
    ),
    *((as_mailbox_address, text) for text in ("a@b.example, c@d.example", "A <a@b.example>", "a@-b.example")),
    *(
        (as_web_address, f"{address}/")
        for address in (
            *("https://example.com.", "https://a!b.example", "https://*.example", "https://ex%41mple.com"),
            "https://" + ".".join(["a" * 60] * 5),
        )
    ),
    *((as_mailbox_address, text) for text in ("a@" + ".".join(["a" * 60] * 5), f"{'a' * 701}@b.example")),
    (as_slug, "\U00010428" * 90),
    *((as_tag, text) for text in ("x" * 101, "\U00010428" * 90)),
    *((as_field_name, text) for text in ("", "first-name", "Prénom", "a b", "1x", "a.b")),
    *((as_colour, text) for text in ("", "red", "#12", "#12345", "#ggg", "rgb(0,0,0)", "#0f5257;}")),
    *((as_font_stack, text) for text in ("", "a;b", "a}b", "'a", 'a"', "url(x)", "a/*", "a\\b")),
]


@pytest.mark.parametrize(("kind", "text"), GOOD)
def test_what_fits_is_taken_as_it_is(kind: Callable[[str], str], text: str) -> None:
    assert kind(text) == text


@pytest.mark.parametrize(("kind", "text"), BAD)
def test_what_does_not_fit_is_refused_with_what_to_do(kind: Callable[[str], str], text: str) -> None:
    with pytest.raises(Unfit) as raised:
        kind(text)
    assert raised.value.hint


def test_a_short_colour_is_written_out() -> None:
    assert as_colour("#FA0") == "#ffaa00"


def test_double_quotes_of_fonts_become_single_ones() -> None:
    assert as_font_stack('"Source Serif", serif') == "'Source Serif', serif"


def test_space_around_a_line_is_trimmed() -> None:
    assert without_control_characters("  a b \n") == "a b"


@pytest.mark.parametrize(
    "sign", ["\n", "\r", "\t", "\0", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufdd0", "\uffff"]
)
def test_a_line_holds_no_control_character(sign: str) -> None:
    with pytest.raises(Unfit):
        without_control_characters(f"a{sign}b")


def test_a_message_quotes_no_novel() -> None:
    with pytest.raises(Unfit) as raised:
        as_web_address("x" * 10_000)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize("address", ["https://a!b.example/", "https://example.com./"])
def test_the_name_of_a_host_is_what_is_wrong(address: str) -> None:
    with pytest.raises(Unfit, match="name of a host"):
        as_web_address(address)


@given(st.text())
def test_a_slug_is_one_folder_of_any_file_system(text: str) -> None:
    try:
        slug = as_slug(text)
    except Unfit:
        return
    assert slug == text
    assert not set(slug) & set('/\\:*?"<>|.% \0\n')
    assert slug.isprintable()


@given(
    st.one_of(st.text(), st.text().map(lambda text: f"javascript:{text}"), st.text().map("https://".__add__))
)
def test_a_link_leads_nowhere_but_to_the_web_a_mailbox_a_telephone_or_the_site(text: str) -> None:
    try:
        link = as_link(text)
    except Unfit:
        return
    scheme, colon, _ = link.partition(":")
    is_path = (
        not colon
        or not scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()
        or not scheme[0].isalpha()
    )
    assert is_path or scheme in {"http", "https", "mailto", "tel"} or not scheme.isascii()
    assert not set(link) & set(' <>"\n\\')
