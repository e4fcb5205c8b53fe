"""Nothing of the front matter can become markup of a page, or a header of the mail."""

import json
import re
from email import message_from_bytes, policy
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
import yaml
from lxml import html as lxml_html

from cli.conftest import Run
from conftest import SETTINGS, WriteFiles
from publisher import picture

HOSTILE = {
    "script": '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "script-end": "</script x></script/></script></title></style></textarea></noscript><script>alert(1)</script>",
    "comment": "--> <!-- ]]> <![CDATA[ <!--<script> <![endif]--> <!--[if mso]><script>alert(1)</script><![endif]-->",
    "attribute": "' onmouseover='alert(1)' x=\" onfocus=\"alert(1)\" autofocus y=` onload=alert(1) ",
    "address": "javascript:alert(1)",
    "entity": "&lt;script&gt; &#60;script&#62; &quot; onload=&quot; &amp;",
    "right-to-left": "\u202ecod.exe\u202c \u200f \u2066x\u2069",
    "template": "}} %} #} ${7*7} #{7*7} {7*7} <%= 7 %> *|FNAME|* %recipient% [[x]]",
    "markdown": "[a](javascript:alert(1)) ![x](x) <b>bold</b> **b** `c` \\",
    "header": 'x =?utf-8?q?=0D=0ABcc:_a@b.example?= <a@b.example>, c@d.example; \\ "',
}
#: what a field that must be one line refuses, so that no mail and no page ever sees it
BREAKS = [
    "x\r\nBcc: a@b.example",
    "x\nBcc: a@b.example",
    "x\u2028Bcc: a@b.example",
    "x\rBcc: y",
    "x\x0bBcc: y",
    "x\x85y",
]
#: every field that takes one line of text as it comes
LINES = (
    "title",
    "description",
    "image_caption",
    "newsletter.subject",
    "newsletter.preheader",
    "newsletter.from",
    "newsletter.cta.label",
    "landing.headline",
    "landing.form.consent",
    "landing.form.button",
    "landing.form.thanks",
    "utm.campaign",
)
ADDRESSES = ("canonical_url", "newsletter.cta.url", "newsletter.reply_to", "sources.one.url", "aliases")


def front_matter(value: str) -> dict[str, object]:
    """Front matter that says `value` wherever it may."""
    return {
        "title": value,
        "date": "2026-11-01",
        "description": value,
        "authors": [{"name": value, "role": value}],
        "tags": [value],
        "image_caption": value,
        "params": {"own": value},
        "newsletter": {
            "subject": value,
            "preheader": value,
            "from": value,
            "cta": {"label": value},
        },
        "landing": {
            "headline": value,
            "intro": value,
            "benefits": [{"title": value, "text": value}],
            "offer": {"title": value, "text": value, "price": value},
            "trust": [{"text": value, "name": value, "role": value}],
            "faq": [{"question": value, "answer": value}],
            "form": {
                "consent": value,
                "button": value,
                "thanks": value,
                "fields": [
                    {"name": "one", "label": value, "help": value},
                    {"name": "two", "label": value, "type": "select", "options": [value, "other"]},
                ],
            },
        },
        "sources": {"one": {"title": value, "author": value, "publisher": value, "note": value}},
        "utm": {"campaign": value, "content": value, "term": value, "source": value, "medium": value},
    }


def article(values: dict[str, object]) -> str:
    dumped = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n\nText with a claim [@one].\n\n## A heading\n\nMore.\n"


def elements(html: str) -> list[ElementTree.Element]:
    """All elements as a browser sees them; a parse error is an error of the test."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return list(parser.parse(html).iter())


def check_page(html: str) -> None:
    for element in elements(html):
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script":
            assert element.get("type") == "application/ld+json"
            json.loads(element.text or "")
        assert element.tag not in {"iframe", "object", "embed", "base", "b"}
        for name, content in element.attrib.items():
            assert not str(name).lower().startswith("on")
            assert name not in {"autofocus", "x", "y"}
            if name in {"href", "src", "action", "formaction", "content"}:
                assert name == "content" or not re.match(
                    r"\s*(javascript|vbscript|data):", content, re.IGNORECASE
                )


@pytest.mark.parametrize("name", HOSTILE)
def test_no_value_becomes_markup_or_a_header(
    write_files: WriteFiles, campaigner: Run, tmp_path: Path, name: str
) -> None:
    value = HOSTILE[name]
    settings = SETTINGS.replace('"The Gazette"', json.dumps(value, ensure_ascii=False))
    settings += f"description = {json.dumps(value, ensure_ascii=False)}\n[sender]\npostal_address = "
    settings += f"{json.dumps(value, ensure_ascii=False)}\n"
    files: dict[str, str | bytes] = {
        "campaigner.toml": settings,
        "campaigns/spring-offer/article.md": article(front_matter(value)),
    }
    write_files(files)
    outcome = campaigner("build", "--jobs", "1")
    assert outcome.exit_code == 0, outcome.err
    pages = [*(tmp_path / "output").rglob("*.html")]
    assert len(pages) >= 7
    for page in pages:
        check_page(page.read_text(encoding="utf-8"))
    for feed in (tmp_path / "output").rglob("*.xml"):
        for element in ElementTree.fromstring(feed.read_bytes()).iter():
            if element.get("type") == "html":
                check_page(f"<!doctype html><title>x</title>{element.text}")
    check_mail((tmp_path / "output/mail/spring-offer/newsletter.eml").read_bytes(), value)


def check_mail(content: bytes, value: str) -> None:
    assert b"\n" not in content.replace(b"\r\n", b"")
    mail = message_from_bytes(content, policy=policy.default)
    assert set(mail.keys()) <= {
        "Subject",
        "From",
        "Date",
        "Message-ID",
        "X-Unsent",
        "MIME-Version",
        "Content-Type",
        "List-Unsubscribe",
    }
    assert len(mail["From"].addresses) == 1
    assert mail["From"].addresses[0].addr_spec == "newsletter@example.com"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


@pytest.mark.parametrize("key", LINES)
@pytest.mark.parametrize("value", BREAKS)
def test_a_line_break_in_a_line_is_refused(key: str, value: str) -> None:
    from campaigner.content.articles import campaign_of
    from campaigner.errors import ContentError

    values = front_matter("fine")
    *blocks, last = key.split(".")
    inner = values
    for block in blocks:
        inner = inner[block]  # type: ignore[assignment]
    inner[last] = value
    with pytest.raises(ContentError) as raised:
        campaign_of(article(values), folder="spring-offer", path="article.md")
    lines = article(values).splitlines()
    (fault,) = raised.value.faults
    assert last in lines[fault.line - 1]
    assert any(words in str(fault) for words in ("one line", "control character", "YAML does not take"))


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:text/html,x", "https://a b", '//evil.example/"x']
)
def test_an_address_is_a_web_address_or_refused(
    write_files: WriteFiles, campaigner: Run, key: str, value: str
) -> None:
    values = front_matter("fine")
    *blocks, last = key.split(".")
    inner = values
    for block in blocks:
        inner = inner[block]  # type: ignore[assignment]
    inner[last] = value
    write_files({"campaigns/spring-offer/article.md": article(values)})
    outcome = campaigner("build", "--jobs", "1")
    assert outcome.exit_code == 1
    assert len(outcome.faults) == 1


@pytest.mark.parametrize(
    ("dialect", "tag"),
    [
        ("liquid", "{% unsubscribe_url %}"),
        ("mailchimp", "*|UNSUB|*"),
        ("listmonk", "` }}"),
        ("campaigner", "mail-only"),
    ],
)
def test_what_looks_like_a_comment_in_an_alternative_text_is_mere_text(
    write_files: WriteFiles, campaigner: Run, tmp_path: Path, dialect: str, tag: str
) -> None:
    alternative = f"<!--{tag}-->"
    values: dict[str, object] = {
        "title": "Spring offer",
        "date": "2026-11-01",
        "image": "p.png",
        "image_alt": alternative,
    }
    shown = alternative.replace("{", "\\{")
    text = article(values).replace("[@one].", f"here.\n\n![{shown}](p.png)")
    write_files({"campaigns/spring-offer/article.md": text, "campaigns/spring-offer/p.png": picture("teal")})
    outcome = campaigner("build", "--jobs", "1", "--merge-tags", dialect)
    assert outcome.exit_code == 0, outcome.err
    mail = (tmp_path / "output/mail/spring-offer/newsletter.html").read_text()
    page = (tmp_path / "output/site/spring-offer/newsletter/index.html").read_text()
    for html in (mail, page):
        pictures = [*lxml_html.document_fromstring(html).iter("img")]
        assert [one.get("alt") for one in pictures] == [alternative, alternative]
        assert f'alt="{alternative}"' not in html
        assert "A heading" in html
    assert dialect == "campaigner" or f"--{tag}--" not in mail


def test_the_name_of_a_font_file_is_no_css(write_files: WriteFiles, campaigner: Run, tmp_path: Path) -> None:
    name = 'f"); } body { display: none } x { y: url("é.woff2'
    settings = SETTINGS + f"[brand.font_files]\nOwn = '{name}'\n"
    write_files(
        {
            "campaigner.toml": settings,
            name: b"wOF2",
            "campaigns/spring-offer/article.md": article({"title": "x", "date": "2026-11-01"}).replace(
                "[@one]", ""
            ),
        }
    )
    assert campaigner("build", "--jobs", "1").exit_code == 0
    (font,) = (tmp_path / "output/site/assets").glob("*.woff2")
    (style,) = (tmp_path / "output/site/assets").glob("*.css")
    assert re.fullmatch(r"[a-z0-9-]+\.[0-9a-f]{12}\.woff2", font.name)
    assert f'url("{font.name}")' in style.read_text()
