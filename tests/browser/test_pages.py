"""The example's pages in a real browser: accessible, responsive, and at peace with a strict policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from browser.conftest import GERMAN, MAIL, SLUG

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "post": f"{SLUG}/",
    "landing": f"{SLUG}/join/",
    "thanks": f"{SLUG}/join/thanks/",
    "confirmed": f"{SLUG}/join/confirmed/",
    "newsletter": MAIL,
    "german post": f"{GERMAN}/",
    "tag": "tags/patient-safety/",
    "privacy": "privacy/",
    "not found": "404.html",
}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
WIDTHS = (390, 1280)
Scheme = Literal["light", "dark"]


@contextmanager
def opened(browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light") -> Iterator[Page]:
    page = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    try:
        page.goto(address)
        yield page
    finally:
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, kind: str, scheme: Scheme) -> None:
    # a policy that allows no script forbids axe too, so it runs in a page that is let off
    context = browser.new_context(
        viewport={"width": 1280, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page = context.new_page()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site + PAGES[kind])
        found = Axe().run(page, options=RULES).response
        assert not found["violations"], [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
        # text in the colour of its ground is not a violation to axe, but a doubt
        same = [node for one in found["incomplete"] for node in one["nodes"] if "equalRatio" in str(node)]
        assert not same
    context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_scrolls_sideways(browser: Browser, site: str, kind: str) -> None:
    for width in (320, 390, 768, 1280, 1920):
        with opened(browser, site + PAGES[kind], width) as page:
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_mail_whose_pictures_are_off_does_not_scroll_sideways(browser: Browser, site: str) -> None:
    for width in (320, 390):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.route("**/assets/*.{png,jpg}", lambda route: route.abort())
        page.goto(site + MAIL)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_asks_nothing_of_other_hosts_and_breaks_no_policy(
    browser: Browser, site: str, kind: str
) -> None:
    asked: list[str] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = browser.new_page()
    page.on("request", note)
    page.on("console", hear)
    page.goto(site + PAGES[kind], wait_until="networkidle")
    page.close()
    assert asked
    assert all(url.startswith(site) for url in asked)
    assert complaints == []


LINES_OF_FIRST_TEXT = """element => {
    const text = document.createRange();
    text.selectNodeContents(element.firstChild);
    return text.getClientRects().length;
}"""


def test_author_dates_and_length_take_two_lines_of_a_phone_and_one_of_a_desktop(
    browser: Browser, site: str
) -> None:
    for width, most in ((390, 2), (1280, 1)):
        with opened(browser, site + PAGES["post"], width) as page:
            byline = page.locator(".byline")
            lines = "list => list.clientHeight / parseFloat(getComputedStyle(list).lineHeight)"
            assert byline.evaluate(lines) == pytest.approx(most, abs=0.1)
            # no part is cut off, but for the points that would begin a line
            left = byline.evaluate("list => list.getBoundingClientRect().left")
            for part in page.locator(".byline li").all():
                starts = "part => { const text = document.createRange(); text.selectNodeContents(part);"
                starts += " return Math.min(...[...text.getClientRects()].map(one => one.left)); }"
                assert part.evaluate(starts) >= left - 1


def test_marks_of_sources_and_of_notes_look_alike(browser: Browser, site: str) -> None:
    look = (
        "mark => (({fontWeight, fontSize, color}) => [fontWeight, fontSize, color])(getComputedStyle(mark))"
    )
    with opened(browser, site + PAGES["post"]) as page:
        note = page.locator(".footnote-ref").first.evaluate(look)
        assert page.locator(".cite a").first.evaluate(look) == note
        assert page.locator(".cite").first.evaluate(look)[:2] == note[:2] == ["400", note[1]]


@pytest.mark.parametrize("kind", ["post", "newsletter"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_callouts_are_told_apart_by_their_rule_and_by_name(
    browser: Browser, site: str, kind: str, scheme: Scheme
) -> None:
    rule = """all => all.map(one => {
        const look = getComputedStyle(one);
        return [look.borderLeftWidth, look.borderLeftStyle, look.borderLeftColor].join(" ");
    })"""
    with opened(browser, site + PAGES[kind], scheme=scheme) as page:
        rules = page.eval_on_selector_all(".callout", rule)
        names = [callout.inner_text().splitlines()[0] for callout in page.locator(".callout").all()]
    note = ["Note"] if kind == "post" else []  # the letter has none
    assert names == ["Important", *note, "Tip", "Warning", "Caution"]
    assert len({*rules}) == len(names)


def test_a_way_back_to_the_text_stands_behind_the_last_word(browser: Browser, site: str) -> None:
    apart = """link => {
        const word = document.createRange();
        let before = link.previousSibling;
        if (before.nodeType !== Node.TEXT_NODE) before = before.lastChild;
        const end = before.textContent.trimEnd().length;
        if (!end) return 0;
        word.setStart(before, end - 1);
        word.setEnd(before, end);
        return Math.abs(word.getBoundingClientRect().bottom - link.getBoundingClientRect().bottom);
    }"""
    for width in range(320, 400, 4):
        with opened(browser, site + PAGES["post"], width) as page:
            links = page.locator(".return, .footnote-backref").all()
            assert len(links) > 4
            assert [link.evaluate(apart) < 12 for link in links] == [True] * len(links), width


def test_a_mails_pictures_are_dimmed_in_the_dark_as_the_pages_are(browser: Browser, site: str) -> None:
    dimmed = "all => all.map(one => getComputedStyle(one).filter)"
    for kind in ("post", "newsletter"):
        with opened(browser, site + PAGES[kind], scheme="dark") as page:
            filters = page.eval_on_selector_all("img:not(.logo)", dimmed)
            assert filters
            assert {*filters} == {"brightness(0.88)"}
        with opened(browser, site + PAGES[kind]) as page:
            assert {*page.eval_on_selector_all("img", dimmed)} == {"none"}


def test_a_tables_dates_keep_to_their_line_and_its_text_has_the_room(browser: Browser, site: str) -> None:
    for width, most in ((390, 4), (1280, 1)):
        with opened(browser, site + PAGES["post"], width) as page:
            dates = page.locator("td.numeral:first-child").all()
            assert [date.evaluate(LINES_OF_FIRST_TEXT) for date in dates] == [1, 1]
            assert page.locator("td.prose").last.evaluate(LINES_OF_FIRST_TEXT) <= most
            table = page.locator(".table").first
            assert table.evaluate("table => table.scrollWidth - table.clientWidth") == 0
            number, text = page.locator("tbody tr").first.locator("td:nth-child(2), td:last-child").all()
            assert number.evaluate("cell => cell.clientWidth") < text.evaluate("cell => cell.clientWidth")


def test_the_form_is_in_the_first_screen_on_a_phone_and_on_a_desktop(browser: Browser, site: str) -> None:
    for width, height in ((390, 844), (1280, 800)):
        with opened(browser, site + PAGES["landing"], width) as page:
            page.set_viewport_size({"width": width, "height": height})
            box = page.locator("input[type=email]").bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height


def test_a_phone_shows_the_whole_form_at_once(browser: Browser, site: str) -> None:
    # a browser's own bars leave 660 to 750 pixels of 844, and fonts here run wide
    with opened(browser, site + PAGES["landing"], 390) as page:
        button = page.locator("form button").bounding_box()
        assert button is not None
        assert button["y"] + button["height"] <= 750


def test_the_form_is_filled_in_and_sent_by_keyboard_alone(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGES["landing"]) as page:
        page.locator("#field-name").focus()
        page.keyboard.type("Ada")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "email"
        page.keyboard.type("ada@example.com")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == "consent"
        assert not page.evaluate("document.activeElement.checked")
        page.keyboard.press("Space")
        with page.expect_request(lambda request: request.method == "POST") as sent:
            page.keyboard.press("Enter")
        body = sent.value.post_data or ""
    assert sent.value.url == f"{site}signup/{SLUG}"
    assert "name=Ada" in body
    assert "email=ada%40example.com" in body
    assert "consent=yes" in body


def test_the_call_at_the_end_leads_into_the_form(browser: Browser, site: str) -> None:
    for width in (390, 1280):
        with opened(browser, site + PAGES["landing"], width) as page:
            page.click(".call a")
            assert page.evaluate("document.activeElement.name") == "name"
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            label = page.locator("label[for=field-name]").bounding_box()
            assert label is not None
            assert label["y"] > 0
            page.keyboard.type("Ada")
            assert page.input_value("#field-name") == "Ada"


def test_a_form_without_consent_is_not_sent(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGES["landing"]) as page:
        page.fill("#field-email", "ada@example.com")
        page.click("form button")
        assert page.url == site + PAGES["landing"]
        assert page.evaluate("document.querySelector('[name=consent]').validity.valueMissing")


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGES["post"]) as page:
        page.keyboard.press("Tab")
        target = page.evaluate("document.activeElement.getAttribute('href')")
        assert page.locator(target).count() == 1
        assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 0


def test_what_has_the_focus_shows_it(browser: Browser, site: str) -> None:
    with opened(browser, site + PAGES["landing"]) as page:
        for selector in ("#field-email", "form button", "input[name=consent]"):
            page.focus(selector)
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            style = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{style}.outlineStyle") != "none"
            assert page.evaluate(f"parseFloat({style}.outlineWidth)") >= 2


def test_every_link_of_the_site_leads_somewhere(browser: Browser, site: str) -> None:
    seen: set[str] = set()
    waiting = [site]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        page = browser.new_page()
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        if "text/html" in response.headers["content-type"]:
            links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
            for link in links:
                target, _, anchor = link.partition("#")
                if target.startswith(site):
                    waiting.append(target)
                if anchor and target == address:
                    assert page.locator(f"[id='{anchor}']").count() == 1, link
        page.close()
    assert site + PAGES["landing"] in seen
