import re
from html import unescape
from urllib.parse import unquote

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.render.merge_tags import APART, DIALECTS, MergeField

FIRST_NAME = MergeField(name="first_name", fallback="there")
SPITEFUL = MergeField(name="city", fallback='O\'Hara "}}" *| {% <&> |* ü \\')

fragments = st.sampled_from(
    [
        "a",
        " b",
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "|",
        "*",
        "*|",
        "|*",
        "'",
        '"',
        "\\",
        "ü",
        "🎉",
        "<",
        "&",
        "<%",
    ]
)
texts = st.lists(fragments, min_size=1, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("dialect", "tag"),
    [
        ("campaigner", '{{ reader.first_name | default("there") }}'),
        ("mailchimp", "*|IF:FNAME|**|FNAME|**|ELSE:|*there*|END:IF|*"),
        ("brevo", "{{ contact.FIRSTNAME|default:'there' }}"),
        ("sendgrid", "{{#if first_name}}{{first_name}}{{else}}there{{/if}}"),
        ("klaviyo", "{{ first_name|default:'there' }}"),
        ("hubspot", "{{ personalization_token('contact.firstname', 'there') }}"),
        ("listmonk", '{{ .Subscriber.FirstName | default "there" }}'),
        ("liquid", '{{ customer.first_name | default: "there" | escape }}'),
    ],
)
def test_a_first_name_is_written_as_the_dialects_page_says(dialect: str, tag: str) -> None:
    assert DIALECTS[dialect].field(FIRST_NAME, html=True) == tag


@pytest.mark.parametrize(
    ("dialect", "tag"),
    [
        ("mailchimp", "*|IF:PROFESSION|**|PROFESSION|**|ELSE:|*you*|END:IF|*"),
        ("brevo", "{{ contact.PROFESSION_GROUP|default:'you' }}"),
        ("sendgrid", "{{#if profession_group}}{{{profession_group}}}{{else}}you{{/if}}"),
        ("klaviyo", "{{ person.profession_group|default:'you' }}"),
        ("hubspot", "{{ personalization_token('contact.profession_group', 'you') }}"),
        ("listmonk", '{{ .Subscriber.Attribs.profession_group | default "you" }}'),
        ("liquid", '{{ customer.profession_group | default: "you" }}'),
    ],
)
def test_an_own_field_has_its_place_in_each_dialect(dialect: str, tag: str) -> None:
    assert DIALECTS[dialect].field(MergeField(name="profession_group", fallback="you"), html=False) == tag


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize(
    ("dialect", "tag"),
    [
        ("campaigner", r"{{ reader.first_name | default('A \u0026 \u0022B\u0022') | urlencode }}"),
        ("mailchimp", "*|IF:FNAME|**|FNAME|**|ELSE:|*A%20%26%20%22B%22*|END:IF|*"),
        (
            "brevo",
            "{% if contact.FIRSTNAME %}{{ contact.FIRSTNAME }}{% else %}A%20%26%20%22B%22{% endif %}",
        ),
        ("klaviyo", "{% if first_name %}{{ first_name|urlencode }}{% else %}A%20%26%20%22B%22{% endif %}"),
        ("hubspot", "{{ personalization_token('contact.firstname', 'A%20%26%20%22B%22') }}"),
        (
            "listmonk",
            (
                "{{ if .Subscriber.FirstName }}{{ .Subscriber.FirstName | urlquery }}"
                "{{ else }}A%20%26%20%22B%22{{ end }}"
            ),
        ),
        (
            "liquid",
            (
                "{% if customer.first_name and customer.first_name != '' %}"
                "{{ customer.first_name | url_encode }}{% else %}A%20%26%20%22B%22{% endif %}"
            ),
        ),
    ],
)
def test_in_an_address_fallback_and_value_are_percent_encoded(dialect: str, tag: str, html: bool) -> None:
    field = MergeField(name="first_name", fallback='A & "B"', in_address=True)
    assert DIALECTS[dialect].field(field, html=html) == tag


@pytest.mark.parametrize("name", ["first_name", "name", "city"])
@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=texts)
def test_a_field_in_an_address_ends_no_attribute(dialect: str, name: str, text: str) -> None:
    field = MergeField(name=name, fallback=text, in_address=True)
    tag = DIALECTS[dialect].field(field, html=True)
    assert tag.isascii()
    assert not set(tag) & set('"<>&')


@given(text=texts)
def test_our_own_fields_in_an_address_give_the_fallback_and_the_value_encoded(text: str) -> None:
    field = MergeField(name="city", fallback=text, in_address=True)
    template = jinja2.Environment(autoescape=True).from_string(DIALECTS["campaigner"].field(field, html=True))
    assert unquote(template.render(reader={})) == text
    assert unquote(template.render(reader={"city": text})) == text
    assert "&" not in template.render(reader={"city": text})


@pytest.mark.parametrize("dialect", ["mailchimp", "brevo", "sendgrid", "klaviyo", "hubspot", "liquid"])
def test_a_whole_name_is_put_together_where_there_are_only_its_parts(dialect: str) -> None:
    tag = DIALECTS[dialect].field(MergeField(name="name", fallback="colleague"), html=True).lower()
    assert "colleague" in tag
    assert re.search("first_?name|fname", tag)
    assert re.search("last_?name|lname", tag)


@pytest.mark.parametrize(
    ("dialect", "tag"),
    [
        (
            "campaigner",
            (
                r'{{ reader.city | default("O\u0027Hara \u0022\u007d\u007d\u0022 \u002a\u007c \u007b\u0025 '
                r'\u003c\u0026\u003e \u007c\u002a \u00fc \u005c") }}'
            ),
        ),
        (
            "mailchimp",
            (
                "*|IF:CITY|**|CITY|**|ELSE:|*O&#x27;Hara &quot;}}&quot; *&#124; {% &lt;&amp;&gt; "
                "&#124;* &#252; \\*|END:IF|*"
            ),
        ),
        (
            "klaviyo",
            (
                "{% if person.city %}{{ person.city }}{% else %}O&#x27;Hara &quot;&#125;&#125;&quot; *| "
                "&#123;% &lt;&amp;&gt; |* &#252; \\{% endif %}"
            ),
        ),
        (
            "hubspot",
            (
                "{{ personalization_token('contact.city', 'O&#x27;Hara &quot;&#125;&#125;&quot; *| &#123;% "
                "&lt;&amp;&gt; |* &#252; \\\\') }}"
            ),
        ),
    ],
)
def test_a_fallback_that_would_break_the_tag_is_written_so_that_it_cannot(dialect: str, tag: str) -> None:
    assert DIALECTS[dialect].field(SPITEFUL, html=True) == tag


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=texts)
def test_html_of_a_field_is_ascii_and_holds_no_markup(dialect: str, text: str) -> None:
    tag = DIALECTS[dialect].field(MergeField(name="city", fallback=text), html=True)
    assert tag.isascii()
    assert "<" not in tag


@given(text=texts, html=st.booleans())
def test_our_own_fields_give_the_fallback_back_beside_any_text(text: str, html: bool) -> None:
    dialect = DIALECTS["campaigner"]
    field = dialect.field(MergeField(name="city", fallback=text), html)
    beside = dialect.literal(text, html)
    engine = jinja2.Environment(autoescape=html)
    shown = engine.from_string(beside + field + beside).render(reader={})
    assert (unescape(shown) if html else shown).replace(APART, "") == text * 3


@given(text=texts, html=st.booleans())
def test_a_fallback_for_hubspot_is_one_string_whatever_it_holds(text: str, html: bool) -> None:
    dialect = DIALECTS["hubspot"]
    field = dialect.field(MergeField(name="city", fallback=text), html)
    beside = dialect.literal(text, html)
    engine = jinja2.Environment()
    shown = engine.from_string(beside + field + beside).render(personalization_token=lambda _, text: text)
    assert (unescape(shown) if html else shown).replace(APART, "") == text * 3


@pytest.mark.parametrize("dialect", ["brevo", "klaviyo", "sendgrid", "liquid"])
@given(text=texts)
def test_a_fallback_adds_no_tag_to_those_of_its_condition(dialect: str, text: str) -> None:
    def tags(fallback: str) -> list[str]:
        whole = DIALECTS[dialect].field(MergeField(name="city", fallback=fallback), html=True)
        return re.findall(r"\{\{.*?\}\}|\{%.*?%\}", whole)

    assert tags(text + "'") == tags("it's")


@given(text=texts, html=st.booleans())
def test_a_fallback_adds_no_tag_to_mailchimps(text: str, html: bool) -> None:
    whole = DIALECTS["mailchimp"].field(MergeField(name="city", fallback=text), html)
    assert re.findall(r"\*\|.*?\|\*", whole) == ["*|IF:CITY|*", "*|CITY|*", "*|ELSE:|*", "*|END:IF|*"]


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=texts)
def test_literal_html_shows_the_same_text(dialect: str, text: str) -> None:
    assert unescape(DIALECTS[dialect].literal(text, html=True)) == text


@pytest.mark.parametrize("dialect", DIALECTS)
@given(text=texts)
def test_literal_text_is_the_same_but_for_invisible_spaces(dialect: str, text: str) -> None:
    assert DIALECTS[dialect].literal(text, html=False).replace(APART, "") == text


def test_text_without_a_tag_stays_as_it_is() -> None:
    plain = "A set {1, 2}, 5 * 3, a | b, 90 % of all."
    assert all(dialect.literal(plain, html=False) == plain for dialect in DIALECTS.values())


@pytest.mark.parametrize(
    ("dialect", "opening"),
    [
        ("mailchimp", "*|"),
        ("sendgrid", "{{"),
        ("sendgrid", "<%"),
        ("klaviyo", "{%"),
        ("hubspot", "{#"),
        ("listmonk", "{{"),
    ],
)
def test_an_article_that_shows_a_tag_opens_none(dialect: str, opening: str) -> None:
    assert opening not in DIALECTS[dialect].literal(f"write {opening}{opening} x", html=True)
    assert opening not in DIALECTS[dialect].literal(f"write {opening}{opening} x", html=False)


def test_links_and_address_are_the_senders_own_where_it_has_them() -> None:
    mailchimp = DIALECTS["mailchimp"]
    assert (mailchimp.unsubscribe_url, mailchimp.preferences_url) == ("*|UNSUB|*", "*|UPDATE_PROFILE|*")
    assert mailchimp.web_version == "*|ARCHIVE|*"
    assert mailchimp.address == "*|LIST:ADDRESSLINE|*"


def test_links_and_address_are_ours_where_the_sender_has_none() -> None:
    assert DIALECTS["campaigner"].web_version == ""
    assert DIALECTS["brevo"].address == ""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_leaves_the_reader_a_way_out(dialect: str) -> None:
    assert DIALECTS[dialect].unsubscribe_url
    assert DIALECTS[dialect].preferences_url != DIALECTS[dialect].unsubscribe_url


def test_listmonk_keeps_outlooks_comments_which_go_would_drop() -> None:
    html = "<p>a</p><!--[if mso]><td><![endif]-->"
    assert DIALECTS["listmonk"].document(html) == "<p>a</p>{{ Safe `<!--[if mso]><td><![endif]-->` }}"
    assert DIALECTS["klaviyo"].document(html) == html


@pytest.mark.parametrize("name", ["", "a-b", "a b", "1a", "a'", "a}}"])
def test_a_field_with_another_name_cannot_be(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        MergeField(name=name, fallback="x")
