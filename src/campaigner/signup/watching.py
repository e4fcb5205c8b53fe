"""`/healthz` and `/metrics`: for whoever watches the app. Figures are shown on this machine, or for a token."""

from hmac import compare_digest

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from campaigner.audience.figures import Figures, figures
from campaigner.audience.storage.database import Database
from campaigner.errors import AudienceError
from campaigner.signup.requests import is_loopback
from campaigner.value import asdict

#: the variable of the environment with the token
VARIABLE = "CAMPAIGNER_METRICS_TOKEN"
#: where one of them stands, a proxy passed the request on, and nobody knows who it was of
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")
NO_STORE = {"cache-control": "no-store"}


class Watching:
    """Answers both."""

    def __init__(self, database: Database, token: str) -> None:
        """Take the database, and the token that figures are shown for; empty for none."""
        self._database = database
        self._token = token

    def routes(self) -> list[Route]:
        """Give the routes: at the root, since nobody but a program of one's own asks."""
        return [
            Route("/healthz", self.ready),
            Route("/healthz/live", self.live),
            Route("/healthz/ready", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def live(self, request: Request) -> Response:
        """Whether the app answers at all."""
        return PlainTextResponse("ok\n", headers=NO_STORE)

    async def ready(self, request: Request) -> Response:
        """Whether sign-ups can be kept."""
        try:
            found = await to_thread.run_sync(self._figures)
        except AudienceError as error:
            told = str(error.faults[0]) if self._may_see(request) else "the database does not answer"
            return PlainTextResponse(f"{told}\n", status_code=503, headers=NO_STORE)
        if self._may_see(request):
            return JSONResponse({"status": "ok", **asdict(found)}, headers=NO_STORE)
        return PlainTextResponse("ok\n", headers=NO_STORE)

    async def metrics(self, request: Request) -> Response:
        """Figures for Prometheus."""
        if not self._may_see(request):
            return PlainTextResponse("Not here.\n", status_code=404, headers=NO_STORE)
        try:
            found = await to_thread.run_sync(self._figures)
        except AudienceError as error:
            return PlainTextResponse(f"{error.faults[0]}\n", status_code=503, headers=NO_STORE)
        return Response(_exposed(found), media_type=CONTENT_TYPE, headers=NO_STORE)

    def _figures(self) -> Figures:
        # a transaction that could write: in a database that is read-only no sign-up can be kept
        with self._database.writing(lasting=False) as connection:
            return figures(connection)

    def _may_see(self, request: Request) -> bool:
        if self._token:
            given = request.headers.get("authorization", "").encode()
            if compare_digest(given, f"Bearer {self._token}".encode()):
                return True
        client = request.client.host if request.client else ""
        return is_loopback(client) and not any(name in request.headers for name in FORWARDED)


#: of Prometheus' text format
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def _exposed(found: Figures) -> bytes:
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    people = Gauge("campaigner_subscribers", "Subscribers by status.", ["status"], registry=registry)
    for status, count in found.subscribers.items():
        people.labels(status=status).set(count)
    for name, text, count in (
        ("campaigner_mails_waiting", "Mails that have not left.", found.mails_waiting),
        ("campaigner_mails_stuck", "Mails that failed several times.", found.mails_stuck),
        ("campaigner_suppressed", "Addresses that must not be written to.", found.suppressed),
    ):
        Gauge(name, text, registry=registry).set(count)
    return generate_latest(registry)
