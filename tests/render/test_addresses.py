"""Addresses of the site, and how one page links to another."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.model.settings import Utm
from campaigner.render import addresses

PAGES = st.lists(st.sampled_from(["a", "b", "ü", "c d"]), max_size=3).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)


@given(PAGES, PAGES)
def test_a_relative_address_leads_to_its_target_in_any_folder(target: str, page: str) -> None:
    for base in ("https://x.example/", "https://x.example/sub/path/"):
        written = urljoin(addresses.absolute(base, page), addresses.relative(target, page))
        assert written == addresses.absolute(base, target)


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("", "site/index.html"),
        ("a/", "site/a/index.html"),
        ("404.html", "site/404.html"),
        ("a/b.html", "site/a/b.html"),
    ],
)
def test_a_page_is_answered_by_a_file(page: str, file: str) -> None:
    assert addresses.file_of(page) == file


@pytest.mark.parametrize("link", ["https://x", "mailto:a@b", "tel:1", "//x/y", "HTTP://x", "//["])
def test_what_has_a_scheme_or_a_host_is_outside(link: str) -> None:
    assert addresses.is_external(link)


@pytest.mark.parametrize("link", ["a", "/a", "#a", "?a=b:c", "a/b:c", "", "./a:b", "1:2"])
def test_all_else_is_inside(link: str) -> None:
    assert not addresses.is_external(link)


def test_a_link_cannot_climb_out_of_the_site() -> None:
    assert addresses.in_site("../../../etc/passwd", "a/") == "etc/passwd"
    assert addresses.in_site("..", "a/b/") == "a/"


def test_only_web_addresses_are_tracked() -> None:
    for url in ("mailto:a@b.example", "tel:1", "#a", "{{ unsubscribe_url }}"):
        assert addresses.with_utm(url, Utm(), "slug") == url
    assert addresses.with_utm("https://x.example/#a", Utm(), "slug") == (
        "https://x.example/?utm_source=newsletter&utm_medium=email&utm_campaign=slug#a"
    )


@pytest.mark.parametrize(
    ("root", "written"),
    [
        ("/", "/a/b%20c/#d"),
        ("/sub/", "/sub/a/b%20c/#d"),
        ("https://x.example/", "https://x.example/a/b%20c/#d"),
    ],
)
def test_a_page_that_stands_elsewhere_counts_from_the_site_s_root(root: str, written: str) -> None:
    assert addresses.relative("a/b c/#d", root) == written
    assert addresses.relative("", root) == root
