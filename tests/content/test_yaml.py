"""YAML as marketers write it."""

import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from campaigner.content.articles import campaign_of
from campaigner.content.yaml import Tree, read_mapping, read_tree
from campaigner.errors import CampaignerError, ContentError, Fault
from campaigner.model.campaign import Position

NATURAL = frozenset({"params"})


def read(text: str) -> Tree:
    return read_mapping(text, path="article.md", first_line=2, natural=NATURAL)


def faults(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ContentError) as raised:
        read(text)
    return [(fault.line, fault.column, fault.message) for fault in raised.value.faults]


@pytest.mark.parametrize(
    "scalar", ["no", "yes", "1.10", "017", "0o17", "1_000", "12:30:45", "2024-13-45", "1e3", ".inf", "0x1f"]
)
def test_a_plain_word_stays_the_text_that_was_written(scalar: str) -> None:
    assert read(f"title: {scalar}").values == {"title": scalar}


def test_own_data_has_the_types_of_yaml_but_keeps_leading_zeros() -> None:
    written = (
        "params: {a: 1_000, b: 1.5, c: yes, d: off, e: '1', f: 017, g: 2024-01-01, h: ~, i: [1, ~], j: x}"
    )
    assert read(written).values["params"] == {
        "a": 1000,
        "b": 1.5,
        "c": True,
        "d": False,
        "e": "1",
        "f": "017",
        "g": "2024-01-01",
        "h": None,
        "i": (1, None),
        "j": "x",
    }


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null"])
def test_a_key_without_a_value_has_none(nothing: str) -> None:
    assert read(f"title: {nothing}").values == {"title": None}


def test_quoted_words_are_text_whatever_they_say() -> None:
    assert read("""title: 'null'\n"lang": "no"\n""").values == {"title": "null", "lang": "no"}


def test_remarks_are_passed_over() -> None:
    assert read("# one\ntitle: a # two\n# three\ntag: 'b # c'").values == {"title": "a", "tag": "b # c"}


def test_a_list_stays_a_list_and_its_empty_items_are_left_out() -> None:
    tree = read("tags:\n  -\n  - one\n  - two")
    assert tree.values == {"tags": ("one", "two")}
    assert tree.at["tags.0"] == Position(line=4, column=5)


def test_folded_and_literal_text_is_read_as_yaml_means_it() -> None:
    assert read("a: >\n  one\n  two\nb: >-\n  one\n  two\nc: |\n  one\n  two\n").values == {
        "a": "one two\n",
        "b": "one two",
        "c": "one\ntwo\n",
    }


def test_each_key_and_each_value_knows_its_place() -> None:
    tree = read("title: x\nlanding:\n  faq:\n    - question: a\n      answer: b\n")
    assert tree.keys["title"] == Position(line=2, column=1)
    assert tree.at["title"] == Position(line=2, column=8)
    assert tree.keys["landing.faq.0.answer"] == Position(line=6, column=7)
    assert tree.at["landing.faq.0.answer"] == Position(line=6, column=15)


def test_columns_count_characters_and_not_bytes() -> None:
    assert read("{ü: 1, 😀: 2}").at["😀"] == Position(line=2, column=11)


def test_a_key_that_is_here_twice_is_told_and_the_rest_is_read() -> None:
    tree = read_tree("a: 1\nb: 2\na: 3", path="article.md")
    assert tree.faults == (
        Fault(
            path="article.md", line=3, column=1, message='the key "a" is here twice', hint="Keep one of them"
        ),
    )
    assert tree.values["b"] == "2"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x one", (2, 4)),
        ("a: one\nb: *x", (3, 4)),
        ("a: !important news", (2, 4)),
        ("a: !!python/object/apply:os.system ['x']", (2, 4)),
        ("a: ! b", (2, 4)),
        ("a: [b, &x c]", (2, 8)),
    ],
)
def test_signs_that_mean_something_else_to_yaml_are_not_swallowed(text: str, place: tuple[int, int]) -> None:
    ((line, column, message),) = faults(text)
    assert (line, column) == place
    assert "at the beginning of a value" in message


@pytest.mark.parametrize("text", ["? [a]\n: b", "<<: {a: b}", "? {a: b}\n: c"])
def test_a_key_is_a_plain_word(text: str) -> None:
    assert "a key must be a plain word" in {message for _, _, message in faults(text)}


def test_what_has_no_plain_key_is_passed_over_whole() -> None:
    tree = read_tree("? [a, {b: c}]\n: {d: [e]}\nf: g\n'<<': h", path="article.md")
    assert tree.values == {"f": "g", "<<": "h"}
    assert [fault.line for fault in tree.faults] == [1]
    assert [*tree.keys] == ["f", "<<"]


@pytest.mark.parametrize("text", ["- a", "just words", "--- a", "[a]", "'a'"])
def test_anything_but_keys_and_values_is_refused(text: str) -> None:
    ((line, _, message),) = faults(text)
    assert (line, message) == (2, "this must be lines of `key: value`")


@pytest.mark.parametrize("text", ["", "# only a remark", "---", "~", "\n\n"])
def test_nothing_is_no_key(text: str) -> None:
    assert read(text) == Tree(values={})


@pytest.mark.parametrize("text", ["a: b\n---\nc: d", "a: b\n--- ~", "--- {a: b}\n--- {a: b, a: c}"])
def test_a_second_document_is_refused(text: str) -> None:
    ((line, _, message),) = faults(text)
    assert message == "this is no YAML: but found another document"
    assert line == 2 + text[: text.rindex("---")].count("\n")


def test_what_is_wrong_in_a_second_document_is_told_before_that() -> None:
    assert [line for line, _, _ in faults("a: b\n---\nc: *d\ne: &f g")] == [4, 5]
    assert faults("a: b\n---\nc: 'd") == [(4, 4, "this quote is never closed")]


def test_what_is_never_closed_is_told_where_it_begins() -> None:
    assert faults("a: 1\nb: 'one\nc: 2\n") == [(3, 4, "this quote is never closed")]
    ((line, column, _),) = faults("a: 1\nb: [one,\nc\n\n")
    assert (line, column) == (3, 4)


def test_all_that_makes_it_no_yaml_is_told_at_once() -> None:
    assert [line for line, _, _ in faults("a: *b\nc: &d e\nf: 'g")] == [2, 3, 4]


def test_deep_nesting_is_refused_before_it_is_built() -> None:
    ((line, column, message),) = faults("a: [[]]\nb: " + "[" * 100_000)
    assert (line, column, message) == (3, 43, "this is nested more than 40 deep")


def test_front_matter_of_a_novel_is_refused() -> None:
    ((_, _, message),) = faults("a: " + "x" * 500_000)
    assert "500,003 characters" in message


def test_control_characters_are_refused_at_their_place() -> None:
    assert faults("a: b\nc: d\x08e") == [(3, 5, "U+0008 is a character that YAML does not take")]
    assert faults("a: b\nc: d\u2028e") == [(3, 5, "U+2028 is a character that YAML does not take")]
    assert faults('a: b\nc: "d\\be"') == [(3, 4, "there is a control character (U+0008) in this text")]


WORD = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff"), min_size=1
).map(str.strip)
LINE = st.one_of(
    WORD,
    st.sampled_from(
        [
            "Botox: a guide",
            '"quoted"',
            "it's",
            "# no remark",
            "- no item",
            "no",
            "~",
            "{a: b}",
            "*star*",
            "&c",
            "!",
        ]
    ),
    st.sampled_from(
        ["Über Größe", "😀 smile", "日本語", "מה נשמע", "e\u0301", "a # b", "@home", "%", "`", "|", ">"]
    ),
).filter(lambda text: bool(text.strip()))
QUIET = LINE.filter(
    lambda text: "{{" not in text and not any("\ufdd0" <= sign <= "\ufdef" for sign in text)
).filter(lambda text: all(ord(sign) & 0xFFFE != 0xFFFE for sign in text))


def dumped(values: dict[str, Any], style: str | None, *, in_blocks: bool) -> str:
    text: str = yaml.safe_dump(
        values, allow_unicode=True, default_style=style, default_flow_style=not in_blocks, sort_keys=False
    )
    return text


@given(
    title=QUIET,
    description=QUIET,
    tags=st.lists(QUIET, max_size=4),
    authors=st.lists(st.fixed_dictionaries({"name": QUIET, "role": QUIET}), max_size=3),
    faq=st.lists(st.fixed_dictionaries({"question": QUIET, "answer": QUIET}), max_size=3),
    own=st.dictionaries(QUIET, st.recursive(QUIET, st.lists, max_leaves=4), max_size=3),
    style=st.sampled_from([None, '"', "'"]),
    in_blocks=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_what_is_read(
    title: str,
    description: str,
    tags: list[str],
    authors: list[dict[str, str]],
    faq: list[dict[str, str]],
    own: dict[str, Any],
    style: str | None,
    in_blocks: bool,
    line_end: str,
) -> None:
    from campaigner.content.workspace import decode

    values = {
        "title": title,
        "date": "2026-11-01",
        "description": description,
        "tags": tags,
        "authors": authors,
        "landing": {"faq": faq},
        "params": own,
    }
    front_matter = dumped(values, style, in_blocks=in_blocks)
    text = f"---\n{front_matter}---\n\nText.\n".replace("\n", line_end)
    meant = campaign_of(
        decode(b"\xef\xbb\xbf" + text.encode(), shown="article.md"), folder="a", path="article.md"
    ).front_matter
    assert meant.title == title
    assert meant.description == description
    assert list(meant.tags) == tags
    assert [{"name": author.name, "role": author.role} for author in meant.authors] == authors
    assert [{"question": one.question, "answer": one.answer} for one in meant.landing.faq] == faq
    assert as_lists(meant.params) == own


def as_lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_lists(inner) for key, inner in value.items()}
    return [as_lists(inner) for inner in value] if isinstance(value, tuple) else value


KEYS = st.sampled_from(
    ["title", "date", "tags", "newsletter", "landing", "sources", "params", "slug", "draft", "x"]
)
PIECES = st.sampled_from(
    [
        ": ",
        "\n",
        "\n  ",
        "\n- ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a",
        "*a",
        "!!str",
        "|",
        ">-",
        "\t",
        "? ",
        "\u2028",
        "\x85",
        "\x08",
        "\ufeff",
        "\ud800",
        "\U0001f600",
        "ü",
        "%YAML 1.1",
        "---",
        "...",
        "<<",
        "\\x00",
        "~",
    ]
)
SOUP = st.lists(st.one_of(KEYS, PIECES, st.text(max_size=5))).map("".join)


@given(front_matter=st.one_of(SOUP, st.text()))
@example(front_matter="title: a\u2028b\nlang: [")
@example(front_matter="title: a\rb\nslug: {")
@example(front_matter="a: *b")
def test_any_text_is_read_or_refused_at_a_place_inside_the_file(front_matter: str) -> None:
    text = f"---\n{front_matter}\n---\n\nText.\n"
    lines = text.split("\n")
    for fault in faults_of(text):
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1
        assert str(fault).isprintable()


@given(text=SOUP)
@example(text="? [a]\n: {b: c}\nd: e")
@example(text="a: [[], {}, '', ~, [b]]\nc:\n- d: e\n  f:\n- g")
def test_what_is_read_is_what_yaml_means(text: str) -> None:
    try:
        tree = read_mapping(text, path="article.md")
    except ContentError:
        return
    assert tree.values == (meant(yaml.compose(text)) or {})


def meant(node: yaml.Node | None) -> Any:
    """The text of what PyYAML's own composer made, without what has no value."""
    if node is None or (isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")):
        return None
    if isinstance(node, yaml.MappingNode):
        return {key.value: meant(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return tuple(item for item in map(meant, node.value) if item is not None)
    return node.value


def faults_of(text: str) -> tuple[Fault, ...]:
    try:
        campaign_of(text, folder="spring-offer", path="article.md")
    except CampaignerError as error:
        assert error.faults  # noqa: PT017  an error says why
        return error.faults
    return ()


CONTROL = st.characters(categories=["Cc", "Zl", "Zp"])


@given(
    before=QUIET,
    control=CONTROL,
    after=QUIET,
    key=st.sampled_from(
        ["title", "description", "image_alt", "lang", "slug", "tags", "canonical_url", "newsletter"]
    ),
)
def test_no_line_ever_holds_a_control_character(before: str, control: str, after: str, key: str) -> None:
    value: Any = f"{before}{control}{after}"
    values = {"title": "x", "date": "2026-11-01"} | {
        key: {"subject": value} if key == "newsletter" else value
    }
    text = f"---\n{yaml.safe_dump(values)}---\n\nText.\n"
    with pytest.raises(ContentError) as raised:
        campaign_of(text, folder="spring-offer", path="article.md")
    rest = raised.value.rest
    if rest is not None:
        meant = rest.front_matter
        lines = [meant.title, meant.description, meant.image_alt, *meant.tags, meant.newsletter.subject]
        assert not any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for line in lines for sign in line)
