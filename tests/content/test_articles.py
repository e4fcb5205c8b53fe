"""An article: front matter and Markdown."""

from collections.abc import Callable

import pytest

from campaigner.content.articles import campaign_of, plain_article, read_campaign, split
from campaigner.content.workspace import Workspace
from campaigner.errors import ContentError
from campaigner.model.campaign import Campaign, Position
from campaigner.model.front_matter import ALIASES, NEWSLETTER_ALIASES, FrontMatter

#: for each of our names that others call differently: something it may say, and how it is read
SAID: dict[str, tuple[str, Callable[[FrontMatter], object]]] = {
    "authors": ("Ada", lambda meant: meant.authors[0].name),
    "updated": ("2026-11-02", lambda meant: str(meant.updated)),
    "date": ("2026-11-02", lambda meant: str(meant.date)),
    "publish_date": ("2026-11-02", lambda meant: str(meant.publish_date)),
    "expiry_date": ("2027-01-01", lambda meant: str(meant.expiry_date)),
    "description": ("Words", lambda meant: meant.description),
    "tags": ("one", lambda meant: meant.tags[0]),
    "image": ("a.png", lambda meant: meant.image),
    "image_alt": ("A clinic", lambda meant: meant.image_alt),
    "image_caption": ("Words", lambda meant: meant.image_caption),
    "canonical_url": ("https://a.example/", lambda meant: meant.canonical_url),
    "aliases": ("/old/", lambda meant: meant.aliases[0]),
    "lang": ("de", lambda meant: meant.lang),
    "newsletter.subject": ("Words", lambda meant: meant.newsletter.subject),
    "newsletter.preheader": ("Words", lambda meant: meant.newsletter.preheader),
    "newsletter.cta": ("{label: Words}", lambda meant: meant.newsletter.cta and meant.newsletter.cta.label),
    "sources": ("{one: {title: Words}}", lambda meant: meant.sources["one"].title),
}


def campaign(*lines: str, body: str = "Text.", folder: str = "spring-offer") -> Campaign:
    text = "\n".join(["---", *lines, "---", "", body, ""])
    return campaign_of(text, folder=folder, path=f"campaigns/{folder}/article.md")


def faults(*lines: str, body: str = "Text.", folder: str = "spring-offer") -> list[tuple[int, int, str]]:
    with pytest.raises(ContentError) as raised:
        campaign(*lines, body=body, folder=folder)
    return [(fault.line, fault.column, fault.message) for fault in raised.value.faults]


def read_as(key: str, ours: str, *before: str) -> str:
    said, read = SAID[ours]
    extra = [] if ours == "image_alt" else ["image_alt: x"]
    date = [] if ours == "date" else ["date: 2026-11-01"]
    meant = campaign("title: x", *date, *extra, *before, f"{key}: {said}").front_matter
    found = str(read(meant))
    return found if said[0] != "{" else said.replace("Words", found)


@pytest.mark.parametrize("name", ALIASES)
def test_the_names_of_other_tools_say_the_same(name: str) -> None:
    assert read_as(name, ALIASES[name]) == SAID[ALIASES[name]][0]


@pytest.mark.parametrize("name", NEWSLETTER_ALIASES)
def test_the_names_of_other_tools_say_the_same_in_the_newsletter(name: str) -> None:
    ours = f"newsletter.{NEWSLETTER_ALIASES[name]}"
    assert read_as(f"  {name}", ours, "newsletter:") == SAID[ours][0]


@pytest.mark.parametrize("name", [name for name in ALIASES if not ALIASES[name].startswith("newsletter.")])
def test_one_thing_said_by_two_names_is_a_fault(name: str) -> None:
    ours, said = ALIASES[name], SAID[ALIASES[name]][0]
    front_matter = {"title": "x", "date": "2026-11-01", "image_alt": "x", ours: said, name: said}
    found = faults(*(f"{key}: {value}" for key, value in front_matter.items()))
    assert [message for _, _, message in found] == [f'"{name}" says what "{ours}" says already']


def test_a_fault_of_a_key_by_another_name_stands_at_that_name() -> None:
    assert faults("title: x", "date: 2026-11-01", "lastmod: soon") == [
        (4, 10, '"updated": "soon" is no date')
    ]


def test_a_subject_at_the_top_goes_into_the_newsletter_that_is_there() -> None:
    newsletter = campaign(
        "title: x", "date: 2026-11-01", "subject: a", "newsletter:", "  from: b"
    ).front_matter.newsletter
    assert (newsletter.subject, newsletter.from_) == ("a", "b")
    empty = campaign("title: x", "date: 2026-11-01", "subject: a", "newsletter:").front_matter.newsletter
    assert empty.subject == "a"


def test_the_body_begins_below_the_front_matter_with_its_line() -> None:
    found = campaign("title: x", "date: 2026-11-01", body="One.\n\n---\n\nTwo.")
    assert (found.body, found.body_line) == ("\nOne.\n\n---\n\nTwo.\n", 5)


def test_front_matter_may_end_in_dots_as_yaml_does() -> None:
    assert split("---  \na: b\n...\nText", path="a.md") == ("a: b", "Text", 4)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n--- \t\n\nText", ("a: b", "\nText", 4)),
        ("---\n---\nText\n---\n", ("", "Text\n---\n", 3)),
        ("---\n\n---", ("", "", 4)),
        ("---\na: |\n  ---\n----\n---\nText", ("a: |\n  ---\n----", "Text", 6)),
    ],
)
def test_front_matter_ends_at_the_first_line_of_three_hyphens(text: str, parts: tuple[str, str, int]) -> None:
    assert split(text, path="a.md") == parts


@pytest.mark.parametrize("text", ["title: x\n---\nText", "# Title", "--\na: b\n--\n", "----\na: b\n----\n"])
def test_an_article_begins_with_its_front_matter(text: str) -> None:
    with pytest.raises(ContentError, match="no front matter"):
        split(text, path="a.md")


def test_the_slug_is_the_folders_name_unless_said_otherwise() -> None:
    assert campaign("title: x", "draft: true").slug == "spring-offer"
    assert campaign("title: x", "draft: true", "slug: autumn").slug == "autumn"
    assert campaign("title: x", "draft: true", "slug: autumn", folder="Autumn 2026!").slug == "autumn"


def test_a_folder_that_cannot_be_a_slug_is_told() -> None:
    assert faults("title: x", "draft: true", folder="Autumn 2026!") == [
        (1, 1, 'the folder\'s name is no slug: "Autumn 2026!" is no slug')
    ]


def test_only_a_live_campaign_needs_a_date() -> None:
    assert campaign("title: x", "draft: true").front_matter.date is None
    assert campaign("title: x", "publish_date: 2026-11-01").front_matter.date is None
    assert faults("title: x") == [(2, 1, "a campaign that is no draft needs a date")]


def test_a_date_that_is_wrong_is_not_told_to_be_missing() -> None:
    assert [message for _, _, message in faults("title: x", "date: soon")] == ['"date": "soon" is no date']


def test_faults_of_sense_are_told_beside_those_of_form() -> None:
    found = faults("title: x", "nothing: y", "image: a.png", "expiry_date: 2026-01-01", "date: 2026-11-01")
    assert [message for _, _, message in found] == [
        'unknown key "nothing"',
        "the picture has no alternative text",
        "the campaign would end before it begins",
    ]


def test_a_form_has_each_field_once_and_options_only_to_select_from() -> None:
    found = faults(
        "title: x",
        "draft: true",
        "landing:",
        "  form:",
        "    fields:",
        "      - {name: email, label: a}",
        "      - {name: city, label: a, options: [b]}",
        "      - {name: city, label: a, type: select}",
    )
    assert found == [
        (7, 10, 'the form has a field "email" already'),
        (8, 32, "a field of type select, and no other, has options"),
        (9, 10, 'the form has a field "city" already'),
        (9, 32, "a field of type select, and no other, has options"),
    ]


def test_what_can_be_understood_of_a_broken_article_comes_with_its_faults() -> None:
    with pytest.raises(ContentError) as raised:
        campaign("title: x", "slug: ../x", "date: soon", "lang: de", body="Text.")
    rest = raised.value.rest
    assert isinstance(rest, Campaign)
    assert (rest.front_matter.title, rest.front_matter.lang, rest.body) == ("x", "de", "\nText.\n")
    assert rest.slug.startswith("unnamed-")
    assert str(rest.front_matter.date) == "1970-01-01"


def test_a_position_is_that_of_the_nearest_key_that_is_written() -> None:
    found = campaign("title: x", "draft: true", "landing:", "  headline: a")
    assert found.position("landing.headline") == Position(line=5, column=3)
    assert found.position("landing.form.button") == Position(line=4, column=1)
    assert found.position("slug") == Position(line=1, column=1)


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(workspace: Workspace) -> None:
    path = workspace.campaigns / "spring-offer" / "article.md"
    before = read_campaign(workspace, "spring-offer", largest=1000)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = read_campaign(workspace, "spring-offer", largest=1000)
    assert (after.body, after.body_line, after.front_matter) == (
        before.body,
        before.body_line,
        before.front_matter,
    )
    assert after.digest != before.digest


def test_a_plain_file_has_its_first_heading_for_a_title() -> None:
    article = plain_article("\n# Privacy\n\nText.", path="privacy.md", title="x")
    assert (article.front_matter.title, article.body.strip()) == ("Privacy", "Text.")
    assert plain_article("Text.", path="privacy.md", title="x").front_matter.title == "x"
