import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaigner.cli import main
from campaigner.content.articles import read_campaign
from campaigner.content.workspace import Workspace
from campaigner.model.campaign import Campaign

SHARED = Path(os.environ.get("CAMPAIGNER_SHARED", Path(__file__).parents[3] / "shared"))
SEED = SHARED / "seeds" / "unlicensed-botox.txt"
DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00"
    b"\x00\x02\x02D\x01\x00;"
)


def invoke(workspace: Workspace, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["-C", str(workspace.root), *map(str, arguments)])


def made(workspace: Workspace, slug: str) -> Campaign:
    return read_campaign(workspace, slug, largest=2_000_000)


def test_a_draft_of_the_starter_has_the_slug_in_words_for_a_title(workspace: Workspace) -> None:
    assert invoke(workspace, "new", "summer-party-2027").exit_code == 0
    campaign = made(workspace, "summer-party-2027")
    assert campaign.front_matter.title == "Summer party 2027"
    assert campaign.slug == "summer-party-2027"
    assert campaign.front_matter.draft


@pytest.mark.parametrize(
    "title", ['He said: "yes"', "Über 100 % & <more>", "- no list", "'quoted'", "2027", "#1 🎉"]
)
def test_a_given_title_is_kept_as_it_is(workspace: Workspace, title: str) -> None:
    assert invoke(workspace, "new", "titled", "--title", title).exit_code == 0
    assert made(workspace, "titled").front_matter.title == title


def test_a_draft_of_the_starter_builds_at_once(workspace: Workspace) -> None:
    invoke(workspace, "new", "fresh")
    assert invoke(workspace, "build", "fresh", "--drafts").exit_code == 0
    assert (workspace.output / "site" / "fresh" / "index.html").is_file()


def test_the_starters_remarks_and_picture_come_along(workspace: Workspace) -> None:
    invoke(workspace, "new", "fresh")
    folder = workspace.campaigns / "fresh"
    assert "# The headline" in (folder / "article.md").read_text(encoding="utf-8")
    assert any(file.suffix == ".png" for file in folder.iterdir())


def test_a_document_keeps_its_title_and_gets_a_description(workspace: Workspace) -> None:
    letter = workspace.root / "letter.md"
    letter.write_text("# A letter\n\nIt says hello. And then goodbye.\n", encoding="utf-8")
    assert invoke(workspace, "new", "letter", "--from", letter).exit_code == 0
    campaign = made(workspace, "letter")
    assert campaign.front_matter.title == "A letter"
    assert campaign.front_matter.description == "It says hello. And then goodbye."
    assert campaign.body.strip() == "It says hello. And then goodbye."


def test_a_document_that_gives_no_description_leaves_the_line_out(workspace: Workspace) -> None:
    (workspace.root / "page.html").write_text(
        "<!doctype html><title>Clinics</title><ul><li>North<li>South</ul>", encoding="utf-8"
    )
    assert invoke(workspace, "new", "clinics", "--from", "page.html").exit_code == 0
    article = (workspace.campaigns / "clinics" / "article.md").read_text(encoding="utf-8")
    assert "description" not in article
    assert made(workspace, "clinics").front_matter.description == ""


def test_a_page_without_a_body_tag_builds_at_once(workspace: Workspace) -> None:
    (workspace.root / "page.html").write_text(
        "<!doctype html><title>Clinics</title><meta name=description content='Of clinics'>"
        "<article><table><tr><th>Clinics<tr><td>North</table></article>",
        encoding="utf-8",
    )
    assert invoke(workspace, "new", "clinics", "--from", "page.html").exit_code == 0
    assert made(workspace, "clinics").front_matter.description == "Of clinics"
    assert invoke(workspace, "build", "clinics", "--drafts").exit_code == 0
    post = (workspace.output / "site/clinics/index.html").read_text(encoding="utf-8")
    assert "<td>North</td>" in post


def test_a_given_title_beats_the_documents(workspace: Workspace) -> None:
    letter = workspace.root / "letter.md"
    letter.write_text("# A letter\n\nText.\n", encoding="utf-8")
    invoke(workspace, "new", "letter", "--from", letter, "--title", "Mine")
    assert made(workspace, "letter").front_matter.title == "Mine"


def test_a_document_is_looked_for_from_the_workspace(workspace: Workspace) -> None:
    (workspace.root / "letter.txt").write_text("Hello.\n", encoding="utf-8")
    assert invoke(workspace, "new", "letter", "--from", "letter.txt").exit_code == 0


def test_foreign_front_matter_is_kept_as_own_data(workspace: Workspace) -> None:
    letter = workspace.root / "letter.md"
    front_matter = "---\ntitle: Kept\nlayout: post\nlastmod: 2026-01-02\nsubject: Hi\ndate: someday\n---\n"
    letter.write_text(f"{front_matter}Text.\n", encoding="utf-8")
    assert invoke(workspace, "new", "letter", "--from", letter).exit_code == 0
    meant = made(workspace, "letter").front_matter
    assert meant.title == "Kept"
    assert str(meant.updated) == "2026-01-02"
    assert meant.newsletter.subject == "Hi"
    assert meant.params == {"layout": "post", "date": "someday"}


def document(workspace: Workspace, text: str) -> Path:
    path = workspace.root / "letter.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_document_of_another_program_builds_at_once(workspace: Workspace) -> None:
    """Jekyll, Hugo, Docusaurus and Pandoc in one."""
    (workspace.root / "hero.gif").write_bytes(DOT)
    text = """\
---
layout: post
title: [Not, one]
date: 2019-02-03 10:00:00 +0100
description: {a: b}
categories: [x, y]
tags: z
email_subject: Hi
subject: Ho
newsletter: weekly
image: hero.gif
author: {name: X, email: x@example.com}
weight: 5
nested: {a: {b: [1, 2, {c: d}]}}
publish_date: 2026-01-01
expiry_date: 2010-01-01
references: [smith04]
---

:::info Hello
With {{ site.title }} and {% include note.html %}, {{< figure src="a.png" >}} and [@smith04].
:::

::: blog
In *code*: `{{ page.url }}`.
:::

```liquid
{{ page.url }}
```

![A plan](img/gone.png){width=50%} ![](hero.gif) ![far](https://x.org/y.png)
"""
    new = invoke(workspace, "new", "letter", "--from", document(workspace, text))
    assert new.exit_code == 0
    built = invoke(workspace, "build", "letter", "--drafts")
    assert built.exit_code == 0, built.stderr
    meant = made(workspace, "letter").front_matter
    assert meant.title == "Letter"
    assert meant.tags == ("x", "y")
    assert meant.newsletter.subject == "Hi"
    assert meant.params["title"] == ("Not", "one")
    assert meant.params["nested"] == {"a": {"b": ("1", "2", {"c": "d"})}}
    assert {"subject", "newsletter", "author", "weight", "expiry_date", "references"} <= meant.params.keys()
    page = (workspace.output / "site" / "letter" / "index.html").read_text(encoding="utf-8")
    for shown in ("{{ site.title }}", "{% include note.html %}", "[@smith04]", "<code>{{ page.url }}</code>"):
        assert shown in page


@pytest.mark.parametrize("title", ['"a\\u2028b"', "|\n  a\n  b\n"])
def test_a_title_and_a_description_of_several_lines_come_in_one(workspace: Workspace, title: str) -> None:
    letter = document(workspace, f"---\ntitle: {title}\ndescription: {title}\nown: {title}\n---\nText.\n")
    assert invoke(workspace, "new", "letter", "--from", letter).exit_code == 0
    assert invoke(workspace, "build", "letter", "--drafts").exit_code == 0
    meant = made(workspace, "letter").front_matter
    assert (meant.title, meant.description) == ("a b", "a b")
    assert meant.params.keys() == {"own"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("deep.html", "<title>T</title>" + "<blockquote>" * 100 + "x", "nested too deeply"),
        ("long.txt", "A title\n\n" + ("word " * 19 + "\n\n") * 31_000, "more than the 2,000,000"),
    ],
)
def test_a_document_that_no_build_could_read_is_refused(
    workspace: Workspace, name: str, text: str, told: str
) -> None:
    (workspace.root / name).write_text(text)
    new = invoke(workspace, "new", "letter", "--from", name)
    assert new.exit_code == 1
    assert new.stderr.startswith(f"{name}:1:1: ")
    assert told in new.stderr
    assert new.stderr.count("\n") == 1
    assert not (workspace.campaigns / "letter").exists()


@pytest.mark.parametrize("address", ["/feed.xml", "/letter/", "/.git/x"])
def test_an_earlier_address_that_cannot_be_is_kept_as_own_data(workspace: Workspace, address: str) -> None:
    letter = document(workspace, f"---\nredirect_from: [{address}]\n---\nText.\n")
    invoke(workspace, "new", "letter", "--from", letter)
    assert made(workspace, "letter").front_matter.params == {"redirect_from": (address,)}
    assert invoke(workspace, "build", "letter", "--drafts").exit_code == 0


def test_pictures_that_are_not_there_are_named(workspace: Workspace) -> None:
    letter = document(
        workspace, "---\ncover: /hero.jpg\n---\n![A plan](img/gone.png) and ![far](https://x.org/y)\n"
    )
    result = invoke(workspace, "new", "letter", "--from", letter)
    (told,) = result.stderr.splitlines()
    assert told.startswith(f"Note: {letter} shows pictures that could not be taken along: ")
    assert "along: /hero.jpg, img/gone.png, https://x.org/y. Their words stand in their places." in told
    campaign = made(workspace, "letter")
    assert campaign.body.strip() == "A plan and [far](https://x.org/y)"
    assert campaign.front_matter.params == {"cover": "/hero.jpg"}


def test_pictures_that_are_not_there_are_named_for_a_page_too(workspace: Workspace) -> None:
    page = workspace.root / "page.html"
    page.write_text("<p>Text <img src=gone.png alt='a plan'>.</p>", encoding="utf-8")
    result = invoke(workspace, "new", "letter", "--from", page)
    assert "could not be taken along: gone.png." in result.stderr
    assert made(workspace, "letter").body.strip() == "Text a plan."


def test_a_picture_without_words_waits_until_somebody_gives_it_some(workspace: Workspace) -> None:
    (workspace.root / "hero.gif").write_bytes(DOT)
    letter = document(workspace, "---\nimage: ./hero.gif\n---\nText.\n")
    result = invoke(workspace, "new", "letter", "--from", letter)
    assert result.stderr.startswith("Note: Nobody says what ./hero.gif shows")
    assert made(workspace, "letter").front_matter.params == {"image": "./hero.gif"}
    assert (workspace.campaigns / "letter" / "hero.gif").read_bytes() == DOT


def test_a_picture_with_words_is_the_articles(workspace: Workspace) -> None:
    (workspace.root / "hero.gif").write_bytes(DOT)
    letter = document(workspace, "---\nimage: ./hero.gif\nalt: A dot\n---\nText.\n")
    assert invoke(workspace, "new", "letter", "--from", letter).stderr == ""
    meant = made(workspace, "letter").front_matter
    assert (meant.image, meant.image_alt) == ("hero.gif", "A dot")
    assert invoke(workspace, "build", "letter", "--drafts").exit_code == 0


def test_citations_of_sources_that_nobody_describes_are_named(workspace: Workspace) -> None:
    (workspace.root / "sources.yaml").write_text("shared:\n  title: Shared\n", encoding="utf-8")
    letter = document(
        workspace, "---\nsources: {own: {title: Own}}\n---\nOne [@own; @shared], two [@smith].\n"
    )
    result = invoke(workspace, "new", "letter", "--from", letter)
    assert result.stderr.startswith("Note: Nobody describes the sources smith, so")
    assert made(workspace, "letter").body.strip() == r"One [@own; @shared], two \[@smith]."


def test_merge_fields_of_the_workspace_stay(workspace: Workspace) -> None:
    with (workspace.root / "campaigner.toml").open("a", encoding="utf-8") as file:
        file.write('[reader.fields.profession]\nlabel = "Profession"\n')
    text = 'Dear {{ reader.profession | default("reader") }}, {{ reader.age | default("x") }}.\n'
    invoke(workspace, "new", "letter", "--from", document(workspace, text))
    assert made(workspace, "letter").body.strip() == text.strip().replace("{{ reader.age", r"\{{ reader.age")


def test_a_draft_knows_whether_it_has_a_date(workspace: Workspace) -> None:
    invoke(workspace, "new", "dated", "--from", document(workspace, "---\ndate: 2026-11-02\n---\nText.\n"))
    invoke(workspace, "new", "undated", "--from", document(workspace, "Text.\n"))
    invoke(workspace, "new", "fresh")

    def above_draft(slug: str) -> str:
        article = (workspace.campaigns / slug / "article.md").read_text(encoding="utf-8")
        return article[: article.index("draft: true")].rpartition("\n\n")[2]

    assert above_draft("dated").endswith(
        "# A draft stays out of the site and of the mail. When it is ready, take this out:\n"
    )
    for slug in ("undated", "fresh"):
        assert above_draft(slug).count("date: 2026-11-01") == 1
    assert "The day it is published" not in above_draft("fresh")
    assert str(made(workspace, "dated").front_matter.date) == "2026-11-02"


def test_nothing_of_the_starter_gets_into_a_draft_of_a_document(workspace: Workspace) -> None:
    invoke(workspace, "new", "letter", "--from", document(workspace, "- only\n- a list\n"))
    assert made(workspace, "letter").front_matter.description == ""
    assert os.listdir(workspace.campaigns / "letter") == ["article.md"]


@pytest.mark.parametrize("title", ["{{ page.title }}", "two\nlines"])
def test_a_title_that_no_article_could_have_is_wrong_usage(workspace: Workspace, title: str) -> None:
    assert invoke(workspace, "new", "letter", "--title", title).exit_code == 2


def test_a_title_with_braces_builds(workspace: Workspace) -> None:
    text = "---\ntitle: What {% raw %} is\n---\nText.\n"
    invoke(workspace, "new", "letter", "--from", document(workspace, text))
    built = invoke(workspace, "build", "letter", "--drafts")
    assert built.exit_code == 0, built.stderr
    subject = (workspace.output / "mail" / "letter" / "subject.txt").read_text(encoding="utf-8")
    assert subject.replace("\u200b", "") == "What {% raw %} is\n"


def test_pictures_of_a_document_come_along(workspace: Workspace) -> None:
    (workspace.root / "pictures").mkdir()
    (workspace.root / "pictures" / "dot.gif").write_bytes(DOT)
    letter = workspace.root / "letter.md"
    letter.write_text("Text.\n\n![A dot](pictures/dot.gif)\n", encoding="utf-8")
    assert invoke(workspace, "new", "letter", "--from", letter).exit_code == 0
    assert (workspace.campaigns / "letter" / "pictures" / "dot.gif").is_file()
    assert invoke(workspace, "build", "letter", "--drafts").exit_code == 0


def test_a_campaign_that_is_there_is_not_overwritten(workspace: Workspace) -> None:
    before = (workspace.campaigns / "spring-offer" / "article.md").read_bytes()
    result = invoke(workspace, "new", "spring-offer")
    assert result.exit_code == 1
    assert "there is a folder campaigns/spring-offer already" in result.stderr
    assert (workspace.campaigns / "spring-offer" / "article.md").read_bytes() == before


@pytest.mark.parametrize("slug", ["../up", "a/b", "tags", "con", "", ".hidden", "a b", "\U00010428" * 90])
def test_a_slug_that_cannot_be_is_wrong_usage(workspace: Workspace, slug: str) -> None:
    result = invoke(workspace, "new", slug)
    assert result.exit_code == 2
    assert len(list(workspace.campaigns.iterdir())) == 1


def test_a_document_that_is_not_there_leaves_nothing_behind(workspace: Workspace) -> None:
    result = invoke(workspace, "new", "letter", "--from", "nowhere.md")
    assert result.exit_code == 1
    assert "nowhere.md:1:1: there is no such file" in result.stderr
    assert [folder.name for folder in workspace.campaigns.iterdir()] == ["spring-offer"]


@pytest.mark.skipif(not SEED.is_file(), reason=f"the user's own article is not here: {SEED}")
class TestTheUsersOwnArticle:
    """The main job on real input."""

    def test_it_becomes_a_draft_that_builds(self, workspace: Workspace) -> None:
        assert invoke(workspace, "new", "unlicensed", "--from", SEED).exit_code == 0
        result = invoke(workspace, "build", "unlicensed", "--drafts")
        assert result.exit_code == 0, result.stderr
        mail = workspace.output / "mail" / "unlicensed"
        assert {file.name for file in mail.iterdir()} == {
            "newsletter.html",
            "newsletter.txt",
            "newsletter.eml",
            "subject.txt",
        }

    def test_its_title_is_the_slug_in_words_since_it_has_none(self, workspace: Workspace) -> None:
        invoke(workspace, "new", "unlicensed-toxin", "--from", SEED)
        assert made(workspace, "unlicensed-toxin").front_matter.title == "Unlicensed toxin"

    def test_every_heading_list_and_paragraph_is_one(self, workspace: Workspace) -> None:
        invoke(workspace, "new", "unlicensed", "--from", SEED)
        blocks = made(workspace, "unlicensed").body.strip().split("\n\n")
        source = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
        headings = [block for block in blocks if block.startswith("## ")]
        items = [line for block in blocks for line in block.splitlines() if line.startswith("- ")]
        assert len(headings) == sum(len(line) < 60 and not line.endswith(".") for line in source)
        assert len(items) == sum(line.startswith("- ") for line in source)
        paragraphs = [block for block in blocks if not block.startswith(("## ", "- "))]
        assert all("\n" not in block for block in paragraphs)
        assert len(headings) + len(items) + len(paragraphs) == len(source)
