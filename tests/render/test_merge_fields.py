"""Merge fields: kept in the mail, shown as their fallback on the web, and nothing else between braces."""

import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from campaigner.model.campaign import Position
from campaigner.render.merge_fields import FieldProblem, PersonalText, merge_field
from campaigner.render.merge_tags import MergeField
from desk import Desk, words_of

FALLBACK = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=30
).filter(lambda text: text.strip())
PROPERTY = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
TAG = re.compile(r"\{\{ reader\.(\w+) \| default\((\"[^\"]*\")\) \}\}")


def words(html: str) -> str:
    return "".join(map(str, lxml_html.document_fromstring(html).itertext()))


def field_of(fallback: str) -> str:
    return "{{ reader.first_name | default(" + json.dumps(fallback, ensure_ascii=False) + ") }}"


@pytest.mark.parametrize(
    "source",
    [
        '{{ reader.first_name | default("there") }}',
        "{{reader.first_name|default('there')}}",
        "{{ reader.first_name | d('there') }}",
        '{{  reader.first_name  |  default( "there" )  }}',
        '{{- reader.first_name | default("there") -}}',
    ],
)
def test_a_field_may_be_written_as_people_write_it(source: str) -> None:
    assert merge_field(source, ()) == MergeField(name="first_name", fallback="there")


@pytest.mark.parametrize("name", ["email", "first_name", "last_name", "name", "profession"])
def test_known_fields_are_the_four_and_the_publications_own(name: str) -> None:
    assert merge_field("{{ reader." + name + " | default('x') }}", ["profession"]).name == name


@pytest.mark.parametrize(
    "source",
    [
        *(
            "{{ 1 + 1 }}",
            "{{ now() }}",
            "{{ reader }}",
            "{{ reader['name'] | default('x') }}",
            "{{ }}",
            "{{",
            "{{ a",
        ),
        *(
            "{{ reader.name.__class__ | default('x') }}",
            "{{ reader.name() | default('x') }}",
            "{% if x %}",
            "{% x",
        ),
        *("{{ reader.name | upper | default('x') }}", "{{ reader.name | default('x') | upper }}", "{# a #}"),
        *(
            "{{ reader.name | default(x) }}",
            "{{ reader.name | default('x', true) }}",
            "{{ reader.name | default(1) }}",
        ),
        *(
            "{{ reader.name | default(default_value='x') }}",
            "{{ reader.name or 'x' }}",
            "{{ 'x' }}",
            "{{ x.name }}",
        ),
        *("{{ cycler.__init__.__globals__ }}", "{{ reader.name | default('x') ~ 'y' }}", "{% raw %}"),
    ],
)
def test_content_runs_no_code(desk: Desk, source: str) -> None:
    (fault, *_) = desk.faults(f"First.\n\nNow {source} then.")
    assert (fault.line, fault.column) == (3, 5)
    assert fault.message.startswith("content runs no code")


def test_a_field_without_a_fallback_and_an_unknown_one_are_told(desk: Desk) -> None:
    text = "{{ reader.name }} {{ reader.first_nam | default('x') }}\n\n{{ reader.email | default('  ') }}\n"
    faults = desk.faults(text)
    assert [(fault.line, fault.column) for fault in faults] == [(1, 1), (1, 19), (3, 1)]
    assert "has no fallback" in faults[0].message
    assert faults[1].hint == 'Did you mean "first_name"?'
    assert "has no fallback" in faults[2].message


@pytest.mark.parametrize("fallback", [r"a\nb", r"a\u2028b", r"a\x00b", r"a\ufdd00\ufdd1", r"a\ud800"])
def test_a_fallback_is_one_line_of_plain_text(fallback: str) -> None:
    with pytest.raises(FieldProblem, match="not one line of plain text"):
        merge_field('{{ reader.name | default("' + fallback + '") }}', ())


def test_braces_can_be_shown(desk: Desk) -> None:
    text = r"\{{ x }} and \{% y %}"
    assert desk.blog(text) == "<p>{{ x }} and {% y %}</p>"
    assert words_of(desk.mail(text)) == "{{ x }} and {% y %}"


@PROPERTY
@given(FALLBACK)
def test_any_fallback_is_shown_on_the_web_as_it_is(session_desk: Desk, fallback: str) -> None:
    html = session_desk.blog(f"x{field_of(fallback)}x")
    paragraph = lxml_html.fragment_fromstring(html)
    assert paragraph.text_content() == f"x{fallback}x"
    assert not len(paragraph)


@PROPERTY
@given(FALLBACK)
def test_any_fallback_comes_back_from_the_mail_as_it_is(session_desk: Desk, fallback: str) -> None:
    mails = session_desk.mails(
        f"x {field_of(fallback)}",
        f"newsletter:\n  subject: {json.dumps('Dear ' + field_of(fallback), ensure_ascii=False)}",
    )
    for name in ("newsletter.html", "newsletter.txt", "subject.txt"):
        found = [
            (tag[1], json.loads(re.sub(r"\\U([0-9a-f]{8})", lambda m: chr(int(m[1], 16)), tag[2])))
            for tag in TAG.finditer(mails[name])
        ]
        assert found
        assert {*found} == {("first_name", fallback)}
    assert fallback in words(mails["index.html"])


@PROPERTY
@given(FALLBACK)
def test_any_fallback_in_an_address_is_one_piece_of_it(session_desk: Desk, fallback: str) -> None:
    html = session_desk.blog(f"[a](https://x.example/?n={field_of(fallback)}&m=1)")
    link = lxml_html.fragment_fromstring(html).find("a")
    assert link is not None
    address = link.get("href", "")
    assert address.startswith("https://x.example/?n=")
    assert unquote(address.removeprefix("https://x.example/?n=").removesuffix("&m=1")) == fallback
    assert not re.search(r"[\s<>\"&#?]", address.removeprefix("https://x.example/?").removesuffix("&m=1"))


def test_a_field_cannot_smuggle_an_address_that_runs(desk: Desk) -> None:
    html = desk.blog("[a]({{ reader.name | default('javascript:alert(1)') }})")
    assert 'href="javascript%3Aalert%281%29"' in html


def test_a_field_in_an_attribute_cannot_leave_it(desk: Desk) -> None:
    html = desk.blog("AB\n\n*[AB]: {{ reader.name | default('\"><b>x') }}\n")
    element = lxml_html.fragment_fromstring(html)
    assert element[0].get("title") == '"><b>x'
    assert element.find(".//b") is None


def test_subject_preheader_and_button_are_personal(desk: Desk) -> None:
    field = '{{ reader.first_name | default("there") }}'
    block = (
        f"newsletter:\n  subject: 'For {field}'\n  preheader: 'Hi {field}'\n  cta: {{label: 'Go, {field}'}}"
    )
    mails = desk.mails("Hello.", block)
    assert mails["subject.txt"] == f"For {field}\n"
    for piece in (f"Hi {field}", f"Go, {field}", f"<title>For {field}</title>"):
        assert piece in mails["newsletter.html"]
    assert "Go, there" in mails["index.html"]
    assert "{{" not in mails["index.html"]


def test_a_fault_in_front_matter_names_its_key(desk: Desk) -> None:
    faults = desk.faults("Hello.", "newsletter:\n  subject: '{{ now() }}'\n  preheader: '{{ reader.name }}'")
    assert [fault.line for fault in faults] == [-2, -1]


def test_quotes_around_a_field_and_braces_are_right_in_a_subject() -> None:
    position = Position(line=1, column=1)
    text = PersonalText(r"\{{ a }} {{ reader.name | default('b') }}", path="a.md", position=position, own=())
    assert text.faults == []
    assert text.without_fields == "{{ a }} b"


def test_quotes_around_a_field_are_set_in_a_subject(desk: Desk) -> None:
    subject = """newsletter:\n  subject: '"{{ reader.name | default("you") }}", it''s here'"""
    assert desk.mails("Hello.", subject)["subject.txt"] == '“{{ reader.name | default("you") }}”, it’s here\n'
