"""The preview in a real browser: each tab, width, mail program and scheme, and what is saved meanwhile."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from preview.conftest import PATIENCE, Served, serving, until
from publisher import FILES, Publisher, article

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE * 1000)

LONG = "\n\n".join(f"Paragraph {number} of a long text that one scrolls through." for number in range(120))


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        made.write(path, content)
    made.write(
        "campaigns/first/article.md",
        article("First", LONG, date="2026-11-03", newsletter="{subjects: [Another, A third]}"),
    )
    return made


@pytest.fixture
def served(publisher: Publisher) -> Iterator[Served]:
    with serving(publisher.root) as preview:
        yield preview


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page that complains about nothing."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "401" not in message.text:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def in_frame(page: Page, script: str) -> object:
    """What a script says about the document in the frame; the frame itself runs none."""
    return page.evaluate(
        f"(() => {{ const inner = document.getElementById('frame').contentDocument; return {script} }})()"
    )


def wait(page: Page, condition: str) -> None:
    """Wait until something is so. Playwright's own way evaluates text, which the page's policy forbids."""
    until(lambda: page.evaluate(f"Boolean({condition})"))


def open_campaign(page: Page, served: Served, state: str = "") -> None:
    page.goto(f"{served.url}campaign/first/{state}")
    wait(
        page,
        "document.getElementById('frame').contentDocument?.body?.innerText.length > 20"
        " || document.getElementById('sheet').hidden",
    )


def test_home_is_searched_by_typing(page: Page, served: Served) -> None:
    page.goto(served.url)
    expect(page.locator(".card:visible")).to_have_count(4)
    page.keyboard.press("/")
    page.keyboard.type("secon")
    expect(page.locator(".card:visible")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("1")
    page.keyboard.type("xyz")
    expect(page.locator("#none")).to_be_visible()
    page.locator("#search").fill("")
    page.get_by_role("link", name="First").click()
    expect(page).to_have_url(f"{served.url}campaign/first/")


@pytest.mark.parametrize(
    ("tab", "address"),
    [
        ("Blog post", "/site/first/"),
        ("Sign-up page", "/site/first/join/"),
        ("Thanks", "/join/thanks/"),
        ("Confirmed", "/join/confirmed/"),
        ("Newsletter", "mail/as-written.light.r0.html"),
    ],
)
def test_each_tab_shows_its_page(page: Page, served: Served, tab: str, address: str) -> None:
    open_campaign(page, served)
    page.get_by_role("tab", name=tab).click()
    wait(page, f"document.getElementById('frame').contentWindow.location.pathname.endsWith({address!r})")
    expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")


def test_widths_are_chosen_dragged_and_nudged(page: Page, served: Served) -> None:
    open_campaign(page, served)

    def width() -> float:
        return float(page.locator("#sheet").bounding_box()["width"])  # type: ignore[index]

    for wanted in (320, 375, 768):
        page.locator(f"input[name=width][value='{wanted}']").check(force=True)
        assert width() == wanted
    page.locator("#handle").focus()
    page.keyboard.press("ArrowRight")
    assert width() == 784
    box = page.locator("#handle").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 3, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] - 97, box["y"] + 200)
    page.mouse.up()
    assert abs(width() - 584) < 8
    assert "width=" in page.url


def test_pages_and_mails_are_shown_light_and_dark(page: Page, served: Served) -> None:
    ground = "getComputedStyle(inner.body).backgroundColor"
    open_campaign(page, served)
    light = in_frame(page, ground)
    page.locator("input[name=scheme][value=dark]").check(force=True)
    assert in_frame(page, ground) != light
    page.locator("input[name=scheme][value=light]").check(force=True)
    assert in_frame(page, ground) == light


def test_each_mail_program_is_shown_with_what_it_drops(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter")
    programs = page.locator("select[name=program] option").evaluate_all("all => all.map(one => one.value)")
    assert len(programs) == 13
    for program in programs[2:]:
        page.locator("select[name=program]").select_option(program)
        wait(
            page,
            f"document.getElementById('frame').contentWindow.location.pathname.includes('/{program}.light.')",
        )
        expect(page.locator(f"#removed [data-for={program}]")).to_be_visible()
        expect(page.locator(f"#removed [data-for={program}]")).to_contain_text("simulation")
    page.locator("input[name=scheme][value=dark]").check(force=True)
    wait(page, "document.getElementById('frame').contentWindow.location.pathname.includes('.dark.')")
    page.locator("input[name=images][value=off]").check(force=True)
    wait(page, "document.getElementById('frame').contentWindow.location.pathname.includes('.no-images.')")


def test_all_programs_stand_side_by_side(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&program=all")
    expect(page.locator("#wall iframe")).to_have_count(11)
    expect(page.locator("#wall")).to_be_visible()
    expect(page.locator("#sheet")).to_be_hidden()


def test_every_subject_has_its_rows_and_readers_their_names(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&part=inbox")
    rows = page.locator(".rows:visible")
    expect(rows.locator("h2")).to_have_count(3)
    for subject in ("First", "Another", "A third"):
        expect(rows.locator(".gmail strong", has_text=subject).first).to_be_visible()
    page.locator("select[name=reader]").select_option("1")
    expect(page.locator(".rows:visible")).to_have_attribute("data-reader", "1")


def test_parts_and_the_message_are_there(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter")
    for part, words in (("text", "First\n====="), ("source", "<!doctype html>"), ("headers", "Message-ID")):
        page.locator(f"input[name=part][value={part}]").check(force=True)
        wait(page, f"document.getElementById('frame').contentDocument?.body?.textContent.includes({words!r})")
    with page.expect_download() as download:
        page.locator("#eml").click()
    assert download.value.suggested_filename == "first.eml"


def test_the_address_keeps_the_state(page: Page, served: Served) -> None:
    open_campaign(page, served)
    page.keyboard.press("5")
    page.keyboard.press("d")
    page.keyboard.press("m")
    page.keyboard.press("m")
    page.keyboard.press("w")
    page.keyboard.press("i")
    page.keyboard.press("r")
    shared = page.url
    assert "page=newsletter" in shared
    page.goto(served.url)
    page.goto(shared)
    expect(page.locator("select[name=program]")).to_have_value("gmail-web")
    expect(page.locator("input[name=width][value='320']")).to_be_checked()
    expect(page.locator("input[name=images][value=off]")).to_be_checked()
    expect(page.locator("select[name=reader]")).to_have_value("1")
    page.keyboard.press("Escape")
    expect(page).to_have_url(served.url)


@pytest.mark.parametrize(
    "state", ["", "#page=newsletter", "#page=newsletter&program=gmail-web", "#page=landing"]
)
def test_a_save_shows_where_one_has_scrolled_to(
    page: Page, publisher: Publisher, served: Served, state: str
) -> None:
    open_campaign(page, served, state)
    page.evaluate("window.mark = 1")
    page.evaluate("document.getElementById('frame').contentWindow.scrollTo(0, 400)")
    before = in_frame(page, "inner.defaultView.scrollY")
    word = "Zebra" if "landing" in state else "Paragraph 60 is another"
    if "landing" in state:
        publisher.edit("campaigns/first/article.md", "title: First", "title: Zebra")
    else:
        publisher.edit("campaigns/first/article.md", "Paragraph 60 of a long text", word)
    wait(page, f"document.getElementById('frame').contentDocument.body.textContent.includes({word!r})")
    assert in_frame(page, "inner.defaultView.scrollY") == before
    assert page.evaluate("window.mark") == 1


def test_styles_and_settings_show_too(page: Page, publisher: Publisher, served: Served) -> None:
    open_campaign(page, served)
    publisher.write(
        "campaigner.toml",
        '[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n[brand]\npaper = "#ffeecc"\n',
    )
    wait(
        page,
        "getComputedStyle(document.getElementById('frame').contentDocument.body).backgroundColor"
        " === 'rgb(255, 238, 204)'",
    )


def test_a_fault_lies_over_the_last_page_until_it_is_mended(
    page: Page, publisher: Publisher, served: Served
) -> None:
    open_campaign(page, served)
    publisher.edit("campaigns/first/article.md", "title: First", "tittle: First")
    overlay = page.locator(".overlay")
    expect(overlay).to_contain_text("campaigns/first/article.md:2:1")
    expect(overlay).to_contain_text('Did you mean "title"?')
    expect(overlay.locator(".meant", has_text="tittle: First")).to_be_visible()
    assert "Paragraph 60" in str(in_frame(page, "inner.body.innerText"))
    publisher.edit("campaigns/first/article.md", "tittle: First", "title: First")
    expect(overlay).to_have_count(0)


def test_a_click_on_a_block_shows_its_line(page: Page, served: Served) -> None:
    open_campaign(page, served)
    page.frame_locator("#frame").get_by_text("Paragraph 7 of a long text").click()
    expect(page.locator("#source")).to_contain_text("campaigns/first/article.md:21")
    expect(page.locator("#source .meant")).to_contain_text("Paragraph 7 of a long text")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "campaign/first/",
        "campaign/first/#page=newsletter&program=outlook-windows",
        "campaign/first/#page=newsletter&program=all",
        "campaign/first/#page=newsletter&part=inbox&scheme=dark",
        "campaign/first/mail/text.r0.html",
        "campaign/first/mail/headers.r0.html",
        "nothing",
    ],
)
def test_axe_finds_nothing(browser: Browser, served: Served, scheme: str, path: str) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp="/mail/" in path,  # in a part of a mail no script runs, and so no axe
    )
    page = context.new_page()
    page.goto(served.url + path)
    page.wait_for_timeout(600)
    # what is in the frames is the campaign's own, and is held to this elsewhere
    results = Axe().run(page, options={"iframes": False})
    context.close()
    violations = [(one["id"], one["nodes"][0]["html"][:200]) for one in results.response["violations"]]
    assert violations == []


def test_a_fault_is_readable_for_everybody(page: Page, publisher: Publisher, served: Served) -> None:
    publisher.edit("campaigns/first/article.md", "title: First", "tittle: First")
    served.wait_for("campaign/first/", "faults-title")
    page.goto(f"{served.url}campaign/first/")
    page.wait_for_selector(".overlay")
    results = Axe().run(page, options={"iframes": False})
    assert [one["id"] for one in results.response["violations"]] == []


@pytest.mark.parametrize("width", [320, 390, 1920])
@pytest.mark.parametrize("path", ["", "campaign/first/", "campaign/first/#page=newsletter&program=all"])
def test_no_page_is_wider_than_the_screen(browser: Browser, served: Served, width: int, path: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(served.url + path)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_an_export_opens_from_the_disk(page: Page, publisher: Publisher, tmp_path: Path) -> None:
    from campaigner.preview.export import export
    from preview.conftest import press_of

    export(press_of(publisher), tmp_path / "approval")
    page.goto((tmp_path / "approval" / "index.html").as_uri())
    page.get_by_role("link", name="First").click()
    page.get_by_role("tab", name="Newsletter").click()
    page.locator("select[name=program]").select_option("gmail-ios")
    frame = page.frame_locator("#frame")
    expect(frame.get_by_text("Paragraph 7 of a long text")).to_be_attached()
    page.get_by_role("tab", name="Sign-up page").click()
    expect(frame.locator("form")).to_be_attached()


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_an_export_shows_each_scheme_whatever_the_browser_prefers(
    browser: Browser, publisher: Publisher, tmp_path: Path, preferred: str
) -> None:
    from campaigner.preview.export import export
    from preview.conftest import press_of

    export(press_of(publisher), tmp_path / "approval")
    campaign = (tmp_path / "approval" / "campaign" / "first" / "index.html").as_uri()
    context = browser.new_context(color_scheme=preferred)  # type: ignore[arg-type]
    page = context.new_page()
    for tab in ("post", "landing", "newsletter"):
        grounds = {}
        for scheme in ("light", "dark"):
            page.goto("about:blank")
            page.goto(f"{campaign}#page={tab}&scheme={scheme}")
            frame = page.locator("#frame").element_handle().content_frame()
            assert frame is not None
            frame.wait_for_selector("body h1")
            frame.wait_for_load_state()
            ground = frame.evaluate("getComputedStyle(document.body).backgroundColor")
            grounds[scheme] = sum(map(int, re.findall(r"\d+", ground)[:3]))
        assert grounds["dark"] < 200 < 600 < grounds["light"], (tab, grounds)
    context.close()


def test_screenshots_show_each_page_and_inbox(publisher: Publisher, browser: Browser, tmp_path: Path) -> None:
    from PIL import Image

    from preview.conftest import command

    run = command(publisher.root, "preview", "second", "--screenshots", str(tmp_path / "shots"))
    assert run.returncode == 0, run.stderr
    pictures = sorted((tmp_path / "shots" / "second").iterdir())
    assert len(pictures) == 64
    seen = {}
    for picture in pictures:
        with Image.open(picture) as image:
            seen[picture.name] = (image.width, image.convert("L").getpixel((5, 300)))
    # a mail that a program leaves without its styles for phones is wider than one
    assert {width for name, (width, _) in seen.items() if "newsletter" not in name} == {390, 1280}
    assert seen["post.390.dark.png"][1] < 80 < 200 < seen["post.390.light.png"][1]  # type: ignore[operator]
    sheet = (tmp_path / "shots" / "index.html").read_text()
    assert all(f"second/{picture.name}" in sheet for picture in pictures)


@pytest.mark.parametrize(
    "state",
    ["#page=toString", "#page=newsletter&program=../../../x%3F&reader=99", "#width=9999999&scheme=pink"],
)
def test_an_address_that_says_nonsense_shows_what_there_is(page: Page, served: Served, state: str) -> None:
    open_campaign(page, served, state)
    wait(page, "document.getElementById('frame').contentDocument?.body?.innerText.includes('Paragraph 60')")
    expect(page.locator("[role=tab][aria-selected=true]")).to_have_count(1)


def test_a_campaign_that_goes_away_is_told(browser: Browser, publisher: Publisher, served: Served) -> None:
    page = browser.new_page()  # its console may tell of what is missing
    open_campaign(page, served)
    (publisher.root / "campaigns" / "first").rename(publisher.root / "campaigns" / "elsewhere")
    expect(page.locator(".overlay")).to_contain_text("not there any more")
    page.close()
