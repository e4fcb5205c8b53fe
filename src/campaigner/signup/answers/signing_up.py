"""Takes the landing page's form."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from campaigner.audience.consent import Shown
from campaigner.audience.sign_ups import Arrival, NewIds, SignUp, sign_up_all
from campaigner.errors import Fault
from campaigner.model.campaign import State
from campaigner.model.settings import SignUpLimits
from campaigner.render import addresses
from campaigner.render.app_pages import FormBack, landing_again
from campaigner.render.pages import CampaignPages
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.saying import message
from campaigner.signup.form import Filled, read_form
from campaigner.signup.house import SignUpForm
from campaigner.signup.limiting import Limiter, Verdict
from campaigner.signup.requests import form_of, unnamed_proxy, wants_json
from campaigner.signup.tokens import Keys, Refused, read_stamp, served_stamp

#: of the form on the landing page, in the ledger
FORM = "join"
#: field of a form that the app itself served: when that was. No field of a campaign has a dash in its name
STAMP = "form-served"
#: no person reads what is wrong, mends it and sends it in less; many take longer, and programs learn to wait
QUICK = timedelta(seconds=0.5)


class SigningUp:
    """Answers a form, as long as there are not too many."""

    def __init__(self, limits: SignUpLimits) -> None:
        """Take the limits of the settings."""
        self._limiter = Limiter(limits)
        self._has_told_of_proxy = False

    async def __call__(self, context: Context, request: Request) -> Response:
        """Take the form; on GET lead to where it stands."""
        slug = request.path_params["slug"]
        found = await context.house.form(slug)
        if found is None:
            raise HTTPException(404)
        if request.method != "POST":
            return context.to_site(addresses.landing(slug))
        pages = found.pages
        if pages.state is State.EXPIRED:
            return await message(context, pages.language, "closed", status=410, slug=slug)
        sent = {name: values[-1] for name, values in (await form_of(request)).items()}
        thanks = _thanks(context, request, slug)
        if sent.get(found.view.honeypot):  # no person: and no program is told so
            return thanks
        utm = {name: value for name, value in request.query_params.items() if name.startswith("utm_")}
        filled = read_form(found.view, utm | sent, found.words)
        now, stamp = context.now(), sent.get(STAMP, "")
        if isinstance(filled, FormBack):
            return await _again(context, request, pages, filled, served_stamp(context.keys, now))
        if _is_too_quick(context.keys, stamp, now):
            values = {field.name: sent.get(field.name, "") for field in found.view.fields}
            back = FormBack(values=values, errors={"email": found.words("error_quick")})
            return await _again(context, request, pages, back, stamp)
        self._tell_of_proxy(context, request)
        arrival = _arrival(context, request, found, filled)
        if await context.gathering.done_together(self._keep, arrival) is Verdict.TOO_MANY:
            return await message(context, pages.language, "busy", status=429)
        context.wake()
        return thanks

    def _tell_of_proxy(self, context: Context, request: Request) -> None:
        """Say once that all whom a proxy passes on count as one: soon they would be too many."""
        proxy = unnamed_proxy(request, context.surroundings.trusted)
        if proxy and not self._has_told_of_proxy:
            self._has_told_of_proxy = True
            message = f"the proxy at {proxy} is not trusted, so all whom it passes on count as one"
            hint = f'Where it is yours, write trusted_proxies = ["{proxy}"] in [signup]'
            context.tell(Fault(path="campaigner.toml", message=message, hint=hint))

    def _keep(self, connection: Connection, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """Keep those that came at once and are not too many."""
        verdicts = self._limiter.judge_all(
            connection, [(one.asked.address.key, one.asked.origin.ip) for one in arrivals]
        )
        taken = [one for one, verdict in zip(arrivals, verdicts, strict=True) if verdict is Verdict.TAKEN]
        sign_up_all(connection, taken)
        return verdicts


def _is_too_quick(keys: Keys, stamp: str, now: datetime) -> bool:
    """Whether a form that was served here came back before anybody can have read it.

    Nobody is turned away by that, or taken and forgotten: the same stamp is good a moment later.
    """
    try:
        return bool(stamp) and read_stamp(keys, stamp) > now - QUICK
    except Refused:
        return False


def _arrival(context: Context, request: Request, form: SignUpForm, filled: Filled) -> Arrival:
    pages = form.pages
    publication, slug = pages.publication, pages.campaign.slug
    settings = publication.settings.signup
    asked = SignUp(
        address=filled.address,
        campaign=slug,
        shown=Shown(
            page=publication.url(addresses.landing(slug)),
            form=FORM,
            wording=form.view.consent,
            language=pages.language,
            policy=settings.policy,
        ),
        origin=context.origin(request),
        name=filled.name,
        language=pages.language,
        fields=filled.fields,
        tags=tuple(settings.lists),
        utm=filled.utm,
    )
    ids = NewIds(subscriber=context.new_id(), request=context.new_id(), mail=context.new_id())
    return Arrival(asked=asked, at=context.now(), ids=ids)


async def _again(
    context: Context, request: Request, pages: CampaignPages, back: FormBack, stamp: str
) -> Response:
    """The form once more, with what is wrong beside its fields."""
    if wants_json(request):
        errors = dict(back.errors) | ({"consent": back.consent_error} if back.consent_error else {})
        return JSONResponse({"errors": errors}, status_code=422)
    root = context.surroundings.root
    return await context.page(lambda: landing_again(pages, back, root=root, stamp=stamp), status=422)


def _thanks(context: Context, request: Request, slug: str) -> Response:
    if wants_json(request):
        return JSONResponse({"next": context.site(addresses.thanks(slug))})
    return context.to_site(addresses.thanks(slug))
