"""What was written, held against what may be written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.content.schema import field_names, structure
from campaigner.errors import FILES_ALIKE, ContentError, nearest
from campaigner.model.campaign import Position
from campaigner.model.front_matter import ALIASES, FrontMatter
from campaigner.model.settings import Settings


def refused(schema: Any, values: dict[str, Any], **given: Any) -> ContentError:
    with pytest.raises(ContentError) as raised:
        structure(schema, values, path="article.md", keys=given.get("keys", {}), aliases=given.get("aliases"))
    return raised.value


def told(schema: Any, values: dict[str, Any], **given: Any) -> list[str]:
    return [f"{fault.message}. {fault.hint}" for fault in refused(schema, values, **given).faults]


def test_a_title_is_enough() -> None:
    meant = structure(FrontMatter, {"title": "x"}, path="article.md", keys={})
    assert (meant.title, meant.draft, meant.newsletter.body, meant.landing.faq) == ("x", False, "full", ())


def test_a_key_without_a_value_means_what_leaving_it_out_means() -> None:
    values = {"title": "x", "description": None, "newsletter": None, "landing": {"faq": None}}
    assert structure(FrontMatter, values, path="article.md", keys={}) == FrontMatter(title="x")


@pytest.mark.parametrize("value", [2024, 1.5, "2024"])
def test_a_number_is_a_fine_title(value: object) -> None:
    assert structure(FrontMatter, {"title": value}, path="article.md", keys={}).title == str(value)


@pytest.mark.parametrize(
    ("written", "meant"), [("true", True), ("yes", True), ("on", True), ("False", False), ("no", False)]
)
def test_a_switch_is_read_as_people_write_it(written: str, meant: bool) -> None:
    assert structure(FrontMatter, {"title": "x", "draft": written}, path="", keys={}).draft is meant


def test_one_word_is_a_list_of_one() -> None:
    meant = structure(FrontMatter, {"title": "x", "tags": "one", "authors": "Ada"}, path="", keys={})
    assert (meant.tags, meant.authors[0].name) == (("one",), "Ada")


def test_a_sentence_is_a_benefit() -> None:
    values = {
        "title": "x",
        "landing": {"benefits": ["Calm", {"title": "Safe", "text": "Proof"}], "offer": "A course"},
    }
    landing = structure(FrontMatter, values, path="", keys={}).landing
    assert [(one.title, one.text) for one in landing.benefits] == [("Calm", ""), ("Safe", "Proof")]
    assert landing.offer is not None
    assert landing.offer.title == "A course"


def test_the_key_from_is_one_that_python_keeps_for_itself() -> None:
    values = {"title": "x", "newsletter": {"from": "The clinic"}}
    assert structure(FrontMatter, values, path="", keys={}).newsletter.from_ == "The clinic"
    assert "from" in field_names(FrontMatter, ("newsletter",))
    assert told(FrontMatter, {"title": "x", "newsletter": {"from_": "x"}}) == [
        'unknown key "from_". Did you mean "from"?'
    ]


def test_the_nearest_right_key_is_that_of_its_own_block() -> None:
    assert told(FrontMatter, {"title": "x", "landing": {"form": {"buton": "x"}}}) == [
        'unknown key "buton". Did you mean "button"?'
    ]
    assert told(
        FrontMatter, {"title": "x", "landing": {"faq": [{"question": "a", "answer": "b", "titel": 1}]}}
    ) == ['unknown key "titel". Known here: answer, question']


def test_a_mistyped_alias_leads_to_our_name() -> None:
    assert told(FrontMatter, {"title": "x", "featured_imag": "a"}, aliases=ALIASES) == [
        'unknown key "featured_imag". Did you mean "image"?'
    ]


@pytest.mark.parametrize("key", ["self", "__dataclass_self__", "", "a b", "ü", "cls", "1"])
def test_any_key_that_is_not_known_is_a_fault_and_no_crash(key: str) -> None:
    (message,) = told(FrontMatter, {"title": "x", key: "y"})
    assert message.startswith(f'unknown key "{key}"')


def test_faults_stand_where_their_keys_stand() -> None:
    keys = {"newsletter": Position(line=3, column=1), "newsletter.body": Position(line=4, column=3)}
    (fault,) = refused(FrontMatter, {"title": "x", "newsletter": {"body": "all"}}, keys=keys).faults
    assert (fault.line, fault.column) == (4, 3)


def test_all_differences_are_told_at_once() -> None:
    values = {"draft": "perhaps", "tags": {"a": 1}, "image": ["a"], "nothing": 1}
    assert len(told(FrontMatter, values)) == 5


def test_the_rest_has_what_is_right_and_stand_ins_for_what_is_missing() -> None:
    error = refused(
        FrontMatter,
        {
            "description": "kept",
            "draft": "perhaps",
            "nothing": 1,
            "tags": ["one", {"a": 1}],
            "landing": {"headline": "kept too", "faq": [{"question": "a"}]},
            "sources": {"one": {"titel": "x"}, "b b": {"title": "x"}},
        },
    )
    rest = error.rest
    assert (rest.description, rest.landing.headline, rest.tags) == ("kept", "kept too", ("one",))
    assert set(rest.sources) == {"one"}
    assert len(rest.landing.faq) == 1
    assert error.without == {"title", "draft", "nothing", "tags", "landing", "sources"}


@pytest.mark.parametrize(
    "values", [{}, {"site": 3}, {"site": {"name": "x"}}, {"site": {"name": "x", "url": "y"}}]
)
def test_where_the_heart_is_missing_there_is_no_rest(values: dict[str, Any]) -> None:
    assert refused(Settings, values).rest is None


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(
            st.sampled_from([*field_names(FrontMatter), "faq", "form", "fields", "name"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(field_names(FrontMatter)), VALUES, max_size=6))
def test_any_values_are_a_block_or_faults_with_a_rest(values: dict[str, Any]) -> None:
    try:
        structure(FrontMatter, values, path="article.md", keys={})
    except ContentError as error:
        assert error.faults  # noqa: PT017  an error says why
        assert error.rest is None or isinstance(error.rest, FrontMatter)  # noqa: PT017
        assert all(fault.hint or "unknown key" in fault.message for fault in error.faults)  # noqa: PT017


@pytest.mark.parametrize(
    ("wrong", "right", "hint"),
    [
        ("titel", ["title", "date"], 'Did you mean "title"?'),
        ("TITLE", ["title"], 'Did you mean "title"?'),
        ("publishdat", ["publishDate"], 'Did you mean "publishDate"?'),
        ("zzz", ["b", "a"], "Known here: a, b"),
        ("zzz", [], ""),
        ("zzz", [f"slug-{number}" for number in range(500)], ""),
    ],
)
def test_the_nearest_name_is_named_or_all_of_a_few(wrong: str, right: list[str], hint: str) -> None:
    assert nearest(wrong, right) == hint


def test_names_of_files_must_be_more_alike_since_they_end_alike() -> None:
    names = ["page/404.html", "blog/post.html"]
    assert nearest("nope.html", names, alike=FILES_ALIKE) == "Known here: blog/post.html, page/404.html"
    assert nearest("post.html", names, alike=FILES_ALIKE) == 'Did you mean "blog/post.html"?'
