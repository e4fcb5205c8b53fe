"""The preview in a real browser: each tab, width, mail program and scheme, and what is saved meanwhile."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from campaigner.clients.programs import BY_NAME, PROGRAMS, Dark
from preview.conftest import PATIENCE, QUIET, Served, serving, until
from publisher import FILES, Publisher, article, picture

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE * 1000)

TEMPLATES = Path(__file__).parents[2] / "templates"
#: mail programs that leave a mail light in dark mode
KEPT_AS_IT_IS = sum(program.dark is Dark.NONE for program in PROGRAMS)
LONG = "\n\n".join(f"Paragraph {number} of a long text that one scrolls through." for number in range(120))


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        made.write(path, content)
    made.write("campaigner.toml", QUIET)
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


#: front matter
LONG_SUBJECT = (
    "title: Second\nnewsletter: {subject: Everything you ever wanted to know about all that you open daily}"
)


def test_home_tells_its_keys_and_claims_nothing_that_was_not_checked(page: Page, served: Served) -> None:
    page.route("**/problems", lambda route: None)  # which is never answered
    page.goto(served.url)
    expect(page.locator(".tally .keyboard")).to_have_text("/ search v next size")
    expect(page.locator("#checked")).to_have_text("0 of 4 checked")


def test_the_address_of_home_keeps_what_is_looked_for(page: Page, served: Served) -> None:
    page.goto(served.url)
    page.keyboard.press("v")
    page.keyboard.press("v")
    page.get_by_label("Scheduled").check(force=True)
    expect(page.locator(".card:visible")).to_have_count(1)
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    expect(page.locator("input[name=view][value=list]")).to_be_checked()
    expect(page.locator(".card:visible h2")).to_have_text("Later")
    expect(page.locator(".miniature:visible")).to_have_count(0)


def test_a_card_tells_its_problems_once_it_is_on_the_screen(
    page: Page, publisher: Publisher, served: Served
) -> None:
    for number in range(40):
        publisher.write(
            f"campaigns/many-{number:02}/article.md", article(f"Number {number}", date="2026-10-01")
        )
    publisher.edit("campaigns/first/article.md", "Paragraph 7 ", "Paragraph [@nowhere] ")
    publisher.edit("campaigns/third/article.md", "Hello", "[@nowhere]")
    served.wait_for("", "many-39")
    page.goto(f"{served.url}#view=large")
    expect(page.locator("#card-first .problems")).to_contain_text('1 problem there is no source "nowhere"')
    expect(page.locator("#card-many-39 .problems")).to_have_text("Not checked yet")
    assert page.locator("iframe").count() < 24  # only what is near the screen is asked for
    expect(page.locator("#checked")).to_contain_text(" checked, 1 with problems")
    page.get_by_role("button", name="Check all").click()
    expect(page.locator("#checked")).to_have_text("all checked, 2 with problems")
    expect(page.locator("#card-many-39 .problems")).to_have_text("No problems")
    page.get_by_label("With problems").check(force=True)
    expect(page.locator(".card:visible")).to_have_count(2)
    publisher.edit("campaigns/third/article.md", "[@nowhere]", "Hello")
    expect(page.locator(".card:visible")).to_have_count(1)


def test_what_leaves_the_screen_is_let_go(page: Page, publisher: Publisher, served: Served) -> None:
    for number in range(40):
        publisher.write(
            f"campaigns/many-{number:02}/article.md", article(f"Number {number}", date="2026-10-01")
        )
    served.wait_for("", "many-39")
    page.goto(f"{served.url}#view=large")
    expect(page.locator("#card-first iframe")).to_have_count(3)
    page.locator("#card-many-39").scroll_into_view_if_needed()
    expect(page.locator("#card-many-39 iframe")).to_have_count(3)
    expect(page.locator("#card-first iframe")).to_have_count(0)
    page.keyboard.press("v")
    page.keyboard.press("v")
    expect(page.locator("iframe:visible")).to_have_count(0)


def test_few_campaigns_are_all_checked_at_once(page: Page, publisher: Publisher, served: Served) -> None:
    publisher.edit("campaigns/third/article.md", "Hello", "[@nowhere]")
    page.goto(served.url)
    expect(page.locator("#checked")).to_have_text("all checked, 1 with problems")
    expect(page.get_by_role("button", name="Check all")).to_be_hidden()


def test_miniatures_are_whole_pages_made_small_and_follow_what_is_saved(
    page: Page, publisher: Publisher, served: Served
) -> None:
    page.goto(served.url)
    post = "document.querySelector('#card-first .post iframe')"
    wait(page, f"{post}?.contentDocument?.body?.innerText.includes('Paragraph 7 ')")
    assert page.evaluate(f"{post}.contentWindow.innerWidth") == 1280
    frame, picture = (
        page.locator(f"#card-first .post {one}").bounding_box() for one in ("iframe", ".picture")
    )
    assert frame is not None
    assert picture is not None
    assert abs(frame["width"] - picture["width"]) < 1
    assert picture["width"] > 400
    publisher.edit("campaigns/first/article.md", "Paragraph 7 of", "Zebra of")
    wait(page, f"{post}.contentDocument.body.innerText.includes('Zebra of')")
    page.locator("#card-first").get_by_role("link", name="Newsletter").click()
    expect(page.get_by_role("tab", name="Newsletter")).to_have_attribute("aria-selected", "true")


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


def test_side_by_side_each_program_says_what_it_does_in_dark_mode(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&program=all")
    gmail = page.locator("#wall li", has=page.get_by_role("link", name="Gmail, web", exact=True))
    expect(gmail.get_by_text("the mail stays as it is")).to_be_hidden()
    page.keyboard.press("d")
    expect(gmail.get_by_text("the mail stays as it is")).to_be_visible()


def test_below_the_rows_stands_what_each_reader_reads(
    page: Page, publisher: Publisher, served: Served
) -> None:
    newsletter = "newsletter: {preheader: \"For {{ reader.first_name | default('you') }}\"}"
    publisher.edit("campaigns/first/article.md", "newsletter: {subjects: [Another, A third]}", newsletter)
    publisher.write("readers.yaml", "Ada:\n  first_name: Ada\n")
    served.wait_for("campaign/first/", "For Ada")
    open_campaign(page, served, "#page=newsletter&part=inbox&scheme=dark")
    table = page.get_by_role("table", name="What each sample reader reads")
    expect(table.get_by_role("row", name="Ada First")).to_contain_text("For Ada 7")
    expect(table.get_by_role("row", name="Nothing is known First")).to_contain_text("For you 7")
    table.get_by_role("link", name="Nothing is known").click()
    expect(page.locator("select[name=reader]")).to_have_value("1")
    expect(page.locator("input[name=scheme][value=dark]")).to_be_checked()
    expect(page.locator(".rows:visible .gmail-app")).to_contain_text("For you")
    expect(table.get_by_role("link", name="Nothing is known")).to_have_attribute("aria-current", "true")


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


@pytest.mark.parametrize(
    ("shown", "controls"),
    [
        ("", {"width", "scheme"}),
        ("#page=landing", {"width", "scheme"}),
        ("#page=newsletter", {"part", "program", "width", "scheme", "images", "reader"}),
        ("#page=newsletter&program=all", {"part", "program", "scheme", "images", "reader"}),
        ("#page=newsletter&part=inbox", {"part", "scheme", "reader"}),
        ("#page=newsletter&part=text", {"part", "reader"}),
        ("#page=newsletter&part=source", {"part", "reader"}),
        ("#page=newsletter&part=headers", {"part", "reader"}),
    ],
)
def test_only_what_acts_can_be_chosen(page: Page, served: Served, shown: str, controls: set[str]) -> None:
    open_campaign(page, served, shown)
    names = page.evaluate(
        "[...document.getElementById('controls').elements].filter((one) => one.name && one.offsetParent)"
        ".map((one) => one.name)"
    )
    assert set(names) == controls
    assert page.locator("#handle").is_visible() == ("width" in controls)
    keys = {"w": "width", "d": "scheme", "i": "images", "r": "reader"}
    for key, name in keys.items():
        before = page.evaluate("location.href")  # which page.url follows a little later
        page.keyboard.press(key)
        assert (page.evaluate("location.href") != before) == (name in controls), key
        assert page.locator(".keys").get_by_text(key, exact=True).is_visible() == (name in controls)


def test_a_mail_program_has_the_width_of_its_own_window(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter")
    for name in ("gmail-ios", "gmail-web"):
        page.locator("select[name=program]").select_option(name)
        expect(page.locator("#sheet")).to_have_css("width", f"{BY_NAME[name].width}px")
        expect(page.get_by_text(f"Own, {BY_NAME[name].width}", exact=True)).to_be_visible()
    page.keyboard.press("w")
    expect(page.locator("#sheet")).to_have_css("width", "320px")


def test_side_by_side_each_frame_has_the_width_of_its_program(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&program=all&reader=1")
    frames = page.locator("#wall iframe")
    expect(frames).to_have_count(len(PROGRAMS))
    for number, program in enumerate(PROGRAMS):
        frame = frames.nth(number)
        frame.scroll_into_view_if_needed()
        assert frame.evaluate("(one) => one.contentWindow.innerWidth") == program.width
        box, pane = frame.bounding_box(), frame.locator("xpath=..").bounding_box()
        assert box is not None
        assert pane is not None
        assert abs(box["width"] - pane["width"]) < 1
        assert abs(box["height"] - pane["height"]) < 1
    page.locator("#removed").get_by_role("link", name="Outlook for Windows (Word)").click()
    expect(page.locator("select[name=program]")).to_have_value("outlook-windows")
    expect(page.locator("select[name=reader]")).to_have_value("1")
    page.locator("#removed").get_by_role("link", name="All programs").click()
    expect(page.locator("#wall")).to_be_visible()


def test_the_name_of_a_mail_program_is_not_cut(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&program=gmail-other-account")
    select = page.locator("select[name=program]")
    assert (
        select.evaluate(
            """(one) => {
          const text = document.createElement("canvas").getContext("2d");
          text.font = getComputedStyle(one).font;
          return one.clientWidth - text.measureText(one.selectedOptions[0].textContent).width;
        }"""
        )
        > 20
    )


def test_a_row_of_an_inbox_says_what_was_cut(page: Page, publisher: Publisher, served: Served) -> None:
    open_campaign(page, served, "#page=newsletter&part=inbox")
    row = page.locator(".rows:visible .outlook").first
    expect(row.locator("[data-cut]")).not_to_contain_text("subject cut")
    publisher.edit("campaigns/first/article.md", "title: First", f"title: {'First and foremost ' * 5}")
    expect(row.locator("[data-cut]")).to_contain_text("subject cut")
    expect(page.locator(".rows:visible .gmail [data-cut]").first).to_contain_text("cut")


def test_on_a_phone_the_campaign_has_the_screen(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    open_campaign(page, served, "#page=newsletter")
    frame, source = page.locator("#frame").bounding_box(), page.locator("#source").bounding_box()
    assert frame is not None
    assert source is not None
    assert frame["y"] < 844 / 6
    assert source["y"] + source["height"] <= 844
    assert source["y"] - frame["y"] > 844 * 0.7
    expect(page.locator("#controls")).to_be_hidden()
    page.get_by_role("button", name="How it is shown").click()
    page.locator("input[name=scheme][value=dark]").check(force=True)
    expect(page.locator("#adjusted")).to_contain_text("Dark")
    assert page.locator("input[name=width][value='768']").is_hidden()  # it is wider than the phone
    page.get_by_role("button", name="How it is shown").click()
    page.get_by_role("tab", name="Blog").click()
    page.frame_locator("#frame").get_by_text("Paragraph 2 of a long text").click()
    expect(page.locator("#source .meant")).to_be_in_viewport()
    context.close()


def test_a_newsletter_that_is_mended_has_its_message(
    page: Page, publisher: Publisher, served: Served
) -> None:
    publisher.write("campaigns/fresh/article.md", article("Fresh", "A claim [@nowhere]."))
    served.wait_for("", "campaign/fresh/")
    page.goto(f"{served.url}campaign/fresh/#page=newsletter")
    expect(page.locator("#message")).to_contain_text("There is no newsletter yet")
    publisher.write("campaigns/fresh/article.md", article("Fresh", "A claim."))
    expect(page.locator("#eml")).to_be_visible()
    wait(page, "document.getElementById('frame').contentDocument?.body?.innerText.includes('A claim.')")


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


def test_what_is_typed_into_a_form_is_no_shortcut(page: Page, served: Served) -> None:
    open_campaign(page, served, "#page=landing")
    field = page.frame_locator("#frame").locator("input[type=email]").first
    field.press_sequentially("dim@example.com")
    expect(field).to_have_value("dim@example.com")
    assert page.url.endswith("#page=landing")


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


def test_a_picture_a_partial_and_a_style_show_without_a_reload(
    page: Page, publisher: Publisher, served: Served
) -> None:
    publisher.write("campaigns/second/article.md", article("Second", "![A field](field.png)"))
    publisher.write("campaigns/second/field.png", picture("green"))
    publisher.write("templates/styles/site.css", (TEMPLATES / "styles/site.css").read_text())
    served.wait_for("site/second/", 'alt="A field"')
    page.goto(f"{served.url}campaign/second/")
    field = "document.getElementById('frame').contentDocument?.querySelector('img[alt=\"A field\"]')"
    wait(page, f"{field}?.naturalWidth")
    before = page.evaluate(f"window.mark = {field}.currentSrc")
    publisher.write("campaigns/second/field.png", picture("red"))
    wait(page, f"{field}.naturalWidth && {field}.currentSrc !== {before!r}")
    publisher.edit("templates/styles/site.css", "body {", "body { outline: 7px solid;")
    wait(
        page, "getComputedStyle(document.getElementById('frame').contentDocument.body).outlineWidth === '7px'"
    )
    publisher.write(
        "templates/_parts/page/masthead.html",
        "{% macro masthead(site, words, is_title, motto, leads_away) %}<p>Zebra</p>{% endmacro %}",
    )
    wait(page, "document.getElementById('frame').contentDocument.body.innerText.includes('Zebra')")
    assert page.evaluate("window.mark") == before


def test_findings_stand_beside_the_page_and_unfold_at_their_lines(
    page: Page, publisher: Publisher, served: Served
) -> None:
    broken = article(
        "Second", "Hello.\n\nThere is more in [our letters](/letters/) of last year.", date="2026-11-02"
    )
    publisher.write("campaigns/second/article.md", broken.replace("title: Second", LONG_SUBJECT))
    page.goto(f"{served.url}campaign/second/")
    found = page.locator("#findings details", has_text="the subject line has")
    expect(found).to_have_count(1)
    found.locator("summary").click()
    expect(found.locator(".meant")).to_contain_text("subject")
    publisher.edit("campaigns/second/article.md", LONG_SUBJECT, "title: Second")
    expect(found).to_have_count(0)


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
    overlay.get_by_role("button", name="Fold away").click()
    expect(overlay.locator(".meant").first).to_be_hidden()
    overlay.get_by_role("button", name="Unfold").click()
    expect(overlay.locator(".meant").first).to_be_visible()
    overlay.get_by_role("button", name="Fold away").click()
    publisher.edit("campaigns/first/article.md", "date:", "dates: 2026-11-03\ndate:")
    expect(overlay).to_contain_text("3 things are wrong")
    expect(overlay).to_have_class("overlay folded")
    publisher.edit("campaigns/first/article.md", "dates: 2026-11-03\n", "")
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
        "#view=list",
        "campaign/first/#page=newsletter&part=headers",
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["", "campaign/first/#page=newsletter&part=inbox", "campaign/first/#page=newsletter&program=all"],
)
def test_axe_finds_nothing_on_a_phone(browser: Browser, served: Served, scheme: str, path: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        has_touch=True,
    )
    page = context.new_page()
    page.goto(served.url + path)
    page.wait_for_timeout(600)
    if "campaign" in path:
        page.get_by_role("button", name="How it is shown").click()
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
@pytest.mark.parametrize(
    "path",
    [
        "",
        "#view=list",
        "campaign/first/",
        "campaign/first/#page=newsletter&program=all",
        "campaign/first/#page=newsletter&part=inbox",
    ],
)
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
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    expect(page.get_by_role("heading", name="Source")).to_have_count(0)  # nobody can tell the lines there
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
    for file in pictures:
        with Image.open(file) as image:
            seen[file.name] = (image.width, image.convert("L").getpixel((5, 300)))
    # a mail that a program leaves without its styles for phones is wider than one
    assert {width for name, (width, _) in seen.items() if "newsletter" not in name} == {390, 1280}
    assert seen["post.390.dark.png"][1] < 80 < 200 < seen["post.390.light.png"][1]  # type: ignore[operator]
    sheet = (tmp_path / "shots" / "index.html").read_text()
    assert all(f"second/{file.name}" in sheet for file in pictures)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((tmp_path / "shots" / "index.html").as_uri())
    expect(page.get_by_text("Pictures of mail programs are simulations")).to_be_visible()
    expect(page.get_by_text("the mail stays as it is")).to_have_count(2 * KEPT_AS_IT_IS)
    thanks = page.locator("img[alt='Thanks, 1280 px, light']")  # it is short, and its left side is there too
    thanks.scroll_into_view_if_needed()
    until(lambda: thanks.evaluate("(one) => one.complete && one.naturalWidth > 0"))
    assert thanks.evaluate("(one) => one.height / one.width - one.naturalHeight / one.naturalWidth") < 0.01
    assert Axe().run(page).response["violations"] == []
    page.close()


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
