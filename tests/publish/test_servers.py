"""What is published is what a web server shows: nginx itself, with the settings that are made for it."""

import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from campaigner.value import Value
from lacking import lacking
from publish.branches import branched
from publish.conftest import Published

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
CONF = """\
daemon off;
worker_processes 1;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; include {folder}/site.conf; }}
}}
"""
PATIENCE = 20


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def target(published: Published, port: int, path: str = "/", more: str = "") -> None:
    published.settings(
        f'[publish.production]\nto = "{{to}}"\nurl = "http://127.0.0.1:{port}{path}"\n{more}\n'
        '[signup]\nendpoint = "https://forms.example/in"\n'
    )


@contextmanager
def nginx(published: Published, folder: Path, port: int) -> Iterator[None]:
    """nginx, with what `publish config` says."""
    if not Path(NGINX).exists():
        lacking("there is no nginx here")
    folder.mkdir()
    settings = published.publish("config", "nginx")
    assert settings.exit_code == 0, settings.err
    (folder / "site.conf").write_text(settings.out)
    (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port))
    process = subprocess.Popen(
        [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        assert process.poll() is None, process.stderr and process.stderr.read()
        yield
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


class Answer(Value):
    """What a server answers."""

    status: int
    headers: Message
    content: bytes


def ask(port: int, path: str, **headers: str) -> Answer:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(status=answer.status, headers=answer.headers, content=answer.read())


def test_nginx_shows_the_site_and_the_next_release_at_once(published: Published, tmp_path: Path) -> None:
    port = free_port()
    target(published, port)
    published.published()
    with nginx(published, tmp_path / "nginx", port):
        page = ask(port, "/first/")
        assert (page.status, page.headers.get("Content-Type")) == (200, "text/html; charset=utf-8")
        assert page.content == published.site()["first/index.html"]
        published.retitle("Another title")
        published.published("--verify")
        assert b"Another title" in ask(port, "/first/").content
        assert published.publish("rollback", "--yes").exit_code == 0
        assert b"Another title" not in ask(port, "/first/").content


def test_nginx_says_how_long_things_are_kept_and_keeps_browsers_safe(
    published: Published, tmp_path: Path
) -> None:
    port = free_port()
    target(published, port)
    published.published()
    asset = next(path for path in published.site() if path.startswith("assets/site."))
    with nginx(published, tmp_path / "nginx", port):
        for path, age, kind in (
            ("/first/", "60", "text/html; charset=utf-8"),
            (f"/{asset}", "31536000", "text/css; charset=utf-8"),
            ("/feed.xml", "60", "text/xml; charset=utf-8"),
        ):
            answer = ask(port, path)
            assert answer.status == 200
            assert answer.headers.get("Cache-Control") == f"max-age={age}"
            assert answer.headers.get("Content-Type") == kind
            policy = answer.headers.get("Content-Security-Policy") or ""
            assert "default-src 'none'" in policy
            assert "form-action 'self' https://forms.example;" in policy
            assert answer.headers.get("X-Content-Type-Options") == "nosniff"
            assert answer.headers.get("Strict-Transport-Security") is None  # nobody has https on loopback


def test_nginx_knows_redirects_and_the_page_for_what_does_not_exist(
    published: Published, tmp_path: Path
) -> None:
    port = free_port()
    target(published, port)
    published.published()
    with nginx(published, tmp_path / "nginx", port):
        for path in ("/older-name/", "/older-name"):
            moved = ask(port, path)
            assert (moved.status, urlsplit(moved.headers.get("Location") or "").path) == (301, "/second/")
        missing = ask(port, "/nowhere/")
        assert (missing.status, missing.content) == (404, published.site()["404.html"])
        for path in ("/.site.releases/", "/../.site.releases/campaigner.lock", f"/{published.release}.json"):
            assert ask(port, path).status in {400, 404}


@pytest.mark.parametrize("folder", ["blog", "größe", "gr%C3%B6%C3%9Fe", "it's,+a&b"])
def test_nginx_shows_a_site_in_a_folder_of_its_host(
    published: Published, tmp_path: Path, folder: str
) -> None:
    port, base = free_port(), quote(unquote(folder))
    target(published, port, f"/{folder}/")
    published.published()
    asset = next(path for path in published.site() if path.startswith("assets/site."))
    with nginx(published, tmp_path / "nginx", port):
        assert ask(port, f"/{base}/first/").content == published.site()["first/index.html"]
        assert ask(port, f"/{base}/{asset}").headers.get("Cache-Control") == "max-age=31536000"
        assert ask(port, f"/{base}/nowhere/").content == published.site()["404.html"]
        told = published.publish("--verify", "--yes")
        assert told.exit_code == 0, told.err


@pytest.mark.parametrize(
    ("endpoint", "source"),
    [
        ("https://forms.example:8443/in/{slug}", "https://forms.example:8443"),
        ("https://münchen.example/in", "https://xn--mnchen-3ya.example"),
        ("https://{slug}.forms.example/in", "https://*.forms.example"),
        ("https://user:geheim;x@forms.example/in", "https://forms.example"),
    ],
)
def test_a_form_may_go_where_it_goes_and_nowhere_else(
    published: Published, endpoint: str, source: str
) -> None:
    published.settings(
        f'[publish.production]\nto = "{{to}}"\n[signup]\nendpoint = "{endpoint.replace("{slug}", "{{slug}}")}"\n'
    )
    told = published.publish("config", "nginx")
    assert told.exit_code == 0, told.err
    assert f"form-action 'self' {source};" in told.out
    assert "geheim" not in told.out


def test_nginx_hands_out_what_was_compressed_ahead(published: Published, tmp_path: Path) -> None:
    import gzip

    port = free_port()
    target(published, port, more='precompress = ["gzip"]')
    published.published()
    with nginx(published, tmp_path / "nginx", port):
        answer = ask(port, "/first/index.html", **{"Accept-Encoding": "gzip"})
        assert answer.headers.get("Content-Encoding") == "gzip"
        content = answer.content
        assert content == published.site()["first/index.html.gz"]
        assert gzip.decompress(content) == published.site()["first/index.html"]


def test_a_page_that_is_not_as_it_was_published_is_told(published: Published, tmp_path: Path) -> None:
    port = free_port()
    target(published, port)
    published.published()
    with nginx(published, tmp_path / "nginx", port):
        assert published.publish("--verify", "--yes").exit_code == 0
        page = published.to / "first/index.html"
        page.write_bytes(page.read_bytes() + b"<p>stale</p>")
        told = published.publish("--verify", "--yes")
        assert told.exit_code == 1
        assert f"http://127.0.0.1:{port}/first/:1:1: the server answers with another page" in told.err
        page.unlink()
        told = published.publish("--verify", "--yes")
        assert told.exit_code == 1
        assert f"http://127.0.0.1:{port}/first/:1:1: the server answers 403" in told.err


def test_of_other_campaigns_only_what_is_here_too_is_verified(published: Published, tmp_path: Path) -> None:
    port = free_port()
    target(published, port)
    published.published()
    fresh = published.copied(tmp_path / "fresh")
    fresh.publisher.edit(
        "campaigns/third/article.md", "title: Third", "title: Third\nlanding:\n  headline: Other words"
    )
    fresh.publisher.edit("campaigns/second/article.md", "aliases: [/older-name/]\n", "")
    with nginx(published, tmp_path / "nginx", port):
        told = fresh.published("--verify", "first")
        assert "Nothing changed" in told.out
        assert "pages are as published" in told.err
        page = published.to / "first/index.html"
        page.write_bytes(page.read_bytes() + b"<p>stale</p>")
        assert "/first/:1:1: the server answers with another page" in fresh.publish("--verify", "first").err


def test_a_host_that_shows_a_branch_a_moment_later_is_waited_for(
    published: Published, tmp_path: Path
) -> None:
    port = free_port()
    target(published, port)
    with nginx(published, tmp_path / "nginx", port):
        branch = branched(published.publisher, tmp_path / "site.git")
        branch.settings(
            f'[publish.production]\nto = "git+file://{branch.to}#gh-pages"\nurl = "http://127.0.0.1:{port}"\n'
        )
        # as a host of pages does, which first builds them
        script = (
            f"(sleep 3; mkdir -p '{published.to}'; "
            f"git archive gh-pages | tar -x -C '{published.to}') >/dev/null 2>&1 </dev/null &"
        )
        branch.hook("post-receive", f"git rev-parse --verify -q gh-pages >/dev/null && {{ {script}\n}}; true")
        told = branch.publish("--yes", "--verify")
        assert told.exit_code == 0, told.err
        assert "pages are as published" in told.err


def test_without_a_server_verifying_fails(published: Published) -> None:
    target(published, free_port())
    told = published.publish("--yes", "--verify")
    assert told.exit_code == 1
    assert "no server answers" in told.err
    assert (published.to / "index.html").is_file()


def test_netlify_and_cloudflare_get_headers_and_redirects(published: Published, tmp_path: Path) -> None:
    published.settings(
        '[publish.production]\nto = "{to}"\nurl = "https://gazette.example/blog"\nstaging = true\n'
    )
    told = published.publish("config", "netlify", "--output", "made")
    assert told.exit_code == 0, told.err
    made = published.publisher.root / "made"
    # the page of an alias stands there too, which Netlify would show
    assert (made / "_redirects").read_text() == "/blog/older-name/ /blog/second/ 301!\n"
    headers = (made / "_headers").read_text()
    assert "/blog/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in headers
    assert "  Strict-Transport-Security: max-age=31536000\n" in headers
    assert "  X-Robots-Tag: noindex\n" in headers
    shown = published.publish("config", "cloudflare").out
    assert shown.startswith("# _headers\n/blog/*\n")
    assert shown.endswith("# _redirects\n/blog/older-name/ /blog/second/ 301\n")


@pytest.mark.parametrize("server", ["netlify", "cloudflare"])
def test_a_host_that_fetches_the_site_itself_needs_no_target(published: Published, server: str) -> None:
    published.settings("")
    told = published.publish("config", server)
    assert told.exit_code == 0, told.err
    assert "/older-name/ /second/ 301" in told.out
    for words in ((), ("nginx",)):
        told = published.publish("config", *words)
        assert (told.exit_code, "nothing says where the site goes" in told.err) == (1, True)
