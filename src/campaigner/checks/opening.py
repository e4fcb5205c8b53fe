"""Makes what checks look at of a campaign that was rendered."""

from collections.abc import Iterable, Sequence

from campaigner.checks.article import Article
from campaigner.checks.own_stylesheets import MailStyles
from campaigner.checks.page_styles import styles_of
from campaigner.checks.subjects import Letters, Mail, Page, Reader, Subject, Trio
from campaigner.model.finding import Output
from campaigner.model.output import OutputFile
from campaigner.model.policy import Policy
from campaigner.render import addresses
from campaigner.render.illustrations import IN_SITE
from campaigner.render.landing import render_landing
from campaigner.render.pages import CampaignPages
from campaigner.render.post import render_post
from campaigner.render.reader_mail import ReaderMail, proof_of

#: where a mail leads that is only looked at
UNSUBSCRIBE = "https://nowhere.invalid/unsubscribe/"
PREFERENCES = "https://nowhere.invalid/preferences/"


def subjects_of(
    pages: CampaignPages,
    readers: Sequence[Reader] = (),
    *,
    today: str,
    policies: tuple[Policy, ...] = (),
    place: int | None = None,
) -> tuple[Subject, ...]:
    """Render a campaign, and give all that checks look at; neighbours make no difference to them.

    `readers` are those who are to get the newsletter; `policies` are the packs that hold; `place` is
    that of the campaign among those that home lists, None where it is in no listing.

    Raises CampaignerError with what is wrong, so that it cannot be rendered.
    """
    slug = pages.campaign.slug
    files = [*render_post(pages, previous=None, following=None), *render_landing(pages)]
    proof = proof_of(pages, unsubscribe_url=UNSUBSCRIBE, preferences_url=PREFERENCES)
    article = Article(
        today=today,
        campaign=pages.campaign,
        settings=pages.publication.settings,
        sources=pages.sources,
        pictures={path.removeprefix(IN_SITE): file for path, file in pages.illustrations.files.items()},
        palettes=pages.publication.palettes,
        styles=styles_of(pages.publication),
        mail_styles=MailStyles(theme=pages.publication.theme),
        policies=policies,
        place=place,
    )

    def page(output: Output, address: str, html: str = "") -> Page:
        return Page(output=output, address=address, html=html or _content(files, address), article=article)

    post = page(Output.POST, addresses.post(slug))
    landing = page(Output.LANDING, addresses.landing(slug))
    web_version = page(Output.WEB_VERSION, addresses.web_version(slug), proof.web_version)
    mail = _mail(proof.mail, proof.drawn, pages, article)
    return (
        article,
        post,
        landing,
        page(Output.THANKS, addresses.thanks(slug)),
        page(Output.CONFIRMED, addresses.confirmed(slug)),
        mail,
        *([Letters(article=article, letter=proof.letter, readers=readers)] if readers else []),
        Trio(article=article, post=post, landing=landing, mail=mail, web_version=web_version),
    )


def _content(files: Iterable[OutputFile], address: str) -> str:
    path = addresses.file_of(address)
    return next(file.content for file in files if file.path == path).decode()


def _mail(read: ReaderMail, drawn: str, pages: CampaignPages, article: Article) -> Mail:
    return Mail(
        subjects=read.subjects,
        preheader=read.preheader,
        from_name=read.from_name,
        from_address=read.from_address,
        html=read.html,
        drawn=drawn,
        text=read.text,
        compose=read.compose,
        unsubscribe_url=UNSUBSCRIBE,
        web_version_url=pages.publication.url(addresses.web_version(pages.campaign.slug)),
        picture_files={
            pages.publication.url(path.removeprefix(IN_SITE)): made.file
            for path, made in pages.illustrations.files.items()
        },
        article=article,
    )
