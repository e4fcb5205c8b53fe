"""The outbox of the preview, shown like an inbox: what the sign-up app would have sent."""

import re

from campaigner.content.workspace import Workspace
from campaigner.preview.mail_views import TO_SITE
from campaigner.preview.public import outbox_of
from campaigner.preview.views import Place, environment
from campaigner.transport.outbox import Outbox

#: names of mails, as they stand in addresses
HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
#: a link of the mail opens the page that it leads to, and not a page in its frame
IN_THE_WINDOW = '<base target="_top">'


def list_page(workspace: Workspace, site: str, place: Place) -> str:
    """All mails, the newest first."""
    mails = outbox_of(workspace).kept()
    return (
        environment()
        .get_template("outbox.html")
        .render(root=place.root, is_live=False, site=site, mails=mails, faults=(), was_right=True)
    )


def mail_page(workspace: Workspace, name: str, place: Place) -> str | None:
    """One mail with its headers, its HTML in a frame and its text; None where there is none."""
    message = outbox_of(workspace).message(name)
    if message is None:
        return None
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
            headers=headers,
            text=body.get_content() if body else "",
            faults=(),
            was_right=True,
        )
    )


def html_of(outbox: Outbox, name: str, base_url: str) -> str | None:
    """The HTML of a mail, with pictures and links of the site from this preview."""
    message = outbox.message(name)
    body = message.get_body(("html",)) if message else None
    if body is None:
        return None
    html: str = body.get_content()
    for before in ('"', "'", "("):
        html = html.replace(before + base_url, before + TO_SITE.removeprefix("../"))
    return HEAD.sub(lambda head: head[0] + IN_THE_WINDOW, html, count=1)
