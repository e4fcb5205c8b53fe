"""Bad input: every fault in one run, at its line and column, with what to do, and nothing written."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from campaigner.cli import main
from campaigner.content.workspace import Workspace
from cli.conftest import FAULT, Outcome, Run, run_in
from conftest import ARTICLE, SETTINGS, WriteFiles
from publisher import condition
from publisher import picture as small_picture

SOURCE = Path(__file__).parents[2] / "src"
CORRUPT = b"\x89PNG\r\n\x1a\nno picture at all"


def article(*lines: str, body: str = "Hello.") -> str:
    """An article that is right but for these further lines of front matter, the first of them line 4."""
    return "\n".join(["---", "title: Spring offer", "date: 2026-11-01", *lines, "---", "", body, ""])


#: by folder: its article and, for each fault, line, column, words of the message, words of the hint
ARTICLES: dict[str, tuple[str | bytes, list[tuple[int, int, str, str]]]] = {
    "unclosed": ("---\ntitle: x\n", [(1, 1, "the front matter is never closed", "line ---")]),
    "unclosed-quote": (article('description: "one'), [(4, 14, "quote is never closed", "Check quotes")]),
    "unclosed-list": (article("tags: [a, b"), [(4, 7, "not closed", "brackets")]),
    "colon": (article("description: Botox: a guide"), [(4, 19, "this is no YAML", "between quotes")]),
    "tab": (article("newsletter:", "\tbody: full"), [(5, 1, "this is no YAML", "not with tabs")]),
    "bad-date": (
        "---\ntitle: x\ndate: 2024-13-45\n---\nText\n",
        [(3, 7, '"2024-13-45" is no date', "Write 2026-11-01")],
    ),
    "no-zone": (article("updated: 2026-11-01 09:00"), [(4, 10, "has no time zone", "+01:00")]),
    "no-such-zone": (
        article("updated: 2026-11-01T09:00+99:99"),
        [(4, 10, '"2026-11-01T09:00+99:99" is no date', "Write 2026-11-01")],
    ),
    "unknown-key": (article("desciption: x"), [(4, 1, 'unknown key "desciption"', '"description"')]),
    "unknown-alias": (article("last_modifed: x"), [(4, 1, 'unknown key "last_modifed"', '"updated"')]),
    "unknown-inner-key": (
        article("newsletter:", "  subjet: x"),
        [(5, 3, 'unknown key "subjet"', '"subject"')],
    ),
    "unknown-deep-key": (
        article("landing:", "  faq:", "    - question: a", "      answr: b"),
        [(6, 7, '"answer" is missing', "answer: …"), (7, 7, 'unknown key "answr"', '"answer"')],
    ),
    "wrong-types": (
        article("draft: maybe", "tags: {a: b}", "newsletter: hello", "canonical_url: [a]"),
        [
            (4, 8, '"draft": must be true or false', "Write true"),
            (5, 7, '"tags": must be a list', "[one, two]"),
            (6, 13, '"newsletter": must be a block', "below it"),
            (7, 16, '"canonical_url": must be text', "between quotes"),
        ],
    ),
    "wrong-choice": (
        article("newsletter:", "  body: fulll"),
        [(5, 9, "must be 'full' or 'excerpt'", '"full"')],
    ),
    "no-title": ("---\ndate: 2026-11-01\n---\nText\n", [(1, 1, '"title" is missing', "title: …")]),
    "empty-title": (
        "---\ntitle:\ndate: 2026-11-01\n---\nText\n",
        [(2, 1, '"title" is missing', "title: …")],
    ),
    "no-date": ("---\ntitle: x\n---\nText\n", [(2, 1, "needs a date", "draft: true")]),
    "key-twice": (article("lang: en", "lang: de"), [(5, 1, 'the key "lang" is here twice', "Keep one")]),
    "two-names": (
        article("summary: a", "excerpt: b"),
        [(5, 1, '"excerpt" says what "description" says already', "Keep one")],
    ),
    "two-lines": (article("description: |", "  one", "  two"), [(4, 14, "must be one line", "fold it")]),
    "yaml-tag": (
        article("description: !!python/object:os.system x"),
        [(4, 14, "`!` at the beginning of a value", "quotes")],
    ),
    "yaml-alias": (
        article("tags: &all [a]", "params: *all"),
        [(4, 7, "`&`", "quotes"), (5, 9, "`*`", "quotes")],
    ),
    "yaml-merge": (article("<<: {lang: de}"), [(4, 1, "a key must be a plain word", "key: value")]),
    "deep": (article("params: " + "[" * 60 + "]" * 60), [(4, 48, "more than 40 deep", "levels")]),
    "control": (article('description: "a\\u0008b"'), [(4, 14, "control character (U+0008)", "Take it out")]),
    "control-in-text": (article(body="a\x0bb"), [(6, 2, "control character (U+000B)", "Take it out")]),
    "line-separator": (article('description: "a\\u2028b"'), [(4, 14, "U+2028", "one line")]),
    "ends-before": (
        article("expiry_date: 2026-10-01"),
        [(4, 1, "would end before it begins", "later expiry_date")],
    ),
    "slug-with-dots": (article("slug: ../x"), [(4, 7, '"../x" is no slug', "letters, digits")]),
    "slug-reserved": (article("slug: tags"), [(4, 7, '"tags" is a reserved name', "another")]),
    "slug-of-many-bytes": (
        article(f"slug: {chr(0x10400) * 100}"),
        [(4, 7, "at most 240 bytes, this one has 400", "shorter")],
    ),
    "slug-device": (article("slug: CON"), [(4, 7, '"CON" is a reserved name', "another")]),
    "assets": (article(), [(1, 1, '"assets" is a reserved name', "Rename the folder")]),
    "No slug!": (article(), [(1, 1, '"No slug!" is no slug', "Rename the folder")]),
    "twice-one": (
        article("slug: twice"),
        [(4, 1, 'the slug "twice" is taken by campaigns/twice-two/article.md', "another `slug")],
    ),
    "twice-two": (
        article("lang: en", "slug: Twice"),
        [(5, 1, 'the slug "twice" is taken by campaigns/twice-one/article.md', "another `slug")],
    ),
    "alias-taken": (
        article("aliases: [/twice-alias/]"),
        [(4, 11, 'the alias "twice-alias" is taken by campaigns/twice-alias/article.md', "out")],
    ),
    "twice-alias": (article(), [(1, 1, "is taken by campaigns/alias-taken/article.md", "another")]),
    "alias-odd": (article("aliases: [../up]"), [(4, 11, "no address of this site", "/old-name/")]),
    "citation": (
        article("sources:", "  cdc-2024:", "    title: x", body="One [@cdc-2023].\n\nTwo [@who]."),
        [(9, 5, 'no source "cdc-2023"', '"cdc-2024"'), (11, 5, 'no source "who"', "cdc-2024")],
    ),
    "picture-missing": (
        article(body="\n![A clinic](clinc.png)"),
        [(7, 1, '"clinc.png" is not there', "correct")],
    ),
    "picture-missing-elsewhere": (
        article(body="\n![A clinic](../b/c.png) ![A](more%20of/d.png)"),
        [
            (7, 1, 'the picture "../b/c.png" is not there', "Put it there"),
            (7, 25, 'the picture "more%20of/d.png" is not there', "Put it there"),
        ],
    ),
    "picture-long-name": (
        article(body=f"\n![A]({'a' * 300}.png)"),
        [(7, 1, "this is no name of a picture", "Name a file")],
    ),
    "picture-corrupt": (
        article("image: corrupt.png", "image_alt: x", body="![A clinic](corrupt.png)"),
        [(4, 1, '"corrupt.png" is damaged', "Export"), (8, 1, '"corrupt.png" is damaged', "Export")],
    ),
    "picture-without-alt": (
        article("image: corrupt.png", body="![](fine.png)"),
        [
            (4, 1, '"corrupt.png" is damaged', "Export"),
            (4, 1, "no alternative text", "image_alt"),
            (7, 1, "no alternative text", "between the brackets"),
        ],
    ),
    "picture-outside": (
        article(body="![A](../../../a.png)\n\n![B](https://x.example/b.png)"),
        [(6, 1, "not inside the workspace", "Copy it"), (8, 1, "not beside the article", "Download it")],
    ),
    "picture-without-address": (
        article(body="![A]()\n\n![B](data:image/png;base64,AA)\n\n<img alt=C>\n\n![]()"),
        [
            (6, 1, "no address that can be shown", "Name a file"),
            (8, 1, "no address that can be shown", "Name a file"),
            (10, 1, "no address that can be shown", "Name a file"),
            (12, 1, "no address that can be shown", "Name a file"),
        ],
    ),
    "picture-written-as-html": (
        article(body='A vial: <img src="data:image/png;base64,AA" alt="B">\n<img src=c.png alt="C &amp; D">'),
        [
            (6, 9, "no address that can be shown", "Name a file"),
            (7, 1, '"c.png" is not there', "Put it there"),
        ],
    ),
    "picture-is-folder": (article(body="![A](.)"), [(6, 1, "is a folder", "Name a file")]),
    "merge-fields": (
        article(
            "newsletter:",
            "  subject: Hi {{ reader.first_name }}",
            body='{{ reader.zip | default("x") }}\n{{ 7 * 7 }} {% for a in b %} {# c #} `{{ fine }}`',
        ),
        [
            (5, 3, '"reader.first_name" has no fallback', "default("),
            (8, 1, 'no merge field "reader.zip"', "first_name"),
            (9, 1, "content runs no code: {{ 7 * 7 }}", "to show two braces"),
            (9, 13, "content runs no code: {% for a in b %}", "to show two braces"),
            (9, 30, "content runs no code: {# c #}", "to show two braces"),
        ],
    ),
    "merge-in-title": (
        "---\ntitle: Hi {{ reader.first_name }}\ndate: 2026-11-01\n---\nText\n",
        [(2, 8, "merge fields do not work here", "newsletter.subject")],
    ),
    "container": (
        article(body="::: unknown\nText\n:::\n\n::: note\nText"),
        [(6, 1, 'no block "unknown"', "note"), (10, 1, "never closed", ":::")],
    ),
    "not-utf8": (article(body="Gr\xfc\xdfe").encode("latin-1"), [(6, 3, "not UTF-8: byte 0xfc", "as UTF-8")]),
    "utf16": (article().encode("utf-16-le"), [(1, 2, "control character (U+0000)", "plain text")]),
    "empty": ("", [(1, 1, "the article is empty", "three lines")]),
    "blank": (" \n\n", [(1, 1, "the article is empty", "three lines")]),
    "no-front-matter": ("# Title\n\nText\n", [(1, 1, "no front matter", "three lines")]),
    "late-front-matter": ("\n" + article(), [(1, 1, "does not begin on the first line", "three lines")]),
    "empty-front-matter": (
        "---\n---\nText\n",
        [(1, 1, '"title" is missing', "title: …"), (1, 1, "needs a date", "draft: true")],
    ),
    "no-text": (article(body=""), [(5, 1, "has no text", "Write below")]),
    "too-large": (article(body="x" * 2_000_000), [(1, 1, "more than the 2,000,000", "largest_article")]),
    "several-kinds": (
        article("desciption: x", "date: soon", body="{{ x }} [@who]\n\n![A](nowhere.png)"),
        [
            (4, 1, 'unknown key "desciption"', '"description"'),
            (5, 1, 'the key "date" is here twice', "Keep one"),
            (5, 7, '"soon" is no date', "Write 2026-11-01"),
            (8, 1, "content runs no code", "to show two braces"),
            (8, 9, 'no source "who"', "sources"),
            (10, 1, '"nowhere.png" is not there', "correct the name"),
        ],
    ),
}


def fault_lines(outcome: Outcome, path: str) -> list[tuple[int, int, str]]:
    """Line, column and words of the faults of one file."""
    found = (FAULT.fullmatch(line) for line in outcome.faults)
    return [
        (int(one["line"]), int(one["column"]), one["told"]) for one in found if one and one["path"] == path
    ]


def put(root: Path, files: dict[str, str | bytes]) -> None:
    for name, content in ({"campaigner.toml": SETTINGS} | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome, dict[str, Any]]:
    """A workspace that is broken in every way, with what a build says of it in words and in JSON."""
    root = tmp_path_factory.mktemp("broken")
    put(root, {f"campaigns/{folder}/article.md": text for folder, (text, _) in ARTICLES.items()})
    put(root, {"campaigns/fine/article.md": ARTICLE})
    for folder in ("picture-corrupt", "picture-without-alt"):
        put(root, {f"campaigns/{folder}/corrupt.png": CORRUPT})
    shutil.copy(picture(root / "campaigns/picture-without-alt/fine.png"), root / "campaigns/fine")
    put(root, {"output/site/index.html": "what was built before"})
    outcome = run_in(root, "build", "--jobs", "1")
    return root, outcome, run_in(root, "build", "--jobs", "1", "--format", "json").told


def picture(path: Path) -> Path:
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 6), "#808080").save(path)
    return path


Broken = tuple[Path, Outcome, dict[str, Any]]


@pytest.mark.parametrize("folder", ARTICLES)
def test_a_fault_is_told_at_its_line_and_column_with_what_to_do(broken: Broken, folder: str) -> None:
    _, outcome, _ = broken
    told = fault_lines(outcome, f"campaigns/{folder}/article.md")
    wanted = ARTICLES[folder][1]
    assert [(line, column) for line, column, _ in told] == [(line, column) for line, column, _, _ in wanted]
    for (_, _, words), (_, _, message, hint) in zip(told, wanted, strict=True):
        assert message in words
        assert hint in words.replace(message, "", 1)


@pytest.mark.parametrize("folder", ARTICLES)
def test_programs_are_told_the_same_faults_in_json(broken: Broken, folder: str) -> None:
    _, _, told = broken
    errors = [error for error in told["errors"] if error["path"] == f"campaigns/{folder}/article.md"]
    wanted = ARTICLES[folder][1]
    assert [(error["line"], error["column"]) for error in errors] == [(one[0], one[1]) for one in wanted]
    for error, (_, _, message, hint) in zip(errors, wanted, strict=True):
        assert set(error) == {"path", "line", "column", "message", "hint"}
        assert message in error["message"]
        assert hint in error["hint"]


def test_faults_make_exit_code_1_and_leave_the_output_untouched(broken: Broken) -> None:
    root, outcome, told = broken
    assert outcome.exit_code == 1
    assert outcome.out == ""
    assert told["campaigns"] == told["unchanged"] == 0
    assert told["written"] == told["removed"] == []
    assert [file.relative_to(root).as_posix() for file in (root / "output").rglob("*.*")] == [
        "output/site/index.html"
    ]
    assert (root / "output/site/index.html").read_text() == "what was built before"
    assert {entry.name for entry in root.iterdir()} == {
        "campaigner.toml",
        "campaigns",
        "output",
        ".campaigner",
    }


def test_a_campaign_without_faults_is_not_blamed(broken: Broken) -> None:
    assert fault_lines(broken[1], "campaigns/fine/article.md") == []


def test_list_tells_the_faults_too(broken: Broken) -> None:
    told = run_in(broken[0], "list", "--format", "json").told
    assert "campaigns/bad-date/article.md" in {error["path"] for error in told["errors"]}
    assert [campaign["slug"] for campaign in told["campaigns"] if campaign["slug"] == "spring-offer"] == []
    assert run_in(broken[0], "list").exit_code == 1


#: by name: further files, and the faults: path, line, column, words
WORKSPACES: dict[str, tuple[dict[str, str | bytes], list[tuple[str, int, int, str]]]] = {
    "toml-syntax": (
        {"campaigner.toml": "[site\nname = 1\n"},
        [("campaigner.toml", 1, 6, "this is no TOML: expected ']'")],
    ),
    "toml-empty": (
        {"campaigner.toml": ""},
        [("campaigner.toml", 1, 1, '"site" is missing. Add a line [site]')],
    ),
    "toml-keys": (
        {
            "campaigner.toml": SETTINGS
            + "nam = 1\n\n[brand]\nink = 'red'\n[sender]\naddress = 3\n[[social]]\nlabel = 'a'\nurl = 'javascript:a'\n"
        },
        [
            ("campaigner.toml", 4, 1, 'unknown key "nam". Did you mean "name"?'),
            ("campaigner.toml", 7, 1, '"red" is no colour. Write it as #rrggbb'),
            ("campaigner.toml", 9, 1, '"3" is no e-mail address. Write name@example.com'),
            ("campaigner.toml", 12, 1, '"javascript:a" is no web address. It must begin with https://'),
        ],
    ),
    "toml-not-utf8": (
        {"campaigner.toml": SETTINGS.encode() + b"# \xfc\n"},
        [("campaigner.toml", 4, 3, "this is not UTF-8: byte 0xfc")],
    ),
    "sources-syntax": ({"sources.yaml": "a: [b\n"}, [("sources.yaml", 1, 4, "not closed")]),
    "sources-keys": (
        {"sources.yaml": "a:\n  titel: x\nb b:\n  title: y\n"},
        [
            ("sources.yaml", 1, 1, '"title" is missing. Add `title: …`'),
            ("sources.yaml", 2, 3, 'unknown key "titel". Did you mean "title"?'),
            ("sources.yaml", 3, 1, '"sources.b b": has characters that it may not have'),
        ],
    ),
    "sources-list": ({"sources.yaml": "- a\n"}, [("sources.yaml", 1, 1, "must be lines of `key: value`")]),
    "template-missing": (
        {"templates/blog/post.html": "{# ours #}\n{% extends '_layouts/pgae.html' %}\n"},
        [
            (
                "templates/blog/post.html",
                2,
                1,
                'no template "_layouts/pgae.html". Did you mean "_layouts/page.html"?',
            )
        ],
    ),
    "template-name": (
        {"templates/blog/post.html": "<p>\n{{ titel }}"},
        [("templates/blog/post.html", 2, 1, "'titel' is undefined. A page's template gets page, site")],
    ),
    "template-like-none": (
        {"templates/blog/post.html": "{% extends 'nope.html' %}"},
        [
            (
                "templates/blog/post.html",
                1,
                1,
                'there is no template "nope.html". templates/README.md says which there are.',
            )
        ],
    ),
    "template-attribute": (
        {"templates/blog/post.html": "<p>\n\n{{ page.titel }}"},
        [("templates/blog/post.html", 3, 1, 'there is no "titel" here. Did you mean "title"?')],
    ),
    "template-words": (
        {"templates/landing/index.html": "\n{{ words('red_more') }}"},
        [("templates/landing/index.html", 2, 1, 'there are no words "red_more". Did you mean "more"?')],
    ),
    "template-syntax": (
        {"templates/blog/post.html": "<p>\n{{ page.title }"},
        [("templates/blog/post.html", 2, 1, "unexpected '}'. Check the braces")],
    ),
    "template-unclosed": (
        {"templates/newsletter/body.html": "<p>\n{% if page %}"},
        [("templates/newsletter/body.html", 2, 1, "Unexpected end of template")],
    ),
    "template-filter": (
        {"templates/blog/index.html": "\n{{ site.name | shout }}"},
        [("templates/blog/index.html", 2, 1, "No filter named 'shout'")],
    ),
    "template-python": (
        {"templates/blog/post.html": "\n{{ page.title.__class__ }}"},
        [("templates/blog/post.html", 2, 1, "'__class__'")],
    ),
    "template-circle": (
        {"templates/blog/post.html": "{% include 'blog/post.html' %}"},
        [("templates/blog/post.html", 1, 1, "loads itself")],
    ),
    "template-not-utf8": (
        {"templates/blog/post.html": b"<p>\n  \xff"},
        [("templates/blog/post.html", 2, 3, "this is not UTF-8")],
    ),
    "template-part": (
        {
            "campaigns/spring-offer/article.md": article(body="::: note\nText\n:::"),
            "templates/_parts/page/callout.html": "{% macro callout(kind, title, content, words) %}\n"
            "{{ nothing }}\n{% endmacro %}",
        },
        [("templates/_parts/page/callout.html", 2, 1, "'nothing' is undefined")],
    ),
    "template-part-gone": (
        {
            "campaigns/spring-offer/article.md": article(body="::: note\nText\n:::"),
            "templates/_parts/email/callout.html": "nothing",
        },
        [("templates/_parts/email/callout.html", 1, 1, 'there is no macro "callout"')],
    ),
    "mail-empty": (
        {"templates/newsletter/body.html": ""},
        [("templates/newsletter/body.html", 1, 1, "the mail has no <body>. Begin it with")],
    ),
    "mail-frame-empty": (
        {"templates/_layouts/email.html": "\n"},
        [("templates/newsletter/body.html", 1, 1, "the mail has no <body>")],
    ),
    "subject-control": (
        {"templates/newsletter/subject.txt": "a {{ '\\x01' }}"},
        [("templates/newsletter/subject.txt", 1, 1, "a control character (U+0001) is at position 3")],
    ),
    "page-nul": (
        {"templates/blog/post.html": "a {{ '\\x00' }}"},
        [("templates/blog/post.html", 1, 1, "it makes a NUL")],
    ),
    "page-surrogate": (
        {"templates/blog/index.html": "a {{ '\\ud800' }}"},
        [("templates/blog/index.html", 1, 1, "surrogates not allowed")],
    ),
    "page-endless": (
        {"templates/landing/index.html": "<p>\n{{ 'x' * (10 ** 15) }}"},
        [("templates/landing/index.html", 2, 1, "makes more than there is room for. Let it make less")],
    ),
    "words-item": (
        {"templates/words/en.toml": 'reading_time = "{count[x]}"\n'},
        [("templates/words", 1, 1, 'the words "reading_time" have a blank that nothing fills')],
    ),
    "words-syntax": (
        {"templates/words/en.toml": "more = \n"},
        [("templates/words/en.toml", 1, 1, "this is no TOML")],
    ),
    "words-blank": (
        {"templates/words/en.toml": 'reading_time = "{minutes} min"\n'},
        [("templates/words", 1, 1, 'the words "reading_time" have a blank that nothing fills')],
    ),
    "logo-missing": (
        {"campaigner.toml": SETTINGS + "[brand]\nlogo = 'art/logo.png'\nfont_files = { A = 'a.woff2' }\n"},
        [
            ("campaigner.toml", 5, 1, 'brand.logo: the picture "art/logo.png" is not there'),
            ("campaigner.toml", 6, 1, 'brand.font_files: there is no font file "a.woff2"'),
        ],
    ),
}


@pytest.mark.parametrize("name", WORKSPACES)
def test_what_all_campaigns_share_is_told_at_its_place(
    write_files: WriteFiles, campaigner: Run, name: str
) -> None:
    files, wanted = WORKSPACES[name]
    write_files({"campaigns/spring-offer/article.md": ARTICLE, **files})
    outcome = campaigner("build")
    assert outcome.exit_code == 1
    found = [FAULT.fullmatch(line) for line in outcome.faults]
    assert [(one["path"], int(one["line"]), int(one["column"])) for one in found if one] == [
        one[:3] for one in wanted
    ]
    for line, (_, _, _, words) in zip(outcome.faults, wanted, strict=True):
        assert words in line
    assert "Traceback" not in outcome.err


def test_settings_sources_templates_and_articles_are_told_in_one_run(
    write_files: WriteFiles, campaigner: Run
) -> None:
    write_files(
        {
            "campaigner.toml": SETTINGS + "nam = 1\n",
            "sources.yaml": "a:\n  titel: x\n",
            "templates/blog/post.html": "{{ nothing }}",
            "campaigns/one/article.md": article("desciption: x"),
            "campaigns/two/article.md": article(body="[@a] {{ x }}"),
        }
    )
    found = [line.split(":")[0] for line in campaigner("build").faults]
    assert found == [
        "campaigner.toml",
        "campaigns/one/article.md",
        "campaigns/two/article.md",
        "sources.yaml",
        "sources.yaml",
        "templates/blog/post.html",
    ]


def test_settings_that_are_no_toml_do_not_hide_other_faults(write_files: WriteFiles, campaigner: Run) -> None:
    write_files(
        {
            "campaigner.toml": "[site",
            "sources.yaml": "[",
            "campaigns/one/article.md": article("desciption: x"),
        }
    )
    found = [line.split(":")[0] for line in campaigner("build").faults]
    assert found == ["campaigner.toml", "campaigns/one/article.md", "sources.yaml"]


BODY = "\n".join(("[@nobody]", "", "![a](no.png)", "", '{{ reader.job | default("x") }}', "", "{{ 7*7 }}"))
ONE = "campaigns/one/article.md"


def told(outcome: Outcome) -> list[tuple[str, int, str]]:
    places = (line.split(": ", maxsplit=1) for line in outcome.faults)
    return [(place.split(":")[0], int(place.split(":")[1]), message) for place, message in places]


@pytest.mark.parametrize(
    ("broken", "line"),
    [('title: "one', 2), ("title: a: b", 2), ("- a\n- b", 2), ("title: x\ndate: 2026-11-01\nsources: no", 4)],
)
def test_front_matter_that_cannot_be_read_does_not_hide_what_is_wrong_with_the_text(
    write_files: WriteFiles, campaigner: Run, broken: str, line: int
) -> None:
    body = BODY.replace("reader.job", "reader.name")
    write_files({"campaigns/one/article.md": f"---\n{broken}\n---\n{body}\n"})
    found = told(campaigner("build"))
    first = broken.count("\n") + 4
    assert [one[1] for one in found] == [line, first + 2, first + 6]


def test_an_unknown_merge_field_is_told_below_front_matter_that_cannot_be_read(
    write_files: WriteFiles, campaigner: Run
) -> None:
    write_files({"campaigns/one/article.md": '---\ntitle: "one\n---\n' + BODY})
    assert 'there is no merge field "reader.job"' in [
        one[2].partition(". ")[0] for one in told(campaigner("build"))
    ]


def test_sources_that_cannot_be_read_hide_no_faults_of_articles_and_make_none(
    write_files: WriteFiles, campaigner: Run
) -> None:
    write_files({"sources.yaml": "a: [", "campaigns/one/article.md": article(body=BODY)})
    found = [(path, line) for path, line, _ in told(campaigner("build"))]
    assert found == [(ONE, 8), (ONE, 10), (ONE, 12), ("sources.yaml", 1)]


def test_settings_that_cannot_be_read_hide_no_faults_of_articles_and_make_none(
    write_files: WriteFiles, campaigner: Run
) -> None:
    subject = article("newsletter:", '  subject: For {{ reader.job | default("you") }}', body=BODY)
    write_files({"campaigner.toml": "[site", "campaigns/one/article.md": subject})
    found = [(path, line) for path, line, _ in told(campaigner("build"))]
    assert found == [("campaigner.toml", 1), (ONE, 8), (ONE, 10), (ONE, 14)]


def test_an_article_that_may_be_large_is_not_blamed_where_settings_cannot_be_read(
    write_files: WriteFiles, campaigner: Run
) -> None:
    write_files({"campaigner.toml": "[site", "campaigns/one/article.md": article(body="Word. " * 400_000)})
    assert [path for path, _, _ in told(campaigner("build"))] == ["campaigner.toml"]


def test_a_merge_field_that_may_be_in_a_broken_table_is_not_blamed(
    write_files: WriteFiles, campaigner: Run
) -> None:
    write_files(
        {
            "campaigner.toml": SETTINGS + "[reader.fields.job]\nlabl = 'Job'\n",
            "campaigns/one/article.md": article(body='{{ reader.job | default("x") }} {{ reader.name }}'),
        }
    )
    found = told(campaigner("build"))
    assert {path for path, _, _ in found} == {"campaigner.toml", ONE}
    (message,) = (message for path, _, message in found if path == ONE)
    assert message.startswith('the merge field "reader.name" has no fallback')


def test_everything_broken_at_once_is_told_at_once(write_files: WriteFiles, campaigner: Run) -> None:
    write_files(
        {
            "campaigner.toml": "[site",
            "sources.yaml": "[",
            "campaigns/one/article.md": '---\ntitle: "one\n---\n' + BODY,
            "campaigns/two/article.md": article(body=BODY),
        }
    )
    outcome = campaigner("build")
    assert [(path, line) for path, line, _ in told(outcome)] == [
        ("campaigner.toml", 1),
        *[(ONE, 2), (ONE, 6), (ONE, 10)],
        *[("campaigns/two/article.md", 8), ("campaigns/two/article.md", 12)],
        ("sources.yaml", 1),
    ]
    assert outcome.exit_code == 1


def test_the_size_an_article_may_have_can_be_set(write_files: WriteFiles, campaigner: Run) -> None:
    settings = SETTINGS + "[content]\nlargest_article = 40\n"
    write_files({"campaigner.toml": settings, "campaigns/spring-offer/article.md": ARTICLE})
    (fault,) = campaigner("build").faults
    assert fault == (
        "campaigns/spring-offer/article.md:1:1: the file has 64 bytes, more than the 40 it may have. "
        "Split it, or raise content.largest_article in campaigner.toml."
    )


def test_where_there_is_no_workspace_it_says_how_to_make_one(campaigner: Run) -> None:
    outcome = campaigner("build")
    assert outcome.exit_code == 1
    (fault,) = outcome.faults
    assert "there is no workspace here" in fault
    assert "campaigner init" in fault


@pytest.mark.parametrize("files", [{}, {"campaigns/notes.txt": "x"}, {"campaigns/pictures/a.txt": "x"}])
def test_where_there_are_no_campaigns_it_says_how_to_make_one(
    write_files: WriteFiles, campaigner: Run, files: dict[str, str | bytes]
) -> None:
    write_files(files)
    outcome = campaigner("build")
    assert outcome.exit_code == 1
    (fault,) = outcome.faults
    assert fault.startswith("campaigns:1:1: there ")
    assert "campaigner new SLUG" in fault


def test_an_unknown_slug_is_wrong_usage_and_the_nearest_is_named(workspace: object, campaigner: Run) -> None:
    outcome = campaigner("build", "sprin-offer")
    assert outcome.exit_code == 2
    assert outcome.faults == [
        'campaigns:1:1: there is no campaign "sprin-offer". Did you mean "spring-offer"?'
    ]
    assert campaigner("build", "sprin-offer", "--format", "json").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--jbos", "1"],
        ["biuld"],
        ["build", "--merge-tags", "sendmail"],
        ["build", "--base-url", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2(workspace: object, campaigner: Run, arguments: list[str]) -> None:
    outcome = campaigner(*arguments)
    assert outcome.exit_code == 2
    assert "Error: " in outcome.err


def test_a_broken_campaign_can_be_named_by_its_slug(write_files: WriteFiles, campaigner: Run) -> None:
    write_files(
        {
            "campaigns/one/article.md": article("slug: spring", "desciption: x"),
            "campaigns/two/article.md": article("desciption: x"),
        }
    )
    outcome = campaigner("build", "spring")
    assert outcome.exit_code == 1
    assert [line.split(":")[0] for line in outcome.faults] == ["campaigns/one/article.md"]


def test_stray_files_and_folders_in_campaigns_do_no_harm(
    workspace: object, campaigner: Run, tmp_path: Path
) -> None:
    campaigns = tmp_path / "campaigns"
    (campaigns / "notes.txt").write_text("x")
    (campaigns / ".DS_Store").write_bytes(b"\0\xff")
    (campaigns / "article.md").write_text("x")
    (campaigns / "empty").mkdir()
    put(tmp_path, {"campaigns/_archive/article.md": "x", "campaigns/.git/article.md": "x"})
    put(tmp_path, {"campaigns/pictures/a.png": CORRUPT, "campaigns/spring-offer/notes/b.md": "---\n"})
    (campaigns / "gone").symlink_to("nowhere")
    (campaigns / "circle").symlink_to("circle")
    os.mkdir(os.fsencode(campaigns) + b"/\xff\xfe")
    os.mkfifo(campaigns / "pipe")
    outcome = campaigner("build")
    assert (outcome.exit_code, outcome.out.splitlines()[-1][:11]) == (0, "1 campaign:")


def test_a_folder_whose_name_is_no_text_is_told_in_words_and_in_json(
    workspace: object, campaigner: Run, tmp_path: Path
) -> None:
    folder = os.fsencode(tmp_path) + b"/campaigns/b\xff"
    os.mkdir(folder)
    Path(os.fsdecode(folder), "article.md").write_text(ARTICLE)
    (fault,) = campaigner("build").faults
    assert fault == r"campaigns/b\xff/article.md:1:1: the folder's name is not UTF-8. Rename the folder."
    (error,) = campaigner("build", "--format", "json").told["errors"]
    assert error["path"] == r"campaigns/b\xff/article.md"


#: what is a link to a place outside of the workspace, what it leads to, and the path that is told
LINKS = {
    "campaigns/two/article.md": ("article.md", "campaigns/two/article.md"),
    "campaigns/two": (".", "campaigns/two/article.md"),
    "campaigns/spring-offer/clinic.png": ("clinic.png", "campaigns/spring-offer/article.md"),
    "campaigner.toml": ("campaigner.toml", "campaigner.toml"),
    "sources.yaml": ("sources.yaml", "sources.yaml"),
    "templates/blog/post.html": ("post.html", "templates/blog/post.html"),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_out_of_the_workspace_is_a_fault(
    write_files: WriteFiles, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, link: str
) -> None:
    target, told = LINKS[link]
    outside = tmp_path_factory.mktemp("outside")
    put(outside, {"article.md": ARTICLE, "sources.yaml": "a:\n  title: x\n", "post.html": "<p>"})
    picture(outside / "clinic.png")
    text = article(body="![A clinic](clinic.png)") if link.endswith(".png") else ARTICLE
    write_files({"campaigns/spring-offer/article.md": text})
    place = tmp_path / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(outside / target)
    outcome = run_in(tmp_path, "build")
    assert outcome.exit_code == 1
    (fault,) = outcome.faults
    assert fault.startswith(f"{told}:")
    assert "outside of" in fault or "not inside the workspace" in fault
    assert "Copy" in fault
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("name", ["sources.yaml", "campaigns/two/article.md"])
def test_a_link_to_nowhere_is_a_fault(workspace: object, tmp_path: Path, campaigner: Run, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to("nowhere")
    (fault,) = campaigner("build").faults
    assert fault == f"{name}:1:1: there is no such file. Write it, or correct the name."


def test_a_pipe_or_a_folder_for_an_article_is_a_fault(
    workspace: object, tmp_path: Path, campaigner: Run
) -> None:
    (tmp_path / "campaigns/folder/article.md").mkdir(parents=True)
    (tmp_path / "campaigns/pipe").mkdir()
    os.mkfifo(tmp_path / "campaigns/pipe/article.md")
    assert [line.partition(": ")[2] for line in campaigner("build").faults] == [
        "this is not a file. Move it away, or give it another name."
    ] * 2


@pytest.fixture
def somebody(workspace: object, campaigner: Run) -> Iterator[Path]:
    """A workspace of a user who is not root, and be that user: root may read everything.

    Whatever the command needs of Python itself is loaded before, since that may be root's alone.
    """
    assert campaigner("build").exit_code == 0
    nobody = 65534 if os.geteuid() == 0 else os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        put(root, {"campaigns/spring-offer/article.md": ARTICLE, "campaigns/two/article.md": ARTICLE})
        for place in (root, *root.rglob("*")):
            os.chown(place, nobody, -1)
        before = os.geteuid()
        os.seteuid(nobody)
        try:
            yield root
        finally:
            os.seteuid(before)


@pytest.mark.parametrize("name", ["campaigns/two/article.md", "campaigner.toml"])
def test_a_file_that_may_not_be_read_is_told_to_whoever_is_not_root(somebody: Path, name: str) -> None:
    (somebody / name).chmod(0)
    outcome = run_in(somebody, "build", "--jobs", "1")
    assert outcome.exit_code == 1
    assert outcome.faults == [f"{name}:1:1: the file may not be read. Change its permissions."]
    assert not (somebody / "output").exists()


def test_in_a_folder_that_may_not_be_entered_there_is_no_workspace(somebody: Path) -> None:
    (somebody / "inside").mkdir()
    somebody.chmod(0)
    outcome = run_in(somebody / "inside", "build")
    somebody.chmod(0o755)
    assert outcome.exit_code == 1
    assert "there is no workspace here" in outcome.err


def test_folders_that_may_not_be_entered_are_told_too(somebody: Path) -> None:
    (somebody / "campaigns").chmod(0)
    (fault,) = run_in(somebody, "build").faults
    (somebody / "campaigns").chmod(0o755)
    assert fault == "campaigns:1:1: campaigns/ cannot be read: Permission denied. Change its permissions."


@pytest.mark.parametrize("mode", [0, 0o400])
def test_a_campaign_in_a_folder_that_may_not_be_read_is_not_taken_for_gone(somebody: Path, mode: int) -> None:
    assert run_in(somebody, "build", "--jobs", "1").exit_code == 0
    before = condition(somebody / "output")
    (somebody / "campaigns/two").chmod(mode)
    told = "campaigns/two:1:1: the folder may not be read. Change its permissions."
    assert run_in(somebody, "build", "--jobs", "1").faults == [told]
    assert condition(somebody / "output") == before
    listed = run_in(somebody, "list")
    assert listed.err == f"{told}\n"
    assert "spring-offer" in listed.out
    (somebody / "campaigns/two").chmod(0o755)
    assert " 0 files written" in run_in(somebody, "build", "--jobs", "1").out


def test_a_picture_in_a_folder_that_may_not_be_read_is_told(somebody: Path) -> None:
    text = ARTICLE + "\n![A field](pictures/field.png)\n"
    put(
        somebody, {"campaigns/two/article.md": text, "campaigns/two/pictures/field.png": small_picture("red")}
    )
    (somebody / "campaigns/two/pictures").chmod(0)
    (fault,) = run_in(somebody, "build", "--jobs", "1").faults
    assert fault.startswith("campaigns/two/article.md:8:1: ")


def test_templates_in_a_folder_that_may_not_be_read_are_told_and_not_done_without(somebody: Path) -> None:
    put(somebody, {"templates/blog/post.html": "mine"})
    (somebody / "templates/blog").chmod(0)
    (fault,) = run_in(somebody, "build", "--jobs", "1").faults
    assert fault.startswith("templates/blog:1:1: this cannot be read or written: Permission denied")


def test_a_link_in_campaigns_that_nobody_may_follow_does_no_harm(somebody: Path) -> None:
    (somebody / "closed/inside").mkdir(parents=True)
    (somebody / "closed").chmod(0)
    (somebody / "campaigns/link").symlink_to(somebody / "closed/inside")
    (somebody / "campaigns/circle").symlink_to("circle")
    assert run_in(somebody, "build", "--jobs", "1").exit_code == 0


def test_the_streams_of_the_real_program_are_kept_apart(write_files: WriteFiles, tmp_path: Path) -> None:
    write_files({"campaigns/spring-offer/article.md": article("desciption: x")})
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "NO_COLOR": "1"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "campaigner", "-C", str(tmp_path), "build", *arguments]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    told = run()
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines() == [
        'campaigns/spring-offer/article.md:4:1: unknown key "desciption". Did you mean "description"?',
        "Nothing was written: 1 fault.",
    ]
    as_json = run("--format", "json")
    assert (as_json.returncode, as_json.stderr) == (1, "")
    assert {key: value for key, value in json.loads(as_json.stdout).items() if key != "seconds"} == {
        "campaigns": 0,
        "written": [],
        "unchanged": 0,
        "removed": [],
        "errors": [
            {
                "path": "campaigns/spring-offer/article.md",
                "line": 4,
                "column": 1,
                "message": 'unknown key "desciption"',
                "hint": 'Did you mean "description"?',
            }
        ],
    }


def test_a_fault_that_quotes_odd_text_stays_one_line(write_files: WriteFiles, campaigner: Run) -> None:
    odd = '"\\x1b[31m\\n\\u2028\\u202e": x'
    write_files({"campaigns/spring-offer/article.md": article(odd)})
    (fault,) = campaigner("build").faults
    assert re.search(r"unknown key \"\\x1b\[31m\\n\\u2028\\u202e\"", fault)


def test_what_is_wrong_beside_a_broken_block_is_told_too(write_files: WriteFiles) -> None:
    article = "---\ntitle: x\ndate: 2026-01-01\n---\n[@zz] ![a](no.png)\n\n::: nte\n{{ 7*7 }}\n:::\n"
    workspace = write_files({"campaigns/a/article.md": article})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    told = [line.split(": ")[0] for line in result.stderr.splitlines() if line.startswith("campaigns/")]
    assert told == [f"campaigns/a/article.md:{place}" for place in ("5:1", "5:7", "7:1", "8:1")]


def test_a_stray_file_of_a_name_that_is_no_text_does_no_harm(write_files: WriteFiles) -> None:
    workspace = write_files(
        {
            "campaigns/a/article.md": ARTICLE,
            # what a template may name is not known: all of them are looked at
            "templates/blog/404.html": "{% include 'blog/' ~ 'x.html' ignore missing %}",
        }
    )
    for folder in ("templates", "templates/\udcff"):
        os.makedirs(os.fsencode(workspace.root / folder), exist_ok=True)
        Path(os.fsdecode(os.fsencode(workspace.root / folder / "stray\udcff.html"))).write_text("x")
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--jobs", "1"])
    assert result.exit_code == 0, result.output
    again = CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--jobs", "1"])
    assert "0 files written" in again.stdout


@pytest.mark.parametrize("epoch", ["99999999999999999999", "²", "-1e9", "today", "9" * 5_000])
def test_a_time_that_is_none_is_wrong_usage(workspace: Workspace, epoch: str) -> None:
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"], env={"SOURCE_DATE_EPOCH": epoch})
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_a_terminal_cannot_show_is_written_as_an_escape(write_files: WriteFiles, encoding: str) -> None:
    workspace = write_files({"campaigns/a/article.md": ARTICLE.replace("Spring offer", "春 offer")})
    told = subprocess.run(
        [sys.executable, "-m", "campaigner", "-C", str(workspace.root), "list"],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert told.returncode == 0, told.stderr
    assert b"\\u6625 offer" in told.stdout or "春 offer".encode() in told.stdout


def test_broken_settings_are_told_where_there_are_no_campaigns_too(write_files: WriteFiles) -> None:
    workspace = write_files({"campaigner.toml": "[site]\nname = 1\n", "campaigns/stray/note.txt": ""})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    assert "there are no campaigns" in result.stderr
    assert "campaigner.toml:1:1" in result.stderr


@pytest.mark.parametrize("body", ["1. " * 3_000, "a\n:   b\n" * 7_000], ids=["lists", "definitions"])
def test_nesting_that_no_page_could_show_is_a_fault(write_files: WriteFiles, body: str) -> None:
    workspace = write_files({"campaigns/a/article.md": f"---\ntitle: x\ndate: 2026-01-01\n---\n{body}"})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    assert result.exit_code == 1
    assert "campaigns/a/article.md:5:1: the article is nested too deeply" in result.stderr


@pytest.mark.parametrize("name", ["x%00.jpg", f"{'a' * 5_000}.jpg"], ids=["NUL", "long"])
def test_a_picture_that_no_file_system_could_hold_is_a_fault(write_files: WriteFiles, name: str) -> None:
    workspace = write_files(
        {"campaigns/a/article.md": f"---\ntitle: x\ndate: 2026-01-01\n---\n![a]({name})\n"}
    )
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    assert result.stderr.startswith("campaigns/a/article.md:5:1: this is no name of a picture")


@pytest.mark.parametrize(
    "address",
    [
        "https://x..com/",
        "https://a!b/",
        f"https://{'a' * 300}.com/",
        "https://x.com/a?b=c",
        "https://u:p@x.com/",
        "",
    ],
)
def test_a_base_url_that_pages_cannot_stand_below_is_wrong_usage(workspace: Workspace, address: str) -> None:
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--base-url", address])
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("fields", "line", "column"),
    [
        ('[reader.fields.profession_one]\nlabel = "a"\n[reader.fields.profession_two]\nlabel = "b"\n', 6, 1),
        ('[reader.fields]\nprofession_one.label = "a"\n\n  profession_two = { label = "b" }\n', 7, 3),
        ('[reader]\nfields = { profession_one = {label = "a"}, profession_two = {label = "b"} }\n', 5, 1),
    ],
)
def test_merge_fields_that_a_dialect_would_confuse_are_a_fault(
    write_files: WriteFiles, fields: str, line: int, column: int
) -> None:
    workspace = write_files({"campaigner.toml": SETTINGS + fields, "campaigns/a/article.md": ARTICLE})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--merge-tags", "mailchimp"])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        f"campaigner.toml:{line}:{column}: mailchimp cannot tell the merge fields "
        '"profession_one" and "profession_two" apart. Rename one under [reader.fields].'
    )
    assert CliRunner().invoke(main, ["-C", str(workspace.root), "build"]).exit_code == 0


def test_the_name_of_a_merge_field_is_held_against_what_every_dialect_can_write(
    write_files: WriteFiles,
) -> None:
    workspace = write_files(
        {
            "campaigner.toml": f'{SETTINGS}[reader.fields.first-name]\nlabel = "a"\n',
            "campaigns/a/article.md": ARTICLE,
        }
    )
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    assert result.stderr.startswith(
        'campaigner.toml:4:1: "reader.fields.first-name": "first-name" is no name of a merge field. Use letters'
    )


@pytest.mark.parametrize("dialect", ["campaigner", "mailchimp"])
def test_a_merge_field_that_is_always_there_may_have_a_label(write_files: WriteFiles, dialect: str) -> None:
    fields = '[reader.fields.first_name]\nlabel = "What friends call you"\n'
    workspace = write_files({"campaigner.toml": SETTINGS + fields, "campaigns/a/article.md": ARTICLE})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--merge-tags", dialect])
    assert result.exit_code == 0, result.stderr


def test_a_tag_that_is_a_text_is_a_fault_at_its_line(write_files: WriteFiles) -> None:
    article = ARTICLE.replace("---\n\n", f"tags:\n  - short\n  - {'x' * 200_000}\n---\n\n")
    workspace = write_files({"campaigns/a/article.md": article})
    result = CliRunner().invoke(main, ["-C", str(workspace.root), "build"])
    assert result.stderr.startswith('campaigns/a/article.md:6:5: "tags.1": the tag "xxx')
    assert "at most 100 characters" in result.stderr


def test_a_title_with_a_platforms_tag_in_it_stays_text(write_files: WriteFiles) -> None:
    article = ARTICLE.replace("Spring offer", '"A *|FNAME|* offer"')
    workspace = write_files({"campaigns/a/article.md": article})
    CliRunner().invoke(main, ["-C", str(workspace.root), "build", "--merge-tags", "mailchimp"])
    assert "*|FNAME|*" not in (workspace.output / "mail/a/newsletter.html").read_text(encoding="ascii")
