"""Hosts of links and addresses, and whose they are."""

import ipaddress
import re
import unicodedata
from urllib.parse import unquote, urlsplit

#: what stands before a country's ending where names are given away one step further down: "co.uk", "com.au"
SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gov", "ltd", "me", "ne", "net", "nhs", "or", "org", "plc"}
)

#: what stands for a full stop in a host (RFC 3490 section 3.1)
FULL_STOPS = re.compile("[.\u3002\uff0e\uff61]")
#: letters that once were written in another way, and are none of those any more (RFC 5891)
KEPT = frozenset("\u00df\u03c2\u200c\u200d")
#: what no host has, however it was written
NO_HOST = re.compile(r"[\x00-\x20/\\?#@<>^|\x7f]")
#: prefixes of numbers behind which a gateway looks for the IPv4 number at their end (RFC 6052 section 2.1, RFC 4291
#: section 2.5.5.1)
TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


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


def ascii_host(host: str) -> str:
    """Give a host as it is asked for: no escapes, no signs but those of ASCII, no full stop at its end.

    Raises ValueError where it is none.
    """
    plain = unquote(host, errors="strict")
    if NO_HOST.search(plain):
        raise ValueError(host)
    if ":" in plain:
        return plain
    return ".".join(map(_ascii_label, FULL_STOPS.split(plain.rstrip(".\u3002\uff0e\uff61")))).lower()


def _ascii_label(label: str) -> str:
    if KEPT.isdisjoint(label):
        return label.encode("idna").decode("ascii")
    return f"xn--{unicodedata.normalize('NFC', label.lower()).encode('punycode').decode('ascii')}"


def is_public(number: str) -> bool:
    """Whether a number is one of the public internet, and so is each that it may be translated to."""
    one = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(one, ipaddress.IPv6Address):
        inner = one.ipv4_mapped or one.sixtofour
        if inner is None and any(one in network for network in TRANSLATED):
            inner = ipaddress.IPv4Address(int(one) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if one.teredo or one.is_site_local:
            return False
    return one.is_global and not one.is_multicast
