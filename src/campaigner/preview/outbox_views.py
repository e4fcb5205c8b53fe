"""The outbox of the preview, shown like an inbox: what the sign-up app would have sent, in the same mail programs."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import urlencode

from campaigner.clients.programs import PROGRAMS
from campaigner.clients.simulation import Mail, Simulation, simulate
from campaigner.content.workspace import Workspace
from campaigner.model.pages import LinkView
from campaigner.preview.mail_views import TO_SITE, View, looked_at, view_of
from campaigner.preview.public import outbox_of
from campaigner.preview.views import Place, environment
from campaigner.transport.outbox import Outbox
from campaigner.value import Value, replace

HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
#: a link of the mail opens the page that it leads to, and not a page in its frame
IN_THE_WINDOW = '<base target="_top">'
#: how a mail is shown unless somebody chooses
FIRST = View(program=None, dark=False, images=True, reader=0)
#: in CSS pixels, below which a window is a phone's
PHONE = 600


class Choice(Value):
    """Ways to look at a mail, of which one is chosen."""

    legend: str
    ways: tuple[LinkView, ...]


def list_page(workspace: Workspace, site: str, place: Place) -> str:
    """All mails, the newest first."""
    mails = outbox_of(workspace).kept()
    return (
        environment()
        .get_template("outbox.html")
        .render(root=place.root, is_live=False, site=site, mails=mails, faults=(), was_right=True)
    )


def mail_page(workspace: Workspace, name: str, place: Place, *, view: str, on_phone: bool) -> str | None:
    """One mail with its headers, its HTML in a frame and its text; None where there is none.

    `view` is the file of a view, the first where it is none; `on_phone` is for the mail as it is written.
    """
    message = outbox_of(workspace).message(name)
    if message is None:
        return None
    chosen = view_of(view, 1) or FIRST
    program = chosen.program
    body = message.get_body(("plain",))
    headers = [(header, str(value)) for header, value in message.items()]
    return (
        environment()
        .get_template("letter.html")
        .render(
            root=place.root,
            is_live=False,
            subject=str(message["Subject"] or ""),
            recipient=str(message["Delivered-To"] or message["To"] or ""),
            choices=tuple(_choices(chosen, on_phone=on_phone)),
            source=chosen.name,
            program=program,
            simulated=_simulated(_html(message), chosen),
            on_phone=program.width < PHONE if program else on_phone,
            headers=headers,
            text=body.get_content() if body else "",
            faults=(),
            was_right=True,
        )
    )


def html_of(outbox: Outbox, name: str, base_url: str, *, view: str = "") -> str | None:
    """The HTML of a mail in a view, with pictures and links of the site from this preview.

    Without a view it is as it was written, in the scheme that the browser has.
    """
    message = outbox.message(name)
    html = _html(message) if message else ""
    if not html:
        return None
    if view:
        chosen = view_of(view, 1)
        if chosen is None:
            return None
        html = looked_at(html, chosen, _simulated(html, chosen))
    for before in ('"', "'", "("):
        html = html.replace(before + base_url, before + TO_SITE.removeprefix("../"))
    return HEAD.sub(lambda head: head[0] + IN_THE_WINDOW, html, count=1)


def _html(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    return str(body.get_content()) if body else ""


def _simulated(html: str, view: View) -> Simulation | None:
    return simulate(Mail(html), view.program, dark=view.dark) if view.program and html else None


def _choices(chosen: View, *, on_phone: bool) -> Iterator[Choice]:
    def way(label: str, view: View, *, is_phone: bool = on_phone) -> LinkView:
        wanted = {"view": view.name} | ({"width": "phone"} if is_phone and view.program is None else {})
        is_chosen = view == chosen and (is_phone == on_phone or view.program is not None)
        return LinkView(label=label, href=f"?{urlencode(wanted)}", current=is_chosen)

    programs = (None, *PROGRAMS)
    yield Choice(
        legend="Mail program",
        ways=tuple(way(one.title if one else "As written", replace(chosen, program=one)) for one in programs),
    )
    if chosen.program is None:
        desktop, phone = way("Desktop", chosen, is_phone=False), way("Phone", chosen, is_phone=True)
        yield Choice(legend="Width", ways=(desktop, phone))
    light, dark = replace(chosen, dark=False), replace(chosen, dark=True)
    yield Choice(legend="Scheme", ways=(way("Light", light), way("Dark", dark)))
    shown, held = replace(chosen, images=True), replace(chosen, images=False)
    yield Choice(legend="Images", ways=(way("On", shown), way("Off", held)))
