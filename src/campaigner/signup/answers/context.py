"""What all answers need."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from campaigner.audience.consent import Origin
from campaigner.audience.storage.database import Database
from campaigner.audience.storage.gathering import Gathering
from campaigner.audience.subscribers import Subscriber
from campaigner.errors import Fault
from campaigner.render.addresses import absolute
from campaigner.render.publication import Publication
from campaigner.render.theme import Words
from campaigner.signup.house import House
from campaigner.signup.requests import origin_of
from campaigner.signup.surroundings import Surroundings
from campaigner.signup.tokens import Keys
from campaigner.value import Value

Result = TypeVar("Result")


class Context(Value):
    """What the app's answers are made with."""

    database: Database
    gathering: Gathering
    house: House
    keys: Keys
    surroundings: Surroundings
    now: Callable[[], datetime]
    #: gives random ids
    new_id: Callable[[], str]
    #: to be called when a mail is owed
    wake: Callable[[], None]
    #: told what goes wrong here
    tell: Callable[[Fault], None]

    @property
    def publication(self) -> Publication:
        """The publication as it is now."""
        return self.house.publication

    @property
    def language(self) -> str:
        """The site's."""
        return self.publication.settings.site.language

    def language_of(self, person: Subscriber | None) -> str:
        """The one they signed up in; the site's where nothing is known of them."""
        return (person.language if person else "") or self.language

    async def words(self, language: str) -> Words:
        """The words of a language."""
        return await self.house.run(lambda: self.publication.theme.words(language))

    def origin(self, request: Request) -> Origin:
        """What the ledger keeps of a request."""
        return origin_of(request, self.surroundings.trusted)

    def write(self, work: Callable[[Connection], Result]) -> Awaitable[Result]:
        """Do something in the database, perhaps with what others want."""
        return self.gathering.done(work)

    def site(self, page: str) -> str:
        """The address of a page of the site."""
        return absolute(self.surroundings.root, page)

    def to_site(self, page: str) -> Response:
        """An answer that leads to a page of the site."""
        return RedirectResponse(self.site(page), status_code=303)

    async def page(
        self, made: Callable[[], str], *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A page as an answer."""
        return HTMLResponse(await self.house.run(made), status_code=status, headers=headers)
