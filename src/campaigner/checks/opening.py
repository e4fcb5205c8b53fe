"""Makes what checks look at of the proofs of a campaign."""

from collections.abc import Sequence

from campaigner.checks.article import Article
from campaigner.checks.own_stylesheets import MailStyles
from campaigner.checks.page_styles import styles_of
from campaigner.checks.subjects import Letters, Newsletter, Page, Reader, Subject, Trio
from campaigner.model.finding import Output
from campaigner.model.policy import Policy
from campaigner.render import addresses
from campaigner.render.proofs import UNSUBSCRIBE, Proofs
from campaigner.render.publication import Publication


def subjects_of(
    proofs: Proofs,
    publication: Publication,
    readers: Sequence[Reader] = (),
    *,
    today: str,
    policies: tuple[Policy, ...] = (),
    place: int | None = None,
) -> tuple[Subject, ...]:
    """Give all that checks look at of a campaign.

    `readers` are those who are to get the newsletter; `policies` are the packs that hold; `place` is
    that of the campaign among those that home lists, None where it is in no listing.
    """
    slug = proofs.campaign.slug
    article = Article(
        today=today,
        campaign=proofs.campaign,
        settings=publication.settings,
        sources=proofs.sources,
        pictures=proofs.pictures,
        palettes=publication.palettes,
        styles=styles_of(publication),
        mail_styles=MailStyles(theme=publication.theme),
        policies=policies,
        place=place,
    )

    def page(output: Output, address: str, html: str = "") -> Page:
        html = html or proofs.pages[addresses.file_of(address)]
        return Page(output=output, address=address, html=html, article=article)

    post = page(Output.POST, addresses.post(slug))
    landing = page(Output.LANDING, addresses.landing(slug))
    web_version = page(Output.WEB_VERSION, addresses.web_version(slug), proofs.newsletter.web_version)
    mail = _mail(proofs, publication, article)
    return (
        article,
        post,
        landing,
        page(Output.THANKS, addresses.thanks(slug)),
        page(Output.CONFIRMED, addresses.confirmed(slug)),
        mail,
        *([Letters(article=article, letter=proofs.newsletter.letter, readers=readers)] if readers else []),
        Trio(article=article, post=post, landing=landing, mail=mail, web_version=web_version),
    )


def _mail(proofs: Proofs, publication: Publication, article: Article) -> Newsletter:
    read = proofs.newsletter.mail
    return Newsletter(
        subjects=read.subjects,
        preheader=read.preheader,
        from_name=read.from_name,
        from_address=read.from_address,
        html=read.html,
        drawn=proofs.newsletter.drawn,
        text=read.text,
        compose=lambda: read.message,
        unsubscribe_url=UNSUBSCRIBE,
        web_version_url=publication.url(addresses.web_version(proofs.campaign.slug)),
        picture_files={publication.url(address): made.file for address, made in proofs.pictures.items()},
        article=article,
    )
