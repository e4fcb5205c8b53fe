"""The sign-up journey in a real browser: without JavaScript, by keyboard, and clean to axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from preview.conftest import PATIENCE, QUIET, Served, serving, until
from publisher import FILES, Publisher

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE * 1000)
#: longer than a form that came back has to be looked at before it is taken
READING_MILLISECONDS = 600
LISTS = '\n[signup.lists.weekly]\nlabel = "The weekly letter"\n'


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        made.write(path, content)
    made.write("campaigner.toml", QUIET + LISTS)
    with serving(made.root) as preview:
        yield preview


def mail_number(page: Page, served: Served, number: int) -> None:
    """Open the newest mail, once there are so many."""

    def there() -> bool:
        page.goto(f"{served.url}outbox/")
        return page.locator(".letters a").count() == number

    until(there)
    page.locator(".letters a").first.click()
    page.wait_for_url("**/outbox/*.campaigner/")


def fill_in(page: Page, served: Served, address: str) -> None:
    """Fill the form in and send it by keyboard alone."""
    page.goto(f"{served.url}site/first/join/")
    page.locator("#field-name").focus()
    page.keyboard.type("Zoë")
    page.keyboard.press("Tab")
    page.keyboard.type(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def mend(page: Page) -> None:
    """Send the form once more with an address that is one, no quicker than a person does."""
    page.wait_for_timeout(READING_MILLISECONDS)
    page.locator("#field-email").fill("zoe@clinic.example")
    page.locator("#field-email").press("Enter")
    page.wait_for_url("**/join/thanks/")


def test_the_journey_without_javascript_and_by_keyboard(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    # a browser takes an address without a dot for one, and a mail server of the internet does not
    fill_in(page, served, "zoe@localhost")
    page.wait_for_url("**/signup/first")
    expect(page.locator("#field-email-error")).to_be_visible()
    expect(page.locator("#field-name")).to_have_value("Zoë")
    expect(page.locator("#field-consent")).to_be_checked()
    mend(page)

    mail_number(page, served, 1)
    page.frame_locator("iframe").get_by_role("link", name="Confirm").first.click()
    page.wait_for_url("**/confirm/**")
    page.get_by_role("button", name="Yes, confirm").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/confirmed/")

    mail_number(page, served, 2)
    page.frame_locator("iframe").get_by_role("link", name="preferences").click()
    page.wait_for_url("**/preferences/**")
    page.get_by_label("The weekly letter").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_label("The weekly letter")).not_to_be_checked()

    mail_number(page, served, 2)
    page.frame_locator("iframe").get_by_role("link", name="Unsubscribe").click()
    page.wait_for_url("**/unsubscribe/**")
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    context.close()


def tab_to(page: Page, name: str, role: str = "button") -> None:
    """Go on by the tab key alone until something has the focus."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the tab key does not reach {name}")


def test_preferences_and_an_erasure_by_keyboard_without_javascript(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    fill_in(page, served, "zoe@clinic.example")
    page.wait_for_url("**/join/thanks/")
    mail_number(page, served, 1)
    page.frame_locator("iframe").get_by_role("link", name="Confirm").first.click()
    page.wait_for_url("**/confirm/**")
    tab_to(page, "Yes, confirm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/confirmed/")
    mail_number(page, served, 2)
    page.frame_locator("iframe").get_by_role("link", name="preferences").click()
    page.wait_for_url("**/preferences/**")

    tab_to(page, "Name (optional)", "textbox")
    page.keyboard.type("Zoë the second")
    tab_to(page, "The weekly letter", "checkbox")
    page.keyboard.press("Space")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_label("Name")).to_have_value("Zoë the second")
    expect(page.get_by_label("The weekly letter")).not_to_be_checked()

    with page.expect_download() as download:
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        tab_to(page, "Download")
        page.keyboard.press("Enter")
    assert "Zoë the second" in download.value.path().read_text(encoding="utf-8")

    page.locator("summary").last.focus()
    page.keyboard.press("Enter")
    tab_to(page, "Erase")
    page.keyboard.press("Enter")
    expect(page.locator("#erase-error")).to_be_visible()
    expect(page.get_by_label("Yes, erase everything")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("All of it is erased")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way(browser: Browser, served: Served, scheme: str, width: int) -> None:
    # a policy that allows no script forbids axe too, so it runs in a page that is let off
    context = browser.new_context(
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 800},
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)

    def look() -> None:
        found = Axe().run(page).response
        assert [violation["id"] for violation in found["violations"]] == [], page.url
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.url

    fill_in(page, served, "zoe@localhost")
    page.wait_for_url("**/signup/first")
    look()
    mend(page)
    mail_number(page, served, 1)
    look()
    page.goto(f"{served.url}outbox/")
    look()
    page.locator(".letters a").first.click()
    page.frame_locator("iframe").get_by_role("link", name="Confirm").first.click()
    page.wait_for_url("**/confirm/**")
    look()
    page.get_by_role("button").click()
    page.wait_for_url("**/join/confirmed/")
    mail_number(page, served, 2)
    page.frame_locator("iframe").get_by_role("link", name="preferences").click()
    page.wait_for_url("**/preferences/**")
    look()
    page.locator("summary").last.click()
    page.get_by_role("button", name="Erase").click()
    expect(page.locator("#erase-error")).to_be_visible()
    look()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()
    look()
    mail_number(page, served, 2)
    page.get_by_role("link", name="Gmail app, iPhone").click()
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("iframe.phone")).to_be_visible()
    look()
    mail_number(page, served, 2)
    page.frame_locator("iframe").get_by_role("link", name="Unsubscribe").click()
    page.wait_for_url("**/unsubscribe/**")
    look()
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    look()
    page.goto(f"{served.url}confirm/nothing")
    look()
    context.close()


def test_the_form_works_in_the_frame_of_a_campaign(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{served.url}campaign/first/#page=landing")
    frame = page.frame_locator("#frame")
    frame.locator("#field-email").fill("zoe@clinic.example")
    frame.locator("#field-consent").check()
    frame.get_by_role("button").first.click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("link", name="Outbox").click()
    expect(page.locator(".letters a")).to_have_count(1)  # which comes by itself
    assert said == []
    context.close()
