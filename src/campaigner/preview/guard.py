"""Who may see the preview: requests to this machine by its own names, and where it is open, with the token."""

import hmac
import ipaddress
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "campaigner-preview"
TOKEN = "token"
LOCAL = ("localhost",)


class Guard:
    """Refuses what comes from another site's page, or without the token."""

    def __init__(self, app: ASGIApp, *, host: str, token: str = "") -> None:
        self.app = app
        self.names = {*LOCAL, host.lower()}
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            # a page of another site whose name was made to lead here (DNS rebinding)
            return PlainTextResponse("This preview is not served under that name.\n", status_code=421)
        if not self.token:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get(TOKEN, "")
        if given and self._is_right(given):
            return self._with_cookie(scope, [pair for pair in query if pair[0] != TOKEN])
        cookies = dict(part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";"))
        if self._is_right(cookies.get(_cookie_name(scope), "")):
            return None
        return PlainTextResponse(
            "This preview opens with the address that `campaigner preview` printed.\n", status_code=403
        )

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names this machine. A number does: no name leads to another's page then."""
        name = host.rpartition(":")[0] if not host.endswith("]") and ":" in host else host
        name = name.strip("[]").lower()
        if name in self.names:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def _is_right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.token.encode())

    def _with_cookie(self, scope: Scope, query: list[tuple[str, str]]) -> Response:
        """Take the token out of the address bar, where others could read it."""
        address = scope["path"] + (f"?{urlencode(query)}" if query else "")
        # a path of two slashes would lead to another host
        response = RedirectResponse("/" + address.lstrip("/"), status_code=303)
        response.set_cookie(_cookie_name(scope), self.token, httponly=True, samesite="strict")
        return response


def _cookie_name(scope: Scope) -> str:
    """The name of the cookie of this preview: browsers send one host's cookies to all of its ports."""
    _, port = scope.get("server") or ("", 0)
    return f"{COOKIE}-{port}"
