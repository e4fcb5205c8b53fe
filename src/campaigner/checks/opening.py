"""Makes what checks look at of a campaign that was rendered."""

from collections.abc import Iterable

from campaigner.checks.subjects import Article, Mail, Output, Page, Subject, Trio
from campaigner.model.output import OutputFile
from campaigner.model.policy import Policy
from campaigner.render import addresses
from campaigner.render.landing import render_landing
from campaigner.render.newsletter import ReaderMail, mail_for_reader, render_newsletter
from campaigner.render.pages import CampaignPages
from campaigner.render.post import render_post

#: where a mail leads that is only looked at
NOWHERE = "https://nowhere.invalid/"


def subjects_of(pages: CampaignPages, *, today: str, policies: tuple[Policy, ...]) -> tuple[Subject, ...]:
    """Render a campaign, and give all that checks look at; neighbours make no difference to them.

    Raises CampaignerError with what is wrong, so that it cannot be rendered.
    """
    slug = pages.campaign.slug
    files = [
        *render_post(pages, previous=None, following=None),
        *render_landing(pages),
        *render_newsletter(pages),
    ]
    article = Article(
        today=today,
        campaign=pages.campaign,
        settings=pages.publication.settings,
        sources=pages.sources,
        policies=policies,
    )

    def page(output: Output, address: str) -> Page:
        return Page(output=output, address=address, html=_content(files, address), article=article)

    post = page(Output.POST, addresses.post(slug))
    landing = page(Output.LANDING, addresses.landing(slug))
    web_version = page(Output.WEB_VERSION, addresses.web_version(slug))
    read = mail_for_reader(pages, {}, unsubscribe_url=NOWHERE, preferences_url=NOWHERE)
    mail = _mail(read, article)
    return (
        article,
        post,
        landing,
        page(Output.THANKS, addresses.thanks(slug)),
        page(Output.CONFIRMED, addresses.confirmed(slug)),
        mail,
        Trio(article=article, post=post, landing=landing, mail=mail, web_version=web_version),
    )


def _content(files: Iterable[OutputFile], address: str) -> str:
    path = addresses.file_of(address)
    return next(file.content for file in files if file.path == path).decode()


def _mail(read: ReaderMail, article: Article) -> Mail:
    return Mail(
        subjects=read.subjects,
        preheader=read.preheader,
        from_name=read.from_name,
        from_address=read.from_address,
        html=read.html,
        text=read.text,
        article=article,
    )
