"""The sign-up page, and the two pages that a sign-up leads to."""

from campaigner.model.output import OutputFile
from campaigner.model.pages import (
    BenefitView,
    FieldView,
    FormView,
    Head,
    LandingPage,
    LinkView,
    OfferView,
    QuestionView,
    VoiceView,
)
from campaigner.render import addresses
from campaigner.render.addresses import in_site, is_external, relative
from campaigner.render.body.web import NO_TEXT, web_body
from campaigner.render.dates import date_view
from campaigner.render.pages import CampaignPages
from campaigner.render.references import with_returns
from campaigner.render.structured_data import questions_data

TEMPLATES = ("landing/index.html", "landing/thanks.html", "landing/confirmed.html")
#: where the form posts to if nobody says so
SIGN_UP = "/signup/{slug}"
#: a name that a program likes to fill in and no browser does by itself
HONEYPOT = "website"
AUTOCOMPLETE = {"tel": "tel", "url": "url"}


def render_landing(pages: CampaignPages) -> list[OutputFile]:
    """Give the sign-up page, the thanks page and the confirmed page."""
    slug = pages.campaign.slug
    places = (addresses.landing(slug), addresses.thanks(slug), addresses.confirmed(slug))
    files = []
    for template, page in zip(TEMPLATES, places, strict=True):
        view = landing_view(pages, page, kind=template)
        html = pages.publication.theme.render(template, pages.context(page, view))
        files.append(OutputFile(path=addresses.file_of(page), content=html.encode()))
    return files


def landing_view(pages: CampaignPages, page: str, *, kind: str) -> LandingPage:
    """Give a page of the sign-up as its template sees it; `kind` is the template's name."""
    meant = pages.campaign.front_matter
    landing = meant.landing
    # only the sign-up page itself shows what the article has for it, and what that cites
    body = web_body(pages.body, "landing", pages.web_context(page)) if kind == TEMPLATES[0] else NO_TEXT
    headline = pages.set(landing.headline or meant.title)
    site = pages.publication.settings.site.name
    intro = pages.set(landing.intro or meant.description) or pages.words("join_intro", site=site)
    return LandingPage(
        head=_head(pages, page, kind, headline=headline, intro=intro),
        title=pages.set(meant.title),
        headline=headline,
        intro=intro,
        kicker=meant.tags[0] if meant.tags else "",
        image=pages.illustrations.cover(page),
        benefits=tuple(
            BenefitView(title=pages.set(one.title), text=pages.set(one.text)) for one in landing.benefits
        ),
        offer=_offer(pages),
        body=body.html,
        trust=tuple(
            VoiceView(
                is_quote=one.quote,
                text=pages.set(one.text),
                name=one.name,
                role=pages.set(one.role),
                url=one.url or "",
            )
            for one in landing.trust
        ),
        authors=pages.authors,
        references=with_returns(pages.references, body.cited),
        faq=tuple(
            QuestionView(question=pages.set(one.question), answer=pages.set(one.answer))
            for one in landing.faq
        ),
        form=form_view(pages),
        thanks=pages.set(landing.form.thanks) or pages.words("thanks_default"),
        post=LinkView(label=pages.set(meant.title), href=relative(addresses.post(pages.campaign.slug), page)),
        expired=pages.expired,
        params=meant.params,
    )


def form_view(pages: CampaignPages) -> FormView:
    """Give the form as it is before anybody filled it in."""
    form, words = pages.campaign.front_matter.landing.form, pages.words
    own = tuple(
        FieldView(
            name=field.name,
            label=pages.set(field.label),
            type=field.type,
            required=field.required,
            autocomplete=AUTOCOMPLETE.get(field.type, "off"),
            options=field.options,
            help=pages.set(field.help),
        )
        for field in form.fields
    )
    return FormView(
        action=form_action(pages),
        fields=(
            _field("name", words("field_name"), "text", required=False),
            _field("email", words("field_email"), "email", required=True),
            *own,
        ),
        consent=form.consent or words("consent_default", site=pages.publication.settings.site.name),
        consent_error="",
        button=pages.set(form.button) or words("button_default"),
        honeypot=HONEYPOT,
    )


def form_action(pages: CampaignPages) -> str:
    """Where the form posts to: the endpoint of the settings, else our own sign-up app, beside the site or not.

    A path counts from the site's own address, as all links do, whatever folder that is in.
    """
    signup = pages.publication.settings.signup
    own = signup.url.rstrip("/") + SIGN_UP
    endpoint = (signup.endpoint or own).replace("{slug}", pages.campaign.slug)
    if is_external(endpoint):
        return endpoint
    return pages.publication.from_root(in_site(endpoint, addresses.HOME))


def _field(name: str, label: str, kind: str, *, required: bool) -> FieldView:
    return FieldView(
        name=name, label=label, type=kind, required=required, autocomplete=name, options=(), help=""
    )


def _offer(pages: CampaignPages) -> OfferView | None:
    offer = pages.campaign.front_matter.landing.offer
    if offer is None:
        return None
    return OfferView(
        title=pages.set(offer.title),
        text=pages.set(offer.text),
        price=offer.price,
        starts=date_view(str(offer.starts or ""), pages.language),
        ends=date_view(str(offer.ends or ""), pages.language),
    )


def _head(pages: CampaignPages, page: str, kind: str, *, headline: str, intro: str) -> Head:
    publication, words = pages.publication, pages.words
    is_landing = kind == TEMPLATES[0]
    titles = {TEMPLATES[1]: words("thanks_title"), TEMPLATES[2]: words("confirmed_title")}
    return publication.head(
        page=page,
        title=headline if is_landing else f"{titles[kind]} – {headline}",
        description=intro,
        language=pages.language,
        listed=is_landing and pages.listed,
        share_image=pages.illustrations.share(pages.language),
        structured_data=questions_data(publication, pages.campaign, page=page, language=pages.language)
        if is_landing
        else None,
    )
