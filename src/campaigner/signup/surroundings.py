"""Where the app is, and what a browser may do with an answer from there."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from campaigner.signup.requests import Network
from campaigner.value import Value

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

    def with_headers(self, request: Request, response: Response) -> Response:
        """An answer with what a browser may do with it."""
        for name, value in self._headers(request).items():
            response.headers.setdefault(name, value)
        return response

    def _headers(self, request: Request) -> dict[str, str]:
        origin = self._origin
        source = f"'self' {origin}" if origin else "'self'"
        cross = {"access-control-allow-origin": origin} if request.headers.get("origin") == origin else {}
        return {
            "content-security-policy": f"default-src 'none'; style-src {source}; img-src {source}; "
            f"font-src {source}; form-action {source}; base-uri 'none'; frame-ancestors {self.ancestors}",
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "x-robots-tag": "noindex",
            "cache-control": "no-store",
            # browsers are told never to come without
            **({"strict-transport-security": A_YEAR} if self.base_url.startswith("https://") else {}),
            **({"vary": "origin"} | cross if origin else {}),
        }

    @property
    def _origin(self) -> str:
        """The site's origin, where that is another one than the app's; else empty."""
        parts = urlsplit(self.root)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
