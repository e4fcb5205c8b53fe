"""The public app: the routes that a landing page's form and the links of its mails lead to."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
from anyio import to_thread
from sqlalchemy import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from campaigner.audience.consent import Shown
from campaigner.audience.database import Database
from campaigner.audience.gathering import Gathering
from campaigner.audience.leaving import erase, unsubscribe
from campaigner.audience.preferences import set_preferences
from campaigner.audience.sign_ups import Arrival, NewIds, Outcome, SignUp, confirm, sign_up_all
from campaigner.audience.subscribers import Known, Status, Subscriber, by_id, data_of
from campaigner.errors import AudienceError, CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.model.pages import ChoiceView, FormView, LinkView
from campaigner.render import addresses
from campaigner.render.addresses import absolute
from campaigner.render.app_pages import (
    MESSAGE,
    PREFERENCES,
    QUESTION,
    FormBack,
    app_page,
    landing_again,
    name_field,
)
from campaigner.render.pages import CampaignPages
from campaigner.render.theme import Words
from campaigner.signup.failing import bug_of
from campaigner.signup.form import Filled, read_form, read_name
from campaigner.signup.house import House
from campaigner.signup.limiting import Limiter, Verdict
from campaigner.signup.requests import Network, form_of, is_one_click, origin_of, wants_json
from campaigner.signup.tokens import (
    Keys,
    Refused,
    read_confirmation,
    read_preferences,
    read_stamp,
    read_unsubscribe,
    served_stamp,
)
from campaigner.value import Value, replace

Result = TypeVar("Result")
Handler = Callable[[Request], Awaitable[Response]]
#: of the form on the landing page, in the ledger
FORM = "join"
#: field of a form that the app itself served: when that was. No field of a campaign has a dash in its name
STAMP = "form-served"
#: no person reads what is wrong, mends it and sends it in less; many take longer, and programs learn to wait
QUICK = timedelta(seconds=0.5)
#: of what is asked for too often
RETRY_SECONDS = "3600"
A_YEAR = "max-age=31536000"


class Surroundings(Value):
    """Where the app is."""

    #: where it is reached, for the links of mails; ends in /
    base_url: str
    #: where the site is, as a browser on the app's pages sees it: a path or a whole address that ends in /
    root: str
    trusted: tuple[Network, ...] = ()
    #: whose frames its pages may stand in, as a Content-Security-Policy says it
    ancestors: str = "'none'"

    @property
    def is_https(self) -> bool:
        """Whether browsers may be told never to come without."""
        return self.base_url.startswith("https://")

    @property
    def source(self) -> str:
        """The site, as a Content-Security-Policy names it."""
        parts = urlsplit(self.root)
        return f"'self' {parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


class SignUps:
    """Answers for the app's routes."""

    def __init__(
        self,
        *,
        database: Database,
        gathering: Gathering,
        house: House,
        keys: Keys,
        surroundings: Surroundings,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        wake: Callable[[], None],
        tell: Callable[[Fault], None],
    ) -> None:
        """Take what answers need; `wake` is called when a mail is owed, `tell` with what goes wrong here."""
        self._database = database
        self._gathering = gathering
        self._house = house
        self._keys = keys
        self._place = surroundings
        self._now = now
        self._new_id = new_id
        self._wake = wake
        self._tell = tell
        self._limiter = Limiter(house.publication.settings.signup.limits)

    def routes(self, prefix: str = "/") -> list[Route]:
        """Give the routes below a path that ends in /."""
        return [
            Route(f"{prefix}signup/{{slug}}", self._guarded(self.sign_up), methods=["GET", "POST"]),
            Route(f"{prefix}confirm/{{token}}", self._guarded(self.confirm), methods=["GET", "POST"]),
            Route(f"{prefix}unsubscribe/{{token}}", self._guarded(self.unsubscribe), methods=["GET", "POST"]),
            Route(f"{prefix}preferences/{{token}}", self._guarded(self.preferences), methods=["GET", "POST"]),
        ]

    # ---- signing up ------------------------------------------------------------------------------

    async def sign_up(self, request: Request) -> Response:
        """Take the landing page's form."""
        slug = request.path_params["slug"]
        found = await self._house.form(slug)
        if found is None:
            raise HTTPException(404)
        pages, form = found.pages, found.view
        if request.method != "POST":
            return self._to_site(addresses.landing(slug))
        if pages.state is State.EXPIRED:
            return await self._message(pages.language, "closed", status=410, slug=slug)
        sent = {name: values[-1] for name, values in (await form_of(request)).items()}
        thanks = self._thanks(request, slug)
        if sent.get(form.honeypot):  # no person: and no program is told so
            return thanks
        utm = {name: value for name, value in request.query_params.items() if name.startswith("utm_")}
        filled = read_form(form, utm | sent, found.words)
        now, stamp = self._now(), sent.get(STAMP, "")
        if isinstance(filled, FormBack):
            return await self._again(request, pages, filled, served_stamp(self._keys, now))
        if self._is_too_quick(stamp, now):
            values = {field.name: sent.get(field.name, "") for field in form.fields}
            back = FormBack(values=values, errors={"email": found.words("error_quick")})
            return await self._again(request, pages, back, stamp)
        verdict = await self._keep(request, pages, form, filled)
        if verdict is Verdict.TOO_MANY:
            return await self._message(pages.language, "busy", status=429)
        self._wake()
        return thanks

    def _is_too_quick(self, stamp: str, now: datetime) -> bool:
        """Whether a form that was served here came back before anybody can have read it.

        Nobody is turned away by that, or taken and forgotten: the same stamp is good a moment later.
        """
        try:
            return bool(stamp) and read_stamp(self._keys, stamp) > now - QUICK
        except Refused:
            return False

    async def _keep(self, request: Request, pages: CampaignPages, form: FormView, filled: Filled) -> Verdict:
        """Keep a sign-up, unless there are too many."""
        publication = pages.publication
        settings = publication.settings.signup
        asked = SignUp(
            address=filled.address,
            campaign=pages.campaign.slug,
            shown=Shown(
                page=publication.url(addresses.landing(pages.campaign.slug)),
                form=FORM,
                wording=form.consent,
                language=pages.language,
                policy=settings.policy,
            ),
            origin=origin_of(request, self._place.trusted),
            name=filled.name,
            language=pages.language,
            fields=filled.fields,
            tags=tuple(settings.lists),
            utm=filled.utm,
        )
        ids = NewIds(subscriber=self._new_id(), request=self._new_id(), mail=self._new_id())
        arrival = Arrival(asked=asked, at=self._now(), ids=ids)
        return await self._gathering.done_together(self._keep_all, arrival)

    def _keep_all(self, connection: Connection, arrivals: Sequence[Arrival]) -> list[Verdict]:
        """Keep those that came at once and are not too many."""
        verdicts = self._limiter.judge_all(
            connection, [(one.asked.address.key, one.asked.origin.ip) for one in arrivals]
        )
        taken = [one for one, verdict in zip(arrivals, verdicts, strict=True) if verdict is Verdict.TAKEN]
        sign_up_all(connection, taken)
        return verdicts

    async def _again(self, request: Request, pages: CampaignPages, back: FormBack, stamp: str) -> Response:
        if wants_json(request):
            errors = dict(back.errors) | ({"consent": back.consent_error} if back.consent_error else {})
            return JSONResponse({"errors": errors}, status_code=422)
        html = await self._house.run(lambda: landing_again(pages, back, root=self._place.root, stamp=stamp))
        return HTMLResponse(html, status_code=422)

    def _thanks(self, request: Request, slug: str) -> Response:
        if wants_json(request):
            return JSONResponse({"next": self._site(addresses.thanks(slug))})
        return self._to_site(addresses.thanks(slug))

    # ---- confirming ------------------------------------------------------------------------------

    async def confirm(self, request: Request) -> Response:
        """Ask once more on GET, since programs follow links; confirm on POST."""
        now = self._now()
        token = read_confirmation(self._keys, request.path_params["token"], now=now)
        if token.is_over:
            return await self._message(self._language, "over", status=410)
        if request.method != "POST":
            return await self._question("confirm")
        origin = origin_of(request, self._place.trusted)
        mail = self._new_id()

        def work(connection: Connection) -> tuple[Outcome, Subscriber | None]:
            outcome = confirm(connection, token.subscriber, token.request, now=now, origin=origin, mail=mail)
            return outcome, by_id(connection, token.subscriber)

        outcome, person = await self._write(work)
        slug = person.campaign if person else ""
        if outcome is Outcome.OVER:
            return await self._message(self._language, "over", status=410, slug=slug)
        self._wake()
        return self._to_site(addresses.confirmed(slug))

    # ---- leaving ---------------------------------------------------------------------------------

    async def unsubscribe(self, request: Request) -> Response:
        """Show a button on GET; unsubscribe on POST, also of a mail program (RFC 8058), as often as it comes."""
        digest = read_unsubscribe(self._keys, request.path_params["token"])
        if request.method != "POST":
            return await self._question("unsubscribe")
        method = "one-click" if await is_one_click(request) else "link"
        origin = origin_of(request, self._place.trusted)
        now = self._now()
        await self._write(
            lambda connection: unsubscribe(connection, digest, now=now, origin=origin, method=method)
        )
        return await self._message(self._language, "unsubscribed")

    # ---- preferences -----------------------------------------------------------------------------

    async def preferences(self, request: Request) -> Response:
        """Show what a subscriber gets; save, hand out and erase it."""
        subscriber = read_preferences(self._keys, request.path_params["token"])
        person = await self._write(lambda connection: by_id(connection, subscriber))
        if person is None:
            return await self._message(self._language, "over", status=410)
        if request.method != "POST":
            return await self._preferences(person)
        sent = await form_of(request)
        wish = sent.get("do", ["save"])[-1]
        if wish == "download":
            return await self._download(person)
        if wish == "erase":
            return await self._erase(person, is_sure=bool(sent.get("sure")))
        return await self._save(request, person, sent)

    async def _save(self, request: Request, person: Subscriber, sent: Mapping[str, list[str]]) -> Response:
        words = await self._words(self._language_of(person))
        name, error = read_name(sent.get("name", [""])[-1], words)
        offered = tuple(self._house.publication.settings.signup.lists)
        chosen = tuple(sent.get("list", []))
        if error:
            person = replace(
                person,
                name=name,
                tags=(*(tag for tag in person.tags if tag not in offered), *chosen),
            )
            return await self._preferences(person, name_error=error, status=422)
        origin, now = origin_of(request, self._place.trusted), self._now()
        saved = await self._write(
            lambda connection: set_preferences(
                connection, person.id, name=name, lists=chosen, offered=offered, now=now, origin=origin
            )
        )
        if saved is None:
            return await self._message(self._language, "over", status=410)
        return await self._preferences(saved, is_saved=True)

    async def _download(self, person: Subscriber) -> Response:
        def work() -> Known | None:
            with self._database.reading() as connection:
                return data_of(connection, person.digest)

        known = await to_thread.run_sync(work)
        if known is not None:  # of mails that wait: that they do, and not their bytes
            known = replace(known, mails=tuple(replace(mail, message=None) for mail in known.mails))
        text = json.dumps(msgspec.to_builtins(known), ensure_ascii=False, indent=2) + "\n"
        return Response(
            text,
            media_type="application/json",
            headers={"content-disposition": 'attachment; filename="my-data.json"'},
        )

    async def _erase(self, person: Subscriber, *, is_sure: bool) -> Response:
        language = self._language_of(person)
        if not is_sure:
            words = await self._words(language)
            return await self._preferences(person, erase_error=words("preferences_erase_unsure"), status=422)
        now = self._now()
        await self._write(lambda connection: erase(connection, person.digest, now=now))
        return await self._message(language, "erased")

    async def _preferences(
        self,
        person: Subscriber,
        *,
        is_saved: bool = False,
        name_error: str = "",
        erase_error: str = "",
        status: int = 200,
    ) -> Response:
        language = self._language_of(person)

        def page() -> str:
            publication = self._house.publication
            words = publication.theme.words(language)
            is_confirmed = person.status == Status.CONFIRMED
            texts = [words("preferences_text", site=publication.settings.site.name)]
            return app_page(
                publication,
                PREFERENCES,
                language,
                root=self._place.root,
                title=words("preferences_title"),
                paragraphs=(*texts, *(() if is_confirmed else (words("preferences_left"),))),
                further=None if is_confirmed else self._further(words, person.campaign),
                address=person.address,
                is_confirmed=is_confirmed,
                name=name_field(publication, language, value=person.name, error=name_error),
                choices=tuple(
                    ChoiceView(name=name, label=one.label, is_chosen=name in person.tags)
                    for name, one in publication.settings.signup.lists.items()
                )
                if is_confirmed
                else (),
                is_saved=is_saved,
                erase_error=erase_error,
            )

        return HTMLResponse(await self._house.run(page), status_code=status)

    # ---- what all of them need -------------------------------------------------------------------

    @property
    def _language(self) -> str:
        return self._house.publication.settings.site.language

    def _language_of(self, person: Subscriber) -> str:
        return person.language or self._language

    async def _words(self, language: str) -> Words:
        return await self._house.run(lambda: self._house.publication.theme.words(language))

    async def _write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._gathering.done(work)

    def _site(self, page: str) -> str:
        return absolute(self._place.root, page)

    def _to_site(self, page: str) -> Response:
        return RedirectResponse(self._site(page), status_code=303)

    def _further(self, words: Words, slug: str) -> LinkView:
        """Where to go on: to the sign-up page of a campaign, where it is still there, else home."""
        if slug and self._house.pages(slug):
            return LinkView(label=words("over_further"), href=self._site(addresses.landing(slug)))
        site = self._house.publication.settings.site.name
        return LinkView(label=words("home_further", site=site), href=self._site(addresses.HOME))

    async def _question(self, what: str) -> Response:
        def page() -> str:
            publication = self._house.publication
            words = publication.theme.words(self._language)
            return app_page(
                publication,
                QUESTION,
                self._language,
                root=self._place.root,
                title=words(f"{what}_title"),
                paragraphs=(words(f"{what}_text", site=publication.settings.site.name),),
                button=words(f"{what}_button"),
            )

        return HTMLResponse(await self._house.run(page))

    async def _message(self, language: str, what: str, *, status: int = 200, slug: str = "") -> Response:
        """A page that says how it stands, in the words that begin so."""

        def page() -> str:
            publication = self._house.publication
            words, site = publication.theme.words(language), publication.settings.site.name
            texts = [words(f"{what}_text", site=site)]
            if what == "unsubscribed":
                texts.append(words("unsubscribed_next"))
            return app_page(
                publication,
                MESSAGE,
                language,
                root=self._place.root,
                title=words(f"{what}_title"),
                paragraphs=tuple(texts),
                further=self._further(words, slug if what == "over" else ""),
            )

        headers = {"retry-after": RETRY_SECONDS} if status == 429 else {}
        return HTMLResponse(await self._house.run(page), status_code=status, headers=headers)

    # ---- what may go wrong -----------------------------------------------------------------------

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            response = await self._answer(handler, request)
            if response.status_code >= 400 and isinstance(response, HTMLResponse) and wants_json(request):
                retry = {"retry-after": RETRY_SECONDS} if response.status_code == 429 else {}
                error = HTTPStatus(response.status_code).phrase
                response = JSONResponse({"error": error}, status_code=response.status_code, headers=retry)
            return self.with_headers(request, response)

        return guarded

    async def _answer(self, handler: Handler, request: Request) -> Response:
        try:
            return await handler(request)
        except Refused:
            return await self.trouble(404)
        except HTTPException as error:
            return await self.trouble(error.status_code)
        except AudienceError as error:
            self._tell(error.faults[0])
            return await self.trouble(503)
        except CampaignerError as error:
            self._tell(error.faults[0])
            return await self.trouble(500)
        except Exception as error:  # whatever it is, it is told, and the next one is answered
            self._tell(bug_of(error))
            return await self.trouble(500)

    async def trouble(self, status: int) -> Response:
        """An answer where there is none to give; a line where not even a page can be made."""
        try:
            return await self._message(
                self._language, "missing" if status < 500 else "trouble", status=status
            )
        except CampaignerError as error:
            self._tell(error.faults[0])
            return PlainTextResponse("That did not work.\n", status_code=status)

    def with_headers(self, request: Request, response: Response) -> Response:
        """An answer with what a browser may do with it."""
        for name, value in self._headers(request).items():
            response.headers.setdefault(name, value)
        return response

    def _headers(self, request: Request) -> dict[str, str]:
        source = self._place.source
        origin = source.partition(" ")[2]
        cross = {"access-control-allow-origin": origin} if origin else {}
        return {
            "content-security-policy": f"default-src 'none'; style-src {source}; img-src {source}; "
            f"font-src {source}; form-action {source}; base-uri 'none'; frame-ancestors {self._place.ancestors}",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-robots-tag": "noindex",
            "cache-control": "no-store",
            **({"strict-transport-security": A_YEAR} if self._place.is_https else {}),
            **(cross if request.headers.get("origin") == origin and origin else {}),
            **({"vary": "origin"} if origin else {}),
        }
