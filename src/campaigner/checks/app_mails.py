"""Makes what checks look at of the mails of the sign-up app."""

from collections.abc import Iterable, Iterator

from campaigner.checks.article import Article
from campaigner.checks.own_stylesheets import MailStyles
from campaigner.checks.own_templates import own_text
from campaigner.checks.page_styles import styles_of
from campaigner.checks.subjects import AppMail
from campaigner.content.workspace import SETTINGS_FILE
from campaigner.model.campaign import Campaign
from campaigner.model.finding import Finding, Output
from campaigner.model.policy import Policy
from campaigner.render.letters import letter_templates
from campaigner.render.proofs import LetterProof
from campaigner.render.publication import Publication
from campaigner.value import replace

OUTPUTS = {
    "confirmation": Output.CONFIRMATION_MAIL,
    "welcome": Output.WELCOME_MAIL,
    "already-subscribed": Output.ALREADY_MAIL,
}
#: where a workspace may have own templates for them
OWN = "templates/mails/"


def app_mail(
    proof: LetterProof,
    campaign: Campaign,
    publication: Publication,
    *,
    today: str,
    policies: tuple[Policy, ...] = (),
) -> AppMail:
    """Give a mail to be looked at; `campaign` stands in for those that people sign up for."""
    settings = publication.settings
    own = (name for name in letter_templates(proof.kind) if own_text(publication.theme, name))
    path = next((f"templates/{name}" for name in own), SETTINGS_FILE)
    article = Article(
        today=today,
        campaign=replace(campaign, path=path),
        settings=settings,
        sources={},
        pictures={},
        palettes=publication.palettes,
        styles=styles_of(publication),
        mail_styles=MailStyles(theme=publication.theme),
        policies=policies,
    )
    return AppMail(
        output=OUTPUTS[proof.kind],
        kind=proof.kind,
        subjects=(proof.subject,),
        preheader=proof.preheader,
        from_name=settings.sender.name or settings.site.name,
        from_address=settings.sender.address,
        html=proof.html,
        drawn=proof.drawn,
        text=proof.text,
        compose=lambda: proof.message,
        confirm_url=proof.confirm_url,
        unsubscribe_url=proof.unsubscribe_url,
        picture_files={},
        article=article,
    )


def told_of_no_newsletter(of_mails: Iterable[Finding], of_campaigns: Iterable[Finding]) -> Iterator[Finding]:
    """Give what is found in them and told of no newsletter: all mails have one layout, one sender and one brand.

    Of an own template of theirs all is told, whatever else newsletters have.
    """
    told = {(one.check, one.message) for one in of_campaigns}
    for one in dict.fromkeys(of_mails):
        if one.path.startswith(OWN) or (one.check, one.message) not in told:
            yield one
