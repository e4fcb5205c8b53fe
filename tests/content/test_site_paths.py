"""Earlier addresses of an article: which can be pages, and where a fault of one is told."""

import pytest

from campaigner.content.articles import campaign_of
from campaigner.errors import ContentError, Fault


def fault_of(alias: str) -> Fault:
    """The only fault of an article with this alias in the second place of a list."""
    text = f"---\ntitle: x\ndate: 2026-11-01\naliases:\n  - /fine/\n  - '{alias}'\n---\n\nText.\n"
    with pytest.raises(ContentError) as error:
        campaign_of(text, folder="spring", path="article.md")
    (fault,) = error.value.faults
    return fault


@pytest.mark.parametrize(
    "alias",
    [
        *("/old", "old/", "/2025/spring.html", "/größe/", "/a-b_c~d/(e)/f+g,h;i=j@k&l/"),
        *("/feeds/x/", "/feed/", "/tag/", "/common/", "/console/", "/aux-in/", "/a/feed.xml", "/v1.2/x/"),
        "/" + "a" * 200 + "/",
        "/" + "/".join(["a" * 99] * 9) + "/",
    ],
)
def test_an_alias_may_be_any_path_that_can_be_served(alias: str) -> None:
    text = f"---\ntitle: x\ndraft: true\naliases: ['{alias}']\n---\n\nText.\n"
    assert campaign_of(text, folder="spring", path="article.md").front_matter.aliases == (alias,)


@pytest.mark.parametrize(
    ("alias", "told"),
    [
        *(
            (alias, "no address of this site")
            for alias in ("../x", "a/../../b", "a/./b", "a//b", "a b", "a?b")
        ),
        *(
            (alias, "no address of this site")
            for alias in ("a#b", "https://a.example/", "a\\b", "a|b", "a*b")
        ),
        *((alias, "is the home page") for alias in ("/", "//")),
        *(
            (alias, "has a percent sign")
            for alias in ("/%2e%2e/x", "/a%2Fb/", "/a%5cb/", "/%2egit/", "/a%20b/", "/100%/")
        ),
        *((alias, "begins with a dot") for alias in ("/.git/x", "/a/.env", "/.well-known/x/", "/...")),
        *(
            (alias, "is a device for Windows")
            for alias in ("/con/", "/a/NUL.html", "/aux/x/", "/prn", "/Com1/", "/lpt9.x/")
        ),
        *((alias, "ends in a dot") for alias in ("/old./", "/a./b/", "/feed.xml./")),
        *((alias, "more than 200 characters between") for alias in (f"/{'a' * 201}/", f"/{'ä' * 122}/x")),
        *(
            (alias, "more than 1,000 characters")
            for alias in (f"/{'/'.join(['a' * 99] * 11)}/", "/" + "ä/" * 700)
        ),
        *(
            (alias, "the site has its own pages")
            for alias in ("/feed.xml", "/feed.xml/x/", "/Feed.XML/x/y.html")
        ),
        *(
            (alias, "the site has its own pages")
            for alias in ("/assets/a.html", "tags/a", "page/2/", "/index.html")
        ),
        *((alias, "the site has its own pages") for alias in ("/404.html/", "/robots.txt/x", "/privacy/")),
        *((alias, "which is a file") for alias in ("/old.html/x/", "/a/index.HTML/b.html")),
    ],
)
def test_an_alias_that_no_host_could_serve_is_told_where_it_stands(alias: str, told: str) -> None:
    fault = fault_of(alias)
    assert (fault.line, fault.column) == (6, 5)
    assert fault.message.startswith('"aliases.1": ')
    assert told in fault.message
    assert fault.hint


def test_a_control_character_in_an_alias_is_told() -> None:
    text = '---\ntitle: x\ndraft: true\naliases: [/a/, "/b\\x07/"]\n---\n\nText.\n'
    with pytest.raises(ContentError, match=r"article.md:4:16: there is a control character \(U\+0007\)"):
        campaign_of(text, folder="spring", path="article.md")
