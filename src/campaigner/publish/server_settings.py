"""What a web server must be told for a site: headers, how long things are kept, redirects and the 404 page."""

from collections.abc import Mapping
from urllib.parse import quote, unquote, urlsplit

from campaigner.publish.releases import ASSETS
from campaigner.value import Value

#: RFC 9111 and RFC 8246: the name of a hashed asset changes with its content
A_YEAR = "public, max-age=31536000, immutable"
#: of what is text, beside text/html: nginx's own list lacks some of what a site has
TEXT_TYPES = (
    "text/css text/plain text/xml application/xml application/atom+xml image/svg+xml application/json"
)


#: stands for that of a campaign in the address of a form
SLUG = "{slug}"

#: that can be told
NGINX = "nginx"
SERVERS = (NGINX, "netlify", "cloudflare")


class ServerSettings(Value):
    """What all servers must be told, each in its own words."""

    #: base of absolute links; ends in /
    url: str
    #: paths below the site, each to where it leads now
    redirects: Mapping[str, str]
    #: where the sign-up form goes, if elsewhere
    endpoint: str
    is_staging: bool
    precompress: tuple[str, ...]

    @property
    def base(self) -> str:
        """The path that the site has at its host, as it is read; begins and ends in /."""
        return unquote(urlsplit(self.url).path) or "/"

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every answer."""
        form = f" {_source(self.endpoint)}" if urlsplit(self.endpoint).netloc else ""
        # a page has no script; the web version of a newsletter has its styles in its elements, as mails do
        policy = (
            "default-src 'none'; img-src 'self' https: data:; style-src 'self' 'unsafe-inline'; font-src 'self'; "
            f"form-action 'self'{form}; base-uri 'none'; frame-ancestors 'none'"
        )
        found = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }
        if self.url.startswith("https://"):
            found["Strict-Transport-Security"] = "max-age=31536000"
        if self.is_staging:
            found["X-Robots-Tag"] = "noindex"
        return found

    def files(self, server: str, folder: str) -> dict[str, str]:
        """What one of SERVERS is told, by the names of the files; for nginx the site stands in `folder`."""
        if server == NGINX:
            return {"nginx.conf": self.nginx(folder)}
        # Netlify shows a page that is there, as that of an alias is, unless it is told not to; Cloudflare never does,
        # and reads no such sign: https://docs.netlify.com/manage/routing/redirects/rewrites-proxies/#shadowing
        status = "301!" if server == "netlify" else "301"
        return {"_headers": self.header_rules(), "_redirects": self.redirect_rules(status)}

    def nginx(self, folder: str) -> str:
        """A file to be included in a `server` block; see https://nginx.org/en/docs/http/ngx_http_core_module.html."""
        base, place = self.base, folder
        lines = [
            f"# {self.url}, for a `server` block of nginx",
            *([f"root {_quoted(place)};", "index index.html;"] if base == "/" else ["index index.html;"]),
            "charset utf-8;",
            f"charset_types {TEXT_TYPES};",
            *(f"add_header {name} {_quoted(value)} always;" for name, value in self.headers.items()),
            *(["gzip_static on;"] if "gzip" in self.precompress else []),
            *(["brotli_static on;  # of the module ngx_brotli"] if "brotli" in self.precompress else []),
            f"error_page 404 {_quoted(f'{base}404.html')};",
        ]
        for old, new in self.redirects.items():
            leads_to = quote(f"{base}{new}")
            lines += [
                f"location = {_quoted(f'{base}{path}')} {{ return 301 {leads_to}; }}"
                for path in dict.fromkeys((old, old.rstrip("/")))
            ]
        # in a location that has headers of its own, those of the server would not hold; `expires` is none
        for path, time in (("", "1m"), (ASSETS, "1y")):
            serving = "" if base == "/" else f"alias {_quoted(f'{place}/{path}')}; "
            lines.append(f"location {_quoted(base + path)} {{ {serving}expires {time}; }}")
        return "\n".join(lines) + "\n"

    def header_rules(self) -> str:
        """`_headers`, as Netlify and Cloudflare Pages read it; pages they have asked for again by themselves."""
        base = quote(self.base)
        rules = {f"{base}*": self.headers, f"{base}{ASSETS}*": {"Cache-Control": A_YEAR}}
        return "\n".join(
            "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items()), ""])
            for path, headers in rules.items()
        )

    def redirect_rules(self, status: str) -> str:
        """`_redirects`, as Netlify and Cloudflare Pages read it."""
        return "".join(
            f"{quote(f'{self.base}{old}')} {quote(f'{self.base}{new}')} {status}\n"
            for old, new in self.redirects.items()
        )


def _source(address: str) -> str:
    """Where a form goes, as a policy has it (CSP 3, host-source): in ASCII, and without who goes there."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if SLUG in host:
        host = f"*.{host.rpartition(SLUG)[2].partition('.')[2]}"
    host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}"


def _quoted(text: str) -> str:
    """A word of nginx's; a dollar sign begins a variable, which nothing can take back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
