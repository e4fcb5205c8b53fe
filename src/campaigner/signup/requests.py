"""What comes from a browser, within bounds: its body, who sent it, and how it would like the answer."""

import logging
import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import parse_qsl

from anyio import fail_after
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from campaigner.audience.consent import Origin

#: of a body, in bytes
LARGEST_BODY = 1_000_000
#: a length as it may be declared: other digits than these are none, and of thousands Python makes no number
LENGTH = re.compile(r"[0-9]{1,18}")
MOST_FIELDS = 200
#: seconds that a whole body may take to arrive
BODY_SECONDS = 10.0
URLENCODED = "application/x-www-form-urlencoded"
FORMS = (URLENCODED, "multipart/form-data")
#: in characters of X-Forwarded-For
LONGEST_HEADER = 2000
#: which some proxies write
WITH_PORT = re.compile(r"(?:\[(.+)\]|([0-9.]+)):[0-9]+")
ONE_CLICK = b"One-Click"

# which would say a line of every body that is no form: anybody can send thousands
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

Network = IPv4Network | IPv6Network


def bounded(request: Request) -> Request:
    """Give the request with a body that is not too large and does not take too long.

    Reading it raises HTTPException: 413 or 408.
    """
    declared = request.headers.get("content-length", "0")
    if not LENGTH.fullmatch(declared) or int(declared) > LARGEST_BODY:
        raise HTTPException(413)
    size = 0

    async def receive() -> Message:
        nonlocal size
        message = await request.receive()
        size += len(message.get("body", b""))
        if size > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return Request(request.scope, receive)


async def form_of(request: Request) -> dict[str, list[str]]:
    """Give the fields of a form, urlencoded or multipart, each with all its values.

    Raises HTTPException where it is none, or beyond the bounds.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORMS:
        raise HTTPException(415)
    found: dict[str, list[str]] = {}
    read = _urlencoded if kind == URLENCODED else _multipart
    try:
        with fail_after(BODY_SECONDS):
            for name, value in await read(bounded(request)):
                found.setdefault(name, []).append(value)
    except TimeoutError:
        raise HTTPException(408) from None
    except ValueError:  # too many fields, or a coding that is named in the request and is none for this
        raise HTTPException(400) from None
    return found


async def _urlencoded(request: Request) -> list[tuple[str, str]]:
    """The fields of a body as https://url.spec.whatwg.org/#urlencoded-parsing has it: what is not escaped is UTF-8."""
    text = (await request.body()).decode("utf-8", "replace")
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")


async def _multipart(request: Request) -> list[tuple[str, str]]:
    async with request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LARGEST_BODY) as form:
        return [(name, value) for name, value in form.multi_items() if not isinstance(value, UploadFile)]


async def is_one_click(request: Request) -> bool:
    """Whether a mail program unsubscribes by itself (RFC 8058), in either kind of body; never a reason to refuse."""
    try:
        with fail_after(BODY_SECONDS):
            return ONE_CLICK in await bounded(request).body()
    except TimeoutError:
        raise HTTPException(408) from None


def networks(written: Sequence[str]) -> tuple[Network, ...]:
    """Give the networks of the settings."""
    return tuple(ip_network(each) for each in written)


def client_of(request: Request, trusted: Sequence[Network]) -> str:
    """Give the IP address that a request came from; empty where there is none.

    `X-Forwarded-For` is believed as far as those who wrote it are trusted: from the right, up to the first who
    is not. What stands further left anybody may have made up.
    """
    client = request.client.host if request.client else ""
    written = ",".join(request.headers.getlist("x-forwarded-for"))[-LONGEST_HEADER:]
    for hop in reversed(written.split(",") if written else []):
        if not _is_in(client, trusted):
            break
        port = WITH_PORT.fullmatch(hop.strip())
        found = _address((port[1] or port[2]) if port else hop)
        if found is None:
            break
        client = str(found)
    return client


def unnamed_proxy(request: Request, trusted: Sequence[Network]) -> str:
    """Give the address of a proxy on this machine or in its network which passed a request on and is not trusted."""
    client = request.client.host if request.client else ""
    found = _address(client)
    is_own = found is not None and found.is_private
    return client if is_own and "x-forwarded-for" in request.headers and not _is_in(client, trusted) else ""


def origin_of(request: Request, trusted: Sequence[Network]) -> Origin:
    """Give what the ledger keeps of a request."""
    return Origin(ip=client_of(request, trusted), agent=request.headers.get("user-agent", ""))


def wants_json(request: Request) -> bool:
    """Whether JSON is asked for, and not a page."""
    accepted = [
        part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")
    ]
    return "application/json" in accepted and "text/html" not in accepted


def is_loopback(client: str) -> bool:
    """Whether a request came from this machine."""
    found = _address(client)
    return found is not None and found.is_loopback


def network_of(client: str, *, ipv4: int, ipv6: int) -> str:
    """Give the network of that many bits which an address is in; the client itself where it is no address."""
    found = _address(client)
    if found is None:
        return client
    bits = ipv4 if found.version == 4 else ipv6
    return str(ip_network(f"{found}/{bits}", strict=False))


def _is_in(client: str, trusted: Sequence[Network]) -> bool:
    found = _address(client)
    return found is not None and any(found in network for network in trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
