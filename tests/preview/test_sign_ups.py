"""The sign-up form in the preview: the whole journey, with mails in an outbox and no mail server."""

import re
import stat
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from campaigner.clients.programs import PROGRAMS
from campaigner.preview.mail_views import all_views
from preview.conftest import QUIET, Served, serving, until
from publisher import Publisher

AMINA = {"email": "amina@clinic.example", "name": "Amina", "consent": "yes"}
PUBLIC_HOST = re.compile(r"https?://[^/]+/")


class _Still(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def post(served: Served, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
    """Status, Location and text of the answer to a form."""
    request = urllib.request.Request(
        urllib.parse.urljoin(served.url, path), urllib.parse.urlencode(fields).encode(), method="POST"
    )
    try:
        with urllib.request.build_opener(_Still).open(request, timeout=20) as answer:
            return answer.status, "", answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers.get("location", ""), error.read().decode()


def form_of(served: Served, slug: str) -> str:
    """Where the form of a sign-up page posts to."""
    found = re.search(
        r'<form id="page-form" method="post" action="([^"]+)"', served.text(f"site/{slug}/join/")
    )
    assert found
    return found[1]


def letters(served: Served, count: int) -> list[str]:
    """The paths of the mails in the outbox, the newest first, once there are so many."""

    def found() -> list[str]:
        paths = re.findall(r'<a href="\.\./(outbox/[^"]+/)">', served.text("outbox/"))
        return paths if len(paths) == count else []

    return until(found)  # type: ignore[no-any-return]


def link(served: Served, letter: str, kind: str) -> str:
    """Where a link of a mail leads, which must be this preview."""
    found = re.search(rf'href="([^"]*/{kind}/[^"]+)"', served.text(f"{letter}mail.html"))
    assert found
    assert found[1].startswith(served.url)
    return found[1]


def test_the_whole_journey_in_the_preview(served: Served, publisher: Publisher) -> None:
    status, location, _ = post(served, form_of(served, "first"), AMINA)
    assert (status, location) == (303, "/site/first/join/thanks/")
    assert served.get(location.lstrip("/"))[0] == 200
    (confirmation,) = letters(served, 1)
    assert "amina@clinic.example" in served.text("outbox/")
    assert "Please confirm" in served.text(confirmation)
    confirm = link(served, confirmation, "confirm")
    assert '<form method="post">' in served.text(confirm.removeprefix(served.url))
    assert post(served, confirm, {})[:2] == (303, "/site/first/join/confirmed/")
    welcome, _ = letters(served, 2)
    preferences = served.text(link(served, welcome, "preferences").removeprefix(served.url))
    assert 'value="Amina"' in preferences
    style = re.search(r'<link rel="stylesheet" href="/(site/[^"]+)"', preferences)
    assert style
    assert served.get(style[1])[0] == 200
    status, _, text = post(served, link(served, welcome, "unsubscribe"), {"List-Unsubscribe": "One-Click"})
    assert status == 200
    assert "You are unsubscribed" in text
    key = publisher.root / ".campaigner" / "preview.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_form_with_errors_comes_back_in_the_preview(served: Served) -> None:
    status, _, text = post(served, form_of(served, "first"), {"email": "amina"})
    assert status == 422
    assert 'id="field-email-error"' in text
    style = re.search(r'<link rel="stylesheet" href="/(site/[^"]+)"', text)
    assert style
    assert served.get(style[1])[0] == 200


def test_an_outbox_that_is_empty_says_what_to_do(served: Served) -> None:
    assert "There is none yet" in served.text("outbox/")
    assert served.get("outbox/nothing/")[0] == 404
    assert served.get("outbox/nothing/mail.html")[0] == 404
    assert '<a href="outbox/">' in served.text("")


def test_a_mail_may_lead_out_of_its_frame_and_run_nothing(served: Served) -> None:
    post(served, "/signup/first", AMINA)
    (confirmation,) = letters(served, 1)
    _, headers, html = served.get(f"{confirmation}mail.html")
    policy = headers["content-security-policy"]
    assert "sandbox allow-same-origin allow-top-navigation-by-user-activation" in policy
    assert "script-src" not in policy
    assert '<base target="_top">' in html
    assert "https://gazette.example/" not in html  # the site is this preview's
    app_page = served.get(link(served, confirmation, "confirm").removeprefix(served.url))
    assert "frame-ancestors 'self'" in app_page[1]["content-security-policy"]


def test_a_mail_opens_in_each_mail_program_in_light_and_dark(served: Served) -> None:
    post(served, "/signup/first", AMINA)
    (confirmation,) = letters(served, 1)
    page = served.text(confirmation)
    assert '<iframe class="letter" src="as-written.light.r0.html"' in page
    assert all(f'href="?view={program.name}.light.r0.html"' in page for program in PROGRAMS)
    shown = {view.name: served.text(f"{confirmation}{view.name}") for view in all_views(1)}
    assert all('<base target="_top">' in html for html in shown.values())
    assert all(f'href="{served.url}confirm/' in html for html in shown.values())
    # which one sees that programs and schemes make a difference
    assert len({shown[f"{name}.dark.r0.html"] for name in ("as-written", "gmail-ios", "outlook-web")}) == 3
    assert shown["gmail-ios.light.r0.html"] != shown["gmail-ios.dark.r0.html"]
    phone = served.text(f"{confirmation}?view=gmail-ios.dark.r0.html")
    assert '<iframe class="letter phone" src="gmail-ios.dark.r0.html"' in phone
    assert "what Gmail app, iPhone is known to drop" in phone
    written = served.text(f"{confirmation}?view=as-written.dark.r0.html&width=phone")
    assert '<iframe class="letter phone" src="as-written.dark.r0.html"' in written
    assert served.get(f"{confirmation}nothing.dark.r0.html")[0] == 404
    assert '"as-written.light.r0.html"' in served.text(f"{confirmation}?view=nothing")


def test_a_site_in_a_folder_and_an_app_elsewhere_work_too(publisher: Publisher) -> None:
    settings = QUIET.replace("https://gazette.example", "https://gazette.example/letters")
    publisher.write("campaigner.toml", settings)
    with serving(publisher.root) as served:
        assert form_of(served, "first") == "/letters/signup/first"
        assert post(served, "/letters/signup/first", AMINA)[0] == 303
        assert "/letters/confirm/" in link(served, letters(served, 1)[0], "confirm")
    publisher.write("campaigner.toml", f'{QUIET}\n[signup]\nurl = "https://app.gazette.example"\n')
    with serving(publisher.root) as served:
        assert form_of(served, "first") == "/signup/first"


def test_a_workspace_with_real_readers_has_a_database_for_trials(publisher: Publisher) -> None:
    publisher.write("campaigner.toml", f'{QUIET}\n[signup]\nmail = "smtps://mail.gazette.example"\n')
    with serving(publisher.root) as served:
        post(served, "/signup/first", AMINA)
        letters(served, 1)
    state = publisher.root / ".campaigner"
    assert (state / "preview.db").exists()
    assert not (state / "campaigner.db").exists()


def test_what_keeps_sign_ups_from_being_kept_is_told(publisher: Publisher) -> None:
    state = Path(publisher.root) / ".campaigner"
    state.mkdir(exist_ok=True)
    (state / "campaigner.db").write_bytes(b"no database at all" * 100)
    with serving(publisher.root) as served:
        status, _, text = post(served, "/signup/first", AMINA)
    assert status == 503
    assert "this is no database" in text
