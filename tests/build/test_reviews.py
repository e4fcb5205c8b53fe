"""A review that remembers finds what one without a past finds, and judges no more than it must."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from campaigner.build.review import Review
from campaigner.checks.page_styles import PageStyles
from campaigner.errors import CampaignerError
from campaigner.model.finding import Output
from campaigner.render.kept import Kept
from campaigner.resources import theme_folder
from checks.examples import workspace_with
from publisher import Publisher, article, picture

Edit = Callable[[Publisher], None]
FIRST = "campaigns/first/article.md"
LINK = "[Elsewhere](../nowhere/)"
MERGE_FIELD = '{{ reader.first_name | default("you") }}'


@pytest.fixture
def reviewed(publisher: Publisher) -> Publisher:
    """A workspace that was built and reviewed, and nothing was edited since."""
    publisher.edit(FIRST, "Hello [@cited].", f"Hello {MERGE_FIELD} [@cited].")
    publisher.write("readers.yaml", "Ada: {email: ada@example.com, first_name: Ada}\n")
    publisher.write("policies/own.toml", POLICY)
    publisher.edit("campaigner.toml", "[brand]", '[check]\npolicies = ["own"]\n\n[brand]')
    publisher.review()
    return publisher


POLICY = """\
name = "Our own rules"
about = "What we never say."

[[wordings]]
rule = "House style, section 1"
url = "https://gazette.example/rules"
reason = "Nobody of us says that"
words = ["nothing like this"]
channels = ["page"]
"""


def judged(publisher: Publisher) -> tuple[Review, int]:
    """What is found, and how many campaigns were judged for it."""
    count = 0

    def note(done: int, total: int) -> None:
        nonlocal count
        count = total

    return publisher.review(progress=note), count


def kept(publisher: Publisher, kind: str) -> Iterator[Path]:
    return (publisher.root / ".campaigner" / "cache" / kind).glob("*.json")


EDITS: dict[str, tuple[Edit, int]] = {
    "nothing": (lambda one: None, 0),
    "an article": (lambda one: one.edit(FIRST, "Hello", LINK), 1),
    "its title": (lambda one: one.edit(FIRST, "title: First", "title: Second"), 1),
    "a picture": (lambda one: one.write("campaigns/first/field.png", picture("lime", (4000, 3000))), 1),
    "a new campaign": (lambda one: one.write("campaigns/new/article.md", article("New", LINK)), 1),
    "a campaign that goes": (lambda one: (one.root / "campaigns/second/article.md").unlink(), 0),
    # another one is the newest then
    "a campaign that is a draft now": (lambda one: one.edit(FIRST, "title:", "draft: true\ntitle:"), 1),
    "sample readers": (lambda one: one.write("readers.yaml", "Long: {first_name: 'x x'}\n"), 4),
    "no readers any more": (lambda one: (one.root / "readers.yaml").unlink(), 4),
    "sources": (lambda one: one.edit("sources.yaml", "url: https://journal.example/cited", "note: A"), 4),
    "a severity": (
        lambda one: one.edit(
            "campaigner.toml", "[check]", '[check]\nseverities = {endpoint-unset = "error"}'
        ),
        4,
    ),
    "a policy pack": (lambda one: one.edit("policies/own.toml", "nothing like this", "Hello"), 4),
    "a template": (lambda one: one.write("templates/blog/foot.html", "<p>Bye</p>"), 4),
    "the logo": (lambda one: one.write("logo.png", picture("red", (3000, 20))), 4),
    "the privacy page": (lambda one: one.edit("privacy.md", "safe", "very safe"), 4),
}


@pytest.mark.parametrize(("edit", "count"), EDITS.values(), ids=EDITS)
def test_after_an_edit_it_finds_what_one_without_a_past_finds(
    edit: Edit, count: int, reviewed: Publisher, tmp_path: Path
) -> None:
    edit(reviewed)
    found = judged(reviewed)
    assert found == (reviewed.copied(tmp_path / "fresh").review(), count)


def test_another_day_is_another_review(reviewed: Publisher) -> None:
    reviewed.edit("sources.yaml", "url: https://journal.example/cited", "review_by: 2026-11-22\n  note: A")
    before, _ = judged(reviewed)
    reviewed.now += timedelta(days=1)
    after, count = judged(reviewed)
    assert count == 4
    assert {one.check for one in after.findings} - {one.check for one in before.findings} == {
        "source-past-review"
    }


def test_a_campaign_that_ends_within_the_day_is_noticed(publisher: Publisher) -> None:
    publisher.edit(
        "campaigns/third/article.md", "expiry_date: 2026-12-24", "expiry_date: 2026-11-22T13:00:00Z"
    )
    publisher.edit("campaigns/second/article.md", "Hello", "[The third](../third/) ends, and hello")
    before = publisher.review()
    publisher.now += timedelta(hours=2)
    assert publisher.review() == publisher.review(drafts=False)
    assert judged(publisher)[0].campaigns == before.campaigns


@pytest.mark.parametrize("kind", ["reviews", "judgements"])
@pytest.mark.parametrize("damage", ["", "[]", "{}", "null", '{"seal": 1, "looked_at": "x"}', "cut"])
def test_what_was_damaged_is_found_out_again(kind: str, damage: str, reviewed: Publisher) -> None:
    wanted = reviewed.review()
    files = list(kept(reviewed, kind))
    assert files
    for file in files:
        text = file.read_text()
        file.write_text(text[: len(text) // 2] if damage == "cut" else damage)
    if kind == "judgements":
        for file in kept(reviewed, "reviews"):
            file.unlink()
    assert reviewed.review() == wanted


@pytest.mark.parametrize("change", ["findings", "facts", "waivers"])
def test_what_somebody_wrote_into_it_is_no_judgement(change: str, reviewed: Publisher) -> None:
    wanted = reviewed.review()
    for file in kept(reviewed, "reviews"):
        file.unlink()
    for file in kept(reviewed, "judgements"):
        value = json.loads(file.read_text())
        judgement = json.loads(value["text"])
        judgement["reviewed"][change] = [{"path": 1}]
        file.write_text(json.dumps({**value, "text": json.dumps(judgement)}))
    assert reviewed.review() == wanted


def test_a_stylesheet_that_somebody_changed_where_it_is_kept_is_read_again(tmp_path: Path) -> None:
    def read() -> object:
        kept = Kept(folder=tmp_path, program="")
        return to_builtins(PageStyles(css="p { color: #ddd }", file="site.css", kept=kept).sheet)

    wanted = read()
    (file,) = tmp_path.rglob("*.json")
    assert read() == wanted
    file.write_text(file.read_text().replace("#ddd", "#111"))
    assert read() == wanted


def test_a_list_whose_name_is_no_text_may_be_checked_with(tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    name = os.fsdecode(b"r\xff.csv")
    publisher.write(name, 'email,first_name\na@b.example,"  "\n')
    for _ in range(2):  # the second time from what was kept
        found = publisher.review(readers=tmp_path / name).findings
        assert {one.line for one in found if one.path == r"r\xff.csv"} == {2}


def test_what_only_some_checks_find_is_not_taken_for_all(reviewed: Publisher) -> None:
    reviewed.edit(FIRST, "Hello", LINK)
    assert {one.check for one in reviewed.review(only=("subject-length",)).findings} <= {"subject-length"}
    assert "link-broken" in {one.check for one in reviewed.review().findings}


def test_what_cannot_be_rendered_is_told_each_time(reviewed: Publisher) -> None:
    reviewed.edit(FIRST, "field.png", "nowhere.png")
    for _ in range(2):
        with pytest.raises(CampaignerError, match=r"nowhere\.png"):
            reviewed.review()


def test_waivers_of_an_article_are_remembered(reviewed: Publisher, tmp_path: Path) -> None:
    waiver = "waivers: [{check: link-broken, reason: It is coming, until: 2026-12-01}]"
    reviewed.edit(FIRST, "title: First", f"title: First\n{waiver}")
    reviewed.edit(FIRST, "Hello", LINK)
    reviewed.review()
    reviewed.edit("campaigns/second/article.md", "Hello", "Hi")
    assert judged(reviewed) == (reviewed.copied(tmp_path / "fresh").review(), 1)


def test_what_all_campaigns_have_from_one_place_is_told_once(publisher: Publisher) -> None:
    found = publisher.review()
    assert found.campaigns == 4
    of_settings = [one for one in found.findings if one.path == "campaigner.toml"]
    assert sorted(one.check for one in of_settings) == sorted({one.check for one in of_settings})
    assert "endpoint-unset" in {one.check for one in of_settings}
    assert {one.campaign for one in of_settings} == {""}
    alone = publisher.review(slugs=("first",)).findings
    assert {one.campaign for one in alone if one.check == "endpoint-unset"} == {"first"}


@pytest.mark.parametrize("is_built", [False, True])
def test_a_campaign_that_is_named_is_held_against_the_others_as_they_are_now(
    is_built: bool, publisher: Publisher, tmp_path: Path
) -> None:
    workspace = publisher if is_built else publisher.copied(tmp_path / "unbuilt")
    path = "campaigns/second/article.md"
    workspace.edit(path, "Hello", "[The first](/first/) and [the sketch](/sketch/)")

    def broken(**request: Any) -> list[str]:
        found = workspace.review(**request).findings
        return [one.message for one in found if one.check == "link-broken"]

    of_the_draft = ['the link to "/sketch/" leads to no page of the site']
    assert broken() == broken(slugs=("second",)) == of_the_draft
    assert broken(drafts=True) == broken(slugs=("second", "sketch")) == []
    workspace.edit(FIRST, "title: First", "title: First\nslug: uno")
    assert len(broken()) == len(broken(slugs=("second",))) == 2


@pytest.mark.parametrize("there", ["a file", "a link to nothing", "a cache that is a file"])
def test_where_nothing_can_be_kept_it_finds_the_same(
    there: str, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.edit(FIRST, "Hello", LINK)
    wanted = publisher.review()
    state = publisher.root / ".campaigner"
    shutil.rmtree(state)
    if there == "a file":
        state.write_text("")
    elif there == "a link to nothing":
        state.symlink_to(tmp_path / "nowhere" / "at all")
    else:
        state.mkdir()
        (state / "cache").write_text("")
    assert publisher.review() == wanted


def test_the_privacy_page_is_checked_too(publisher: Publisher) -> None:
    publisher.edit(
        "privacy.md",
        "safe",
        "safe, see [our rules](/rules/), [below](#below) and [click here](http://1.2.3.4/)",
    )
    found = [one for one in publisher.review().findings if one.path == "privacy.md"]
    assert {one.check for one in found} >= {
        "link-broken",
        "anchor-broken",
        "link-text-vague",
        "address-insecure",
    }
    assert {(one.campaign, one.output, one.line) for one in found} == {("", Output.SITE, 3)}
    publisher.edit("privacy.md", "safe", "![A safe](nowhere.png)")
    with pytest.raises(CampaignerError, match=r"privacy\.md:3.*nowhere\.png"):
        publisher.review()


UNREADABLE = {
    "front matter that is no YAML": "---\ntitle: [Second\n{names}---\n\nText.\n",
    "front matter that is never closed": "---\ntitle: Second\n{names}\nText.\n",
    "no front matter on the first line": "\n---\ntitle: Second\n{names}---\n\nText.\n",
    "bytes that are no UTF-8": "---\ntitle: S\udcffcond\n{names}---\n\nText.\n",
    "a NUL": "---\ntitle: S\0cond\n{names}---\n\nText.\n",
    "a slug that is none": '---\ntitle: Second\nslug: "Not: a slug!"\n{names}---\n\nText.\n',
}
NAMED = {
    "second": "",
    "elsewhere": "slug: elsewhere\n",
    "there": "slug: 'there' # since March\n",
    "of-old": "redirect_from: [/before/, /of-old/]\n",
    "once/was": "aliases:\n  - before\n  - /once/was/\n",
    "moved": "permalink: /moved/\n",
}


@pytest.mark.parametrize("written", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize(("name", "names"), NAMED.items(), ids=NAMED)
def test_a_link_to_a_campaign_that_cannot_be_read_is_none_that_is_broken(
    name: str, names: str, written: str, publisher: Publisher
) -> None:
    publisher.edit("campaigns/first/article.md", "Hello", f"[There](/{name}/), [not](/nowhere/). Hello")
    text = written.format(names=names).encode(errors="surrogateescape")
    publisher.write("campaigns/second/article.md", text)
    broken = [
        one.message for one in publisher.review(slugs=("first",)).findings if one.check == "link-broken"
    ]
    assert len(broken) == 1
    assert "/nowhere/" in broken[0]


def test_a_campaign_that_cannot_be_opened_is_known_by_what_it_was_called_last(publisher: Publisher) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "slug: elsewhere\ntitle: Second")
    publisher.edit("campaigns/first/article.md", "Hello", "[There](/elsewhere/), hello. Hello")
    publisher.build()
    path = publisher.root / "campaigns/second/article.md"
    path.unlink()
    path.mkdir()
    found = publisher.review(slugs=("first",)).findings
    assert not [one for one in found if one.check == "link-broken"]


def test_a_broken_link_of_home_is_told_at_its_template(publisher: Publisher) -> None:
    assert not [one for one in publisher.review().findings if one.check == "link-broken"]
    theme = (theme_folder() / "blog/index.html").read_text()
    own = theme.replace("{% block main %}", '{% block main %}\n<p><a href="/nowhere/">Nowhere</a></p>')
    publisher.write("templates/blog/index.html", own)
    (one,) = (one for one in publisher.review().findings if one.check == "link-broken")
    assert one.path == "templates/blog/index.html"
    assert "/nowhere/" in (publisher.root / one.path).read_text().splitlines()[one.line - 1]


AROUND = {
    "home": "blog/index.html",
    "the page of a tag": "blog/tag.html",
    "the page for addresses that do not exist": "page/404.html",
}


@pytest.mark.parametrize("template", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize(
    ("check", "fault"),
    [
        ("alt-missing", '<img src="{{ site.icon_href }}" width="90" height="90">'),
        ("heading-order", "<h2>First</h2><h5>Then</h5>"),
        ("heading-one", "<h1>Another</h1>"),
        ("link-text-vague", '<p>All of them: <a href="{{ site.home_href }}">here</a></p>'),
        ("link-empty", '<a href="{{ site.home_href }}"></a>'),
        ("field-unlabelled", '<form action="/find"><input name="words"></form>'),
        ("contrast", '<p style="color:#bbb">Pale</p>'),
        ("target-small", '<a href="/" style="display:inline-block;width:12px;height:12px">x</a>'),
    ],
)
def test_a_page_around_the_campaigns_is_held_for_whoever_reads_it(
    check: str, fault: str, template: str, publisher: Publisher
) -> None:
    theme = (theme_folder() / template).read_text()
    publisher.write(
        f"templates/{template}", theme.replace("{% block main %}", f"{{% block main %}}\n{fault}")
    )
    assert "{% block main %}" in theme
    found = [one for one in publisher.review().findings if one.check == check]
    assert {(one.campaign, one.path) for one in found} == {("", f"templates/{template}")}
    lines = (publisher.root / "templates" / template).read_text().split("\n")
    assert all(fault[:3] in lines[one.line - 1] for one in found)


def test_a_page_around_the_campaigns_is_held_for_search(publisher: Publisher) -> None:
    head = (theme_folder() / "_parts/page/head.html").read_text()
    without = head.replace("head.canonical_url %}", "head.canonical_url and head.kind == 'article' %}")
    publisher.write("templates/_parts/page/head.html", without)
    found = [one for one in publisher.review().findings if one.check == "canonical"]
    assert "the listing has no canonical address" in {one.message for one in found}


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("Letters.", "the site's description has 8 characters, fewer than 50"),
        ("Letters about glass. " * 9, "the site's description has 188 characters, more than 160"),
    ],
)
def test_what_home_says_of_the_site_is_held_at_its_line_of_the_settings(
    description: str, told: str, publisher: Publisher
) -> None:
    publisher.edit("campaigner.toml", "[site]\n", f'[site]\ndescription = "{description.strip()}"\n')
    found = [one for one in publisher.review().findings if one.check == "description-length"]
    assert [(one.path, one.output, one.message) for one in found if one.campaign == ""] == [
        ("campaigner.toml", Output.LISTING, told)
    ]
    lines = (publisher.root / "campaigner.toml").read_text().split("\n")
    assert all(lines[one.line - 1].startswith("description") for one in found if one.campaign == "")


def test_the_picture_that_home_is_shared_with_is_held_at_its_line_of_the_settings(
    publisher: Publisher,
) -> None:
    head = (theme_folder() / "_parts/page/head.html").read_text()
    mark = '<meta property="og:image" content="{{ head.share_image.url }}">'
    assert mark in head
    publisher.write("templates/_parts/page/head.html", head.replace(mark, ""))
    publisher.edit("campaigner.toml", "[site]\n", "[check.limits]\nshare_image_width = 1300\n\n[site]\n")
    found = [one for one in publisher.review().findings if one.check == "share-image" and not one.campaign]
    assert [(one.path, one.output, one.message) for one in found] == [
        ("campaigner.toml", Output.LISTING, "home has no picture for sharing")
    ]
    publisher.write("templates/_parts/page/head.html", head)
    found = [one for one in publisher.review().findings if one.check == "share-image" and not one.campaign]
    assert [one.message for one in found] == [
        "the picture for sharing of home has 1200 × 630 pixels, fewer than 1300 × 630"
    ]
    lines = (publisher.root / "campaigner.toml").read_text().split("\n")
    assert all(lines[one.line - 1].startswith("name") for one in found)


def test_the_pages_of_all_tags_are_held(publisher: Publisher) -> None:
    for number in range(150):
        publisher.write(
            f"campaigns/of-{number}/article.md", article(f"Of {number}", tags=f"[tag{number:03}]")
        )
    theme = (theme_folder() / "blog/tag.html").read_text()
    own = '{% block main %}{% if page.title == "tag149" %}<h1>Another</h1>{% endif %}'
    publisher.write("templates/blog/tag.html", theme.replace("{% block main %}", own))
    found = [one for one in publisher.review().findings if one.check == "heading-one"]
    assert [one.path for one in found] == ["templates/blog/tag.html"]


def test_a_fault_of_the_head_of_all_pages_is_told_of_no_listing_too(publisher: Publisher) -> None:
    path = "_parts/page/colophon.html"
    theme = (theme_folder() / path).read_text()
    mark = '<footer class="colophon">'
    assert mark in theme
    publisher.write(
        f"templates/{path}", theme.replace(mark, f'{mark}<img src="sign.png" width="90" height="90">')
    )
    outputs = {one.output for one in publisher.review().findings if one.check == "alt-missing"}
    assert outputs
    assert not outputs & {Output.LISTING, Output.SITE}


def test_a_pale_rule_for_home_alone_is_told_once_at_the_stylesheet(publisher: Publisher) -> None:
    theme = (theme_folder() / "styles/site.css").read_text()
    publisher.write(
        "templates/styles/site.css", f"{theme}.home .teaser h3 a, .home .lead h2 a {{ color: #ccc; }}\n"
    )
    (one,) = (one for one in publisher.review().findings if one.check == "contrast")
    assert (one.campaign, one.path) == ("", "templates/styles/site.css")
    assert ".home .teaser" in (publisher.root / one.path).read_text().split("\n")[one.line - 1]


def test_a_link_around_a_table_of_a_template_is_told(publisher: Publisher) -> None:
    theme = (theme_folder() / "newsletter/body.html").read_text()
    link = '<a href="https://example.org/offer/"><table role="presentation"><tr><td>Our offer</td></tr></table></a>'
    mark = '<td class="article">'
    assert mark in theme
    publisher.write("templates/newsletter/body.html", theme.replace(mark, f"{mark}\n{link}"))
    told = {one.check for one in publisher.review().findings}
    assert "link-around-table" in told
    assert "link-empty" not in told
