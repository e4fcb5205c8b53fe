"""The preview as a process: what it answers, how it follows saves, and how it ends."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from alone import run_alone
from campaigner.clients.programs import PROGRAMS
from campaigner.errors import Fault
from campaigner.preview.app import preview_app
from campaigner.preview.desk import Desk
from campaigner.preview.live import Live
from campaigner.preview.press import Press
from preview.conftest import PATIENCE, Served, press_of, serving, until
from publisher import Publisher, article

ARTICLE = "campaigns/first/article.md"


def test_home_names_every_campaign_without_a_script(served: Served) -> None:
    home = served.text("")
    for slug, title in (("first", "First"), ("second", "Second"), ("later", "Later")):
        assert f'href="campaign/{slug}/"' in home
        assert f">{title}</a>" in home
    assert "Sketch" not in home
    assert "1 draft not shown" in home


def test_home_has_a_labelled_miniature_of_each_page(served: Served) -> None:
    home = served.text("")
    for label, page, view in (
        ("Blog post", "site/first/", ""),
        ("Sign-up page", "site/first/join/", "#page=landing"),
        ("Newsletter", "site/first/newsletter/", "#page=newsletter"),
    ):
        assert f'data-source="{page}" data-title="{label}"' in home
        assert f'<a href="campaign/first/{view}">{label}</a>' in home


def test_home_says_what_was_checked_and_a_card_is_checked_when_it_asks(
    publisher: Publisher, served: Served
) -> None:
    assert served.text("").count("Not checked yet") == 4
    publisher.edit("campaigns/first/article.md", "[@cited]", "[@nowhere]")
    served.wait_for("campaign/first/problems", "<strong>1 problem</strong>")
    assert "No problems" in served.text("campaign/second/problems")
    home = served.text("")
    assert home.count("Not checked yet") == 2
    assert "there is no source" in home
    assert served.get("campaign/none/problems")[0] == 404


def test_few_campaigns_are_shown_large_and_many_small(publisher: Publisher, served: Served) -> None:
    assert '<body class="home" data-view="large">' in served.text("")
    for number in range(20):
        publisher.write(f"campaigns/many-{number}/article.md", article(f"Number {number}"))
    served.wait_for("", '<body class="home" data-view="small">')


def test_a_campaign_has_its_pages_programs_and_readers(served: Served) -> None:
    page = served.text("campaign/first/")
    for words in (
        "Blog post",
        "Sign-up page",
        "Newsletter",
        "Gmail, web",
        "Outlook for Windows (Word)",
        "Very long names",
    ):
        assert words in page
    assert "says nothing about layout" in page
    assert "https://www.caniemail.com/features/" in page
    assert re.search(
        r"caniemail\.com/features/[^<]+</a> <span class=\"quiet\">tested <time>20\d\d-\d\d-\d\d<", page
    )


def test_the_size_of_the_mail_stands_beside_what_gmail_cuts(publisher: Publisher, served: Served) -> None:
    mail = press_of(publisher).mail("first", 0)
    assert mail is not None
    size = len(mail.html.encode())
    page: Any = lxml_html.fromstring(served.text("campaign/first/"))
    (message,) = page.xpath("//section[@id='message']")
    assert f"{size / 1024:.1f} KB of HTML; Gmail cuts at 102 KB" in " ".join(message.text_content().split())
    assert message.xpath(".//meter/@value | .//meter/@max") == [str(102 * 1024), str(size)]


def test_without_images_a_mail_shows_what_stands_for_them(served: Served) -> None:
    for program in ("as-written", "outlook-windows"):
        shown: Any = lxml_html.fromstring(served.text(f"campaign/first/mail/{program}.light.r0.html"))
        bare: Any = lxml_html.fromstring(
            served.text(f"campaign/first/mail/{program}.light.no-images.r0.html")
        )
        assert "data:," not in shown.xpath("//img/@src")
        assert {*bare.xpath("//img/@src")} == {"data:,"}
        assert bare.xpath("//img/@alt") == shown.xpath("//img/@alt")
        assert "A cover" in bare.xpath("//img/@alt")


def test_what_each_program_drops_is_counted_side_by_side(served: Served) -> None:
    page: Any = lxml_html.fromstring(served.text("campaign/first/"))
    tallies = {
        row.xpath("string(a)"): (int(row.xpath("string(b)")), row.xpath("string(a/@href)"))
        for row in page.xpath("//ol[@class='drops']/li")
    }
    assert [*tallies] == [program.title for program in PROGRAMS]
    assert tallies["Outlook for Windows (Word)"][0] > tallies["Apple Mail, Mac"][0]
    for program in PROGRAMS:
        count, link = tallies[program.title]
        assert link == f"#page=newsletter&program={program.name}"
        pieces = page.xpath(f"//div[@data-for='{program.name}']//li/b/text()")
        assert sum(int(piece) for piece in pieces) == count


def test_a_sender_without_a_picture_has_initials(publisher: Publisher, served: Served) -> None:
    publisher.edit("campaigner.toml", 'name = "The Gazette"', 'name = "Ärzte & Praxis"')
    page = served.wait_for("campaign/first/", '<em aria-hidden="true">ÄP</em>')
    assert "Simulations, drawn by this preview" in page


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("site/", "text/html", "The Gazette"),
        ("site/first/", "text/html", "First"),
        ("site/first/join/", "text/html", "<form"),
        ("site/feed.xml", "application/xml", "<feed"),
        ("site/older-name/", "text/html", "second"),
        ("campaign/first/mail/as-written.light.r0.html", "text/html", "First"),
        ("campaign/first/mail/gmail-web.dark.no-images.r1.html", "text/html", "First"),
        ("campaign/first/mail/text.r0.html", "text/html", "First"),
        ("campaign/first/mail/source.r0.html", "text/html", "&lt;!doctype html&gt;"),
        ("campaign/first/mail/headers.r0.html", "text/html", "Message-ID"),
        ("campaign/first/mail/newsletter.r0.eml", "message/rfc822", "Subject: First"),
    ],
)
def test_each_view_is_answered_with_a_policy_of_its_own(
    served: Served, path: str, kind: str, words: str
) -> None:
    status, headers, text = served.get(path)
    assert status == 200
    assert headers["content-type"].startswith(kind)
    assert words in text
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox allow-same-origin" in policy
    assert "allow-scripts" not in policy


def test_the_tools_own_pages_run_only_its_own_scripts(served: Served) -> None:
    policy = served.get("")[1]["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path",
    [
        *("site/../campaigner.toml", "site/%2e%2e/campaigner.toml", "site/..%2f..%2fcampaigner.toml"),
        *("static/../desk.py", "static/%2e%2e%2fdesk.py", "campaign/..%2f..%2f/mail/text.r0.html"),
        *("campaign/first/mail/../../../campaigner.toml", "campaign/first/mail/..%2f..%2farticle.md"),
        *(
            "site//etc/passwd",
            "site/%00",
            "campaign/first/mail/as-written.light.r99.html",
            "nothing",
            "campaign/none/",
        ),
        f"site/page/{'9' * 5000}/",
        *("campaign/first/source/../../../x", "site/assets/../../campaigner.toml", "campaign/sketch/"),
    ],
)
def test_no_path_leads_out_or_to_what_is_not_shown(served: Served, path: str) -> None:
    parts = urlsplit(served.url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)) as connection:
        connection.request("GET", f"/{path}")  # as it is: urllib would tidy it
        answer = connection.getresponse()
        text = answer.read().decode()
    assert answer.status == 404
    assert "gazette.example" not in text or "site" in path  # the site has a 404 page of its own
    assert "[site]" not in text


def test_a_block_of_a_page_knows_its_line(served: Served) -> None:
    place = served.json("campaign/first/source?text=Hello")
    assert (place["path"], place["line"]) == ("campaigns/first/article.md", 9)
    assert [9, "Hello [@cited]."] in place["lines"]
    assert served.json("campaign/first/source?text=Nowhere+at+all")["line"] is None


def test_browsers_are_told_of_a_save(publisher: Publisher, served: Served) -> None:
    parts = urlsplit(served.url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/live")
        events = connection.getresponse()
        assert events.getheader("content-type", "").startswith("text/event-stream")
        assert events.readline() == b"retry: 500\n"
        assert events.readline() == b"data: 0\n"
        publisher.edit("campaigns/first/article.md", "Hello", "Good evening")
        events.readline()
        assert events.readline() == b"data: 1\n"
    assert "Good evening" in served.text("site/first/")


@pytest.mark.parametrize(
    ("path", "text", "page"),
    [
        ("campaigns/first/article.md", article("Zebra", date="2026-11-03"), "site/first/"),
        ("templates/blog/post.html", "Zebra {{ page.title }}", "site/first/"),
        ("templates/words/en.toml", 'reading_time = "{count} Zebra"\n', "site/"),
        ("campaigner.toml", '[site]\nname = "Zebra"\nurl = "https://gazette.example"\n', "site/first/"),
        ("sources.yaml", "cited:\n  title: Zebra\n", "site/first/"),
        ("readers.yaml", "Zebra:\n  first_name: Z\n", "campaign/first/"),
        (
            "templates/_parts/page/masthead.html",
            "{% macro masthead(site, words, is_title, motto, leads_away) %}<p>Zebra</p>{% endmacro %}",
            "site/first/",
        ),
        ("campaigns/fourth/article.md", article("Zebra", date="2026-11-04"), ""),
    ],
)
def test_whatever_is_saved_shows(
    publisher: Publisher, served: Served, path: str, text: str, page: str
) -> None:
    assert "Zebra" not in served.get(page)[2]
    publisher.write(path, text)
    served.wait_for(page, "Zebra")


def test_a_folder_that_is_renamed_or_deleted_is_followed(publisher: Publisher, served: Served) -> None:
    campaigns = publisher.root / "campaigns"
    (campaigns / "second").rename(campaigns / "other")
    served.wait_for("", 'href="campaign/other/"')
    shutil.rmtree(campaigns / "other")
    until(lambda: "campaign/other/" not in served.text(""))
    shutil.move(campaigns, publisher.root / "elsewhere")
    until(lambda: "campaign/first/" not in served.text(""))
    shutil.move(publisher.root / "elsewhere", campaigns)
    served.wait_for("", 'href="campaign/first/"')


def test_thousands_of_saves_in_a_burst_end_in_the_last(publisher: Publisher, served: Served) -> None:
    for number in range(2000):
        publisher.write(
            "campaigns/first/article.md", article("First", f"Version {number}.", date="2026-11-03")
        )
    served.wait_for("site/first/", "Version 1999.")


def test_a_half_saved_article_leaves_the_last_page(publisher: Publisher, served: Served) -> None:
    before = served.text("site/first/")
    whole = (publisher.root / "campaigns/first/article.md").read_text()
    publisher.write("campaigns/first/article.md", whole[:30])
    served.wait_for("campaign/first/", "faults-title")
    assert served.text("site/first/") == before
    publisher.write("campaigns/first/article.md", whole)
    until(lambda: "faults-title" not in served.text("campaign/first/"))


def test_faults_show_with_the_lines_around_and_what_to_do(publisher: Publisher, served: Served) -> None:
    publisher.edit("campaigns/first/article.md", "title: First", "tittle: First")
    page = served.wait_for("campaign/first/", "campaigns/first/article.md:2:1")
    assert "unknown key &#34;tittle&#34;" in page
    assert "Did you mean &#34;title&#34;?" in page
    assert "tittle: First" in page
    assert "as much as can be made" in page  # all of it was never shown before
    publisher.edit(ARTICLE, "tittle: First", "title: First")
    until(lambda: "faults-title" not in served.text("campaign/first/"))
    publisher.edit(ARTICLE, "title: First", "tittle: First")
    assert "the last page that was right" in served.wait_for("campaign/first/", "faults-title")


def test_a_campaign_without_a_title_is_known_by_its_slug(publisher: Publisher, served: Served) -> None:
    publisher.write("campaigns/nameless/article.md", "---\ndate: 2026-11-09\n---\n\nHello.\n")
    assert '<a href="campaign/nameless/">nameless</a>' in served.wait_for("", "campaign/nameless/")
    assert '<h1 title="nameless">nameless</h1>' in served.text("campaign/nameless/")


def test_a_campaign_that_is_named_is_shown_at_once_even_as_a_draft(publisher: Publisher) -> None:
    with serving(publisher.root, "sketch") as preview:
        assert preview.url.endswith("/campaign/sketch/")
        assert "Sketch" in preview.text("")


def test_the_browser_is_opened_where_one_asks_for_it(publisher: Publisher, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    with serving(publisher.root, "--open", environment={"BROWSER": str(browser)}) as preview:
        until(lambda: opened.exists() and opened.read_text().strip() == preview.url)


def test_two_previews_serve_one_workspace(publisher: Publisher) -> None:
    with serving(publisher.root) as one, serving(publisher.root) as other:
        publisher.edit("campaigns/first/article.md", "Hello", "Good evening")
        one.wait_for("site/first/", "Good evening")
        other.wait_for("site/first/", "Good evening")


def test_a_disk_that_reports_nothing_is_looked_at_again_and_again(publisher: Publisher) -> None:
    with serving(publisher.root, environment={"WATCHFILES_FORCE_POLLING": "true"}) as preview:
        publisher.edit("campaigns/first/article.md", "Hello", "Good evening")
        preview.wait_for("site/first/", "Good evening")


def test_two_saves_within_a_second_show_where_a_disk_reports_nothing(publisher: Publisher) -> None:
    file, saved = publisher.root / ARTICLE, publisher.root / "saved.tmp"
    with serving(publisher.root, environment={"WATCHFILES_FORCE_POLLING": "true"}) as preview:
        preview.wait_for("site/first/", "Hello")
        moment = file.stat().st_mtime + 60  # of which a poll sees whole seconds only
        for words in ("Good evening", "Good night"):
            saved.write_text(article("First", f"{words}.", date="2026-11-03"))
            os.utime(saved, (moment, moment))
            saved.replace(file)
            preview.wait_for("site/first/", words)


def test_ctrl_c_ends_it_at_once_also_while_browsers_listen(served: Served) -> None:
    parts = urlsplit(served.url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/live")
        connection.getresponse().readline()
        assert served.end() == 0


def test_ctrl_c_does_not_wait_for_what_is_rendered(publisher: Publisher, served: Served) -> None:
    forever = "{% for _ in range(99999) %}{% for _ in range(99999) %}{% endfor %}{% endfor %}"
    publisher.write("templates/blog/post.html", forever)
    parts = urlsplit(served.url)
    assert parts.hostname is not None
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/site/first/")
        time.sleep(0.5)  # it renders now
        assert served.end() == 0


def test_a_browser_that_goes_away_is_let_go(publisher: Publisher, served: Served) -> None:
    parts = urlsplit(served.url)
    assert parts.hostname is not None
    for _ in range(20):
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
        connection.request("GET", "/live")
        connection.getresponse().readline()
        connection.close()
    publisher.edit("campaigns/first/article.md", "Hello", "Good evening")
    served.wait_for("site/first/", "Good evening")


def test_a_port_that_is_taken_is_told_with_the_next_free_one(publisher: Publisher) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = subprocess.run(
            [sys.executable, "-m", "campaigner", "-C", str(publisher.root), "preview", "--port", str(port)],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    assert run.returncode == 1
    assert run.stderr.startswith(f"127.0.0.1:{port}:1:1: port {port} is taken. Port ")
    assert "is free: campaigner preview --port" in run.stderr


def test_another_host_gets_a_token(publisher: Publisher) -> None:
    with serving(publisher.root, "--host", "0.0.0.0") as preview:
        assert "?token=" in preview.url
        address, _, token = preview.url.partition("?")
        bare = Served(url=address, process=preview.process)
        assert bare.get("")[0] == 403
        port = urlsplit(address).port
        assert bare.get("", Cookie=f"campaigner-preview-{port}={token.removeprefix('token=')}")[0] == 200


def test_memory_stays_flat_over_many_saves(publisher: Publisher, served: Served) -> None:
    import psutil

    process = psutil.Process(served.process.pid)

    def save(first: int, count: int) -> int:
        for number in range(first, first + count):
            publisher.write(
                "campaigns/first/article.md", article("First", f"Version {number}. " * 200, date="2026-11-03")
            )
            served.wait_for("site/first/", f"Version {number}.")
        return int(process.memory_info().rss)

    warm = save(0, 40)
    assert save(40, 80) < warm * 1.15


def test_what_is_served_is_what_is_made(publisher: Publisher, served: Served) -> None:
    press = press_of(publisher)
    mail = press.mail("first", 0)
    assert mail is not None
    _, headers, text = served.get("campaign/first/mail/newsletter.r0.eml")
    assert text.encode() == mail.message
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''first.eml"


def test_many_browsers_at_once_are_answered(served: Served) -> None:
    answers: list[int] = []
    paths = ["", "campaign/first/", "site/first/", "campaign/second/mail/yahoo.dark.r0.html"] * 5
    threads = [
        threading.Thread(target=lambda path=path: answers.append(served.get(path)[0])) for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 20


def test_pictures_are_made_again_where_somebody_emptied_the_cache(
    publisher: Publisher, served: Served
) -> None:
    pictures = sorted(set(re.findall(r"assets/[\w.-]+", served.text("site/first/"))))
    assert len(pictures) > 3
    shutil.rmtree(publisher.root / ".campaigner" / "cache")
    for picture in pictures:
        with urllib.request.urlopen(f"{served.url}site/{picture}", timeout=PATIENCE) as answer:
            assert answer.read()


def test_a_request_that_fails_is_told_and_answered(publisher: Publisher) -> None:
    told: list[Fault] = []
    moments = iter(["2026-11-22T12:00:00Z"])
    press = Press(Desk(publisher.workspace, now=lambda: next(moments)))  # and then the clock stands still
    app, _ = preview_app(press, Live(), host="127.0.0.1", tell=told.append)
    sent: list[dict[str, Any]] = []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b""}
        with suppress(RuntimeError):  # which the server takes note of
            await app(scope | {"headers": [(b"host", b"127.0.0.1")]}, receive, send)  # type: ignore[arg-type]

    run_alone(run())
    assert sent[0]["status"] == 500
    assert sent[1]["body"].decode() == f"{told[0]}\n"
    assert "this is a bug in campaigner" in told[0].message
    assert told[0].path.startswith("campaigner/preview/")
