"""Hosts of links and addresses, and whose they are."""

import ipaddress
from urllib.parse import urlsplit

#: what stands before a country's ending where names are given away one step further down: "co.uk", "com.au"
SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gov", "ltd", "me", "ne", "net", "nhs", "or", "org", "plc"}
)


def host_of(address: str) -> str:
    """Give the host of a link in small letters; empty where it has none, or where it is no address."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".") if parts.scheme in ("http", "https", "") else ""


def owner_of(host: str) -> str:
    """Give the part of a host that somebody registered: "glass.co.uk" of "www.glass.co.uk".

    A guess by the form of the name, which is right for almost all: https://publicsuffix.org/ knows the rest.
    """
    labels = host.lower().split(".")
    has_second_level = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3:] if has_second_level else labels[-2:])


def is_number(host: str) -> bool:
    """Whether a host is a number and no name, as browsers read it: `192.0.2.7`, `3221225991`, `[2001:db8::1]`."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        return bool(last) and (last.isdecimal() or last.startswith("0x"))
    return True
