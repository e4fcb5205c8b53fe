"""What it means when a bucket refuses, and what to do about it."""

import re
from contextlib import suppress

from campaigner.errors import PublishError
from campaigner.publish.host import refused

AGAIN = "Nothing is lost: do it again, when it can be done"
KEYS = "See that the keys in the environment are right, and those of this bucket"
#: by the codes of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and what obstore says where
#: there is none: what that means, and what to do. The first that fits holds
MEANINGS = {
    r"NoSuchBucket": ("there is no such bucket", "Make it, or correct its name"),
    r"InvalidBucketName": ("this can be no bucket", "Correct its name"),
    r"InvalidAccessKeyId|InvalidToken|UnrecognizedClient": ("nobody knows these keys there", KEYS),
    r"SignatureDoesNotMatch": ("these keys do not fit together", KEYS),
    r"ExpiredToken|TokenRefreshRequired": ("these keys have expired", "Have new ones made"),
    r"RequestTimeTooSkewed|RequestExpired": (
        "the clock of this machine is wrong",
        "Set it, and publish again",
    ),
    r"AccessDenied|AllAccessDisabled|AccountProblem|HTTP 40[13]": (
        "these keys may not do that there",
        "Have them allowed to list the bucket, and to get, put and delete its objects",
    ),
    r"QuotaExceeded|InsufficientStorage|StorageFull|HTTP 507": (
        "there is no room left",
        "Make room there, and publish again",
    ),
    r"SlowDown|ServiceUnavailable|TooManyRequests|HTTP 429|HTTP 503": ("it is too busy", AGAIN),
    r"NotImplemented|HTTP 501|HTTP 405": (
        "this server cannot do what publishing needs",
        "Publish to another one",
    ),
    r"EntityTooLarge|HTTP 413": ("a file is too large for it", "Make it smaller, or leave it out"),
    r"InternalError|HTTP 5\d\d": ("something is wrong there", AGAIN),
    r"invalid path": (
        "an object there has a name that no file can have",
        "Publish to another prefix, or rename it: a part of it is empty, or a dot or two",
    ),
    r"web.?identity|credential": ("the keys that the cloud hands out cannot be had", KEYS),
    r"certificate|UnknownIssuer": (
        "nobody vouches for its certificate",
        "Have the server use one that this machine trusts; SSL_CERT_FILE names those of others",
    ),
    r"error sending request|kind: Connect|kind: Timeout|timed out|dns error": (
        "it cannot be reached",
        "See that its address is right, and that it runs; nothing is lost",
    ),
}
#: what a server says who does not have the bucket, or not in that region
ELSEWHERE = r"PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|HTTP 30\d|incorrectly configured region"
SECONDS = 5


def failure(where: str, told: str, *, bucket: str, endpoint: str) -> PublishError:
    """What is wrong, by what obstore says; nothing of that is shown which could hold a key."""
    code, status = _part("Code", told), re.search(r"status code: (\d{3})", told)
    # where there is neither, addresses are no part of what is said
    said = code or (f"HTTP {status[1]}" if status else re.sub(r'https?://\S+|Path ".*?"', "", told))
    if re.search(ELSEWHERE, said):
        return _elsewhere(where, _part("Region", told) or _region(endpoint, bucket))
    shown = f" ({said})" if code or status else ""
    for pattern, (message, hint) in MEANINGS.items():
        if re.search(pattern, said, re.IGNORECASE):
            return refused(where, f"{message}{shown}", hint)
    return refused(where, f"this cannot be done{shown}", AGAIN)


def _elsewhere(where: str, region: str) -> PublishError:
    if not region:
        return refused(where, "the bucket lies in another region", "Name its region in campaigner.toml")
    return refused(where, f"the bucket lies in {region}", f'Write region = "{region}" in campaigner.toml')


def _part(name: str, told: str) -> str:
    found = re.search(rf"<{name}>([\w.-]{{1,60}})</{name}>", told)
    return found[1] if found else ""


def _region(endpoint: str, bucket: str) -> str:
    """Where a bucket lies, which a server tells anybody; empty where it does not."""
    import urllib3

    with suppress(urllib3.exceptions.HTTPError):
        answer = urllib3.request(
            "HEAD", f"{endpoint}/{bucket}", redirect=False, retries=False, timeout=float(SECONDS)
        )
        return re.sub(r"[^a-z0-9-]", "", answer.headers.get("x-amz-bucket-region", ""))
    return ""
