"""A site is published to a bucket: an S3 server over HTTP, and one in front of it that fails."""

import gzip
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import campaigner
from campaigner.value import replace
from publish.conftest import TARGET, InBucket, Published, gone_back
from publish.processes import at_call, killed
from publish.s3_server import KEYS, Answer, Rule, error, in_front
from publish.ssh_server import free_port
from publisher import article, picture

SOURCE = str(Path(campaigner.__file__).parent.parent)
A_YEAR = "public, max-age=31536000, immutable"
Requests = list[tuple[str, str]]


@contextmanager
def watched(bucket: InBucket, rule: Rule = lambda method, path, body: None) -> Iterator[Requests]:
    """Have all that is asked of the bucket go by, and note it: "PUT", "site/index.html"."""
    seen: Requests = []

    def note(method: str, path: str, body: bytes) -> Answer | str | None:
        seen.append((method, unquote(path).removeprefix(f"/{bucket.bucket}").removeprefix("/")))
        return rule(*seen[-1], body)

    with in_front(bucket.storage.endpoint, note) as endpoint:
        replace(bucket, endpoint=endpoint).settings(TARGET)
        try:
            yield seen
        finally:
            bucket.settings(TARGET)


def put(seen: Requests) -> list[str]:
    """What of the site was put there, in the order in which it was."""
    return [key.removeprefix("site/") for method, key in seen if method == "PUT" and key.startswith("site/")]


def test_readers_see_the_site_and_what_is_ours_lies_elsewhere(bucket: InBucket) -> None:
    bucket.published()
    assert bucket.site() == bucket.built()
    assert bucket.private.keys() == {"state.json", f"releases/{bucket.release}.json"}
    record = json.loads(bucket.private[f"releases/{bucket.release}.json"])
    assert record["files"].keys() == bucket.site().keys()
    assert KEYS["AWS_SECRET_ACCESS_KEY"].encode() not in b"".join(bucket.everything().values())


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("first/index.html", "text/html; charset=utf-8", "public, max-age=60"),
        ("feed.xml", "application/xml; charset=utf-8", "public, max-age=60"),
        ("robots.txt", "text/plain; charset=utf-8", "public, max-age=60"),
        ("assets/site.*.css", "text/css; charset=utf-8", A_YEAR),
        ("assets/icon.*.svg", "image/svg+xml; charset=utf-8", A_YEAR),
        ("assets/cover-16.*.webp", "image/webp", A_YEAR),
        ("assets/cover-16.*.jpg", "image/jpeg", A_YEAR),
    ],
)
def test_an_object_says_what_it_is_and_how_long_it_may_be_kept(
    bucket: InBucket, path: str, kind: str, cache: str
) -> None:
    bucket.published()
    name = next(name for name in bucket.site() if re.fullmatch(path.replace("*", "[0-9a-f]+"), name))
    told = bucket.storage.headers(bucket.bucket, f"site/{name}")
    assert (told["content-type"], told["cache-control"]) == (kind, cache)
    assert "content-encoding" not in told


def test_a_first_publication_puts_each_file_once_and_little_else(bucket: InBucket) -> None:
    with watched(bucket) as seen:
        bucket.published()
    assert sorted(put(seen)) == sorted(bucket.site())
    assert len(seen) - len(bucket.site()) <= 14


def test_a_plan_with_nothing_to_do_asks_twice(bucket: InBucket) -> None:
    bucket.published()
    with watched(bucket) as seen:
        bucket.published()
    assert [method for method, _ in seen] == ["GET", "GET"]


def test_what_leads_to_a_page_comes_after_it_and_removals_come_last(bucket: InBucket) -> None:
    bucket.published()
    bucket.publisher.write(
        "campaigns/fourth/article.md", article("Fourth", tags="[fresh]", date="2026-11-04")
    )
    (bucket.publisher.root / "campaigns/third/article.md").unlink()
    with watched(bucket) as seen:
        bucket.published()

    def rank(path: str) -> int:
        kinds = [
            r"assets/.*",
            r"(fourth|first|second)/.*",
            r"(index.html|tags/.*)",
            "feed.xml",
            "sitemap.xml",
        ]
        return next(number for number, kind in enumerate(kinds) if re.fullmatch(kind, path))

    ranks = [rank(path) for path in put(seen)]
    assert ranks == sorted(ranks)
    assert {*ranks} == {0, 1, 2, 3, 4}
    puts = [
        number for number, (method, key) in enumerate(seen) if method == "PUT" and key.startswith("site/")
    ]
    claims = [number for number, one in enumerate(seen) if one == ("PUT", "site.campaigner/state.json")]
    removals = [number for number, (method, key) in enumerate(seen) if method == "POST" and "delete" in key]
    assert claims[1] < puts[0] < puts[-1] < removals[0] < claims[-1]


def test_what_is_overwritten_or_removed_is_kept_before(bucket: InBucket) -> None:
    bucket.published()
    before = bucket.site()
    bucket.retitle("Another title")
    (bucket.publisher.root / "campaigns/third/article.md").unlink()
    told = bucket.published("--format", "json").told
    kept = [content for key, content in bucket.private.items() if key.startswith("content/")]
    assert sorted(kept) == sorted(
        before[path]
        for path in [*told["changed"], *told["removed"]]
        # hashed assets stay for one release more
        if not path.startswith("assets/")
    )


def test_what_nobody_can_go_back_to_is_removed(bucket: InBucket) -> None:
    for number in range(8):
        bucket.retitle(f"Title {number}")
        bucket.published()
    listed = bucket.publish("status", "--format", "json").told["targets"][0]["releases"]
    private = bucket.private
    names = {key.removeprefix("releases/").removesuffix(".json") for key in private if "releases/" in key}
    assert names == {one["release"] for one in listed}
    kept = [content for key, content in private.items() if key.startswith("content/")]
    pages = [content for content in kept if b"<title>Title " in content and b'rel="canonical"' in content]
    titles = {re.search(rb"<title>Title (\d)", page)[1] for page in pages}  # type: ignore[index]
    assert titles == {b"2", b"3", b"4", b"5", b"6"}


def kill(bucket: InBucket, function: str, number: int, *arguments: str) -> None:
    """Publish, or go back, and kill it at the n-th request of a kind."""
    given = ("obstore", function, number)
    killed(bucket.publisher.root, at_call, *given, arguments=arguments or ("--jobs", "1"))


MOMENTS = [
    ("put", 1),  # the claim
    ("put", 2),  # the record
    ("put", 3),  # the state
    ("put_async", 1),
    ("put_async", 9),
    ("copy_async", 4),
    ("delete_async", 1),
    ("put", 4),  # the end
]


@pytest.mark.parametrize(("function", "number"), MOMENTS)
def test_a_kill_takes_nothing_away_and_the_next_one_finishes(
    bucket: InBucket, function: str, number: int
) -> None:
    bucket.published()
    before = bucket.site()
    first = bucket.release
    bucket.retitle("Another title")
    (bucket.publisher.root / "campaigns/third/article.md").unlink()
    bucket.publisher.write("campaigns/fourth/article.md", article("Fourth", tags="[fresh]"))
    kill(bucket, function, number)
    assert bucket.site().keys() >= before.keys() or (function, number) == ("put", 4)
    bucket.published()
    site = bucket.site()
    assert {path: site[path] for path in site if not path.startswith("assets/")} == {
        path: content for path, content in bucket.built().items() if not path.startswith("assets/")
    }
    assert site.items() >= bucket.built().items()
    assert bucket.publish("--format", "json").told["changed"] == []
    state = bucket.state
    assert (state["over"], state["claim"]) == ([], None)
    assert bucket.publish("rollback", "--to", first, "--yes").exit_code == 0
    assert bucket.site() == gone_back(before, bucket.built())


@pytest.mark.parametrize(
    ("function", "number"),
    [
        ("put", 1),  # the claim
        ("put", 3),  # whether conditions hold
        ("put", 4),  # the record
        ("put", 5),  # the state
        ("put_async", 9),
        ("put", 6),  # the end
    ],
)
def test_a_kill_of_the_first_publication_is_gone_on_from(
    bucket: InBucket, function: str, number: int
) -> None:
    kill(bucket, function, number)
    bucket.published()
    assert bucket.site() == bucket.built()
    state = bucket.state
    assert (state["over"], state["claim"]) == ([], None)


def broken_after(count: int) -> Rule:
    """A line that breaks after so many files of the site were put."""
    left = iter(range(count))

    def rule(method: str, path: str, body: bytes) -> Answer | str | None:
        is_broken = method == "PUT" and path.startswith("site/") and next(left, None) is None
        return error(503, "SlowDown") if is_broken else None

    return rule


def interrupted(bucket: InBucket, count: int) -> None:
    with watched(bucket, broken_after(count)):
        told = bucket.publish("--yes")
    assert (told.exit_code, "it is too busy (SlowDown)" in told.err) == (1, True)


def test_what_was_brought_is_not_brought_again(bucket: InBucket) -> None:
    interrupted(bucket, 20)
    there = {*bucket.site()}
    assert len(there) >= 20
    assert bucket.publish("--dry-run", "--format", "json").told["unchanged"] == len(there)
    with watched(bucket) as seen:
        bucket.published()
    assert not there & {*put(seen)}
    assert bucket.site() == bucket.built()


def test_an_edit_that_is_taken_back_is_taken_back_there_too(bucket: InBucket) -> None:
    bucket.published()
    before = bucket.site()
    bucket.retitle("Another title")
    interrupted(bucket, 4)
    assert bucket.site() != before
    bucket.retitle("First")
    bucket.published()
    assert bucket.site() == before


def test_one_goes_back_from_what_was_interrupted(bucket: InBucket) -> None:
    bucket.published()
    before, first = bucket.site(), bucket.release
    bucket.retitle("Another title")
    bucket.publisher.write("campaigns/fourth/article.md", article("Fourth"))
    interrupted(bucket, 12)
    half = bucket.site()
    assert bucket.publish("status").exit_code == 0
    assert bucket.publish("rollback", "--yes").exit_code == 0
    assert (bucket.site(), bucket.release) == (gone_back(before, half), first)
    assert bucket.publish("status", "--format", "json").told["targets"][0]["release"] == first
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()


def test_an_interruption_of_a_way_back_is_gone_on_from(bucket: InBucket) -> None:
    sites = []
    for number in range(2):
        bucket.retitle(f"Title {number}")
        bucket.published()
        sites.append((bucket.release, bucket.site()))
    with watched(bucket, broken_after(3)):
        assert bucket.publish("rollback", "--yes").exit_code == 1
    assert bucket.site() not in [site for _, site in sites]
    name, site = sites[1]
    assert bucket.publish("rollback", "--to", name, "--yes").exit_code == 0
    assert (bucket.release, bucket.site()) == (name, site)


@pytest.mark.parametrize("to", [(), ("--to",)])
def test_a_way_back_that_was_interrupted_is_gone_to_its_end(bucket: InBucket, to: tuple[str, ...]) -> None:
    bucket.published()
    bucket.retitle("Title 1")
    bucket.published()
    name, before = bucket.release, bucket.site()
    bucket.publisher.write("campaigns/first/field.png", picture("maroon"))
    bucket.published()
    left = bucket.site()
    named = (*to, name) if to else ()
    with watched(bucket, broken_after(1)):
        assert bucket.publish("rollback", "--yes").exit_code == 1
    assert (bucket.release, bucket.site() == gone_back(before, left)) == (name, False)
    half = bucket.everything()
    told = bucket.publish("rollback", *named, "--dry-run")
    assert f"To all of {name}, which was not brought whole: " in told.out
    assert bucket.everything() == half
    told = bucket.publish("rollback", *named, "--yes")
    assert (told.exit_code, f"Readers see {name} again." in told.out) == (0, True)
    assert bucket.site() == gone_back(before, left)
    assert bucket.publish("status", "--format", "json").told["targets"][0]["whole"]
    assert f"Readers see {name} already." in bucket.publish("rollback", "--to", name, "--yes").out


def test_of_a_release_that_was_not_brought_whole_it_is_told_what_to_do(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")
    interrupted(bucket, 3)
    name, half = bucket.release, bucket.site()
    told = bucket.publish("rollback", "--to", name, "--yes")
    assert (told.exit_code, bucket.site()) == (1, half)
    assert f"{name} was not brought whole: " in told.err
    assert "of it never came here, such as " in told.err
    assert (
        "Publish again to bring the rest, or go back to the release before with `campaigner publish rollback`"
        in told.err
    )
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()


def test_a_release_of_which_all_came_is_finished_by_going_to_it(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")
    (bucket.publisher.root / "campaigns/third/article.md").unlink()
    kill(bucket, "delete_async", 1)
    name = bucket.release
    assert not bucket.publish("status", "--format", "json").told["targets"][0]["whole"]
    assert bucket.publish("rollback", "--to", name, "--yes").exit_code == 0
    assert bucket.publish("status", "--format", "json").told["targets"][0]["whole"]
    assert bucket.site().items() >= bucket.built().items()
    assert "third/index.html" not in bucket.site()
    assert "Nothing changed" in bucket.publish("--dry-run").out


def test_what_was_known_to_need_nothing_is_not_known_of_half_of_it(bucket: InBucket) -> None:
    for number in range(2):
        bucket.retitle(f"Title {number}")
        bucket.published()
    name, site = bucket.release, bucket.site()
    assert bucket.publish("--format", "json").told["changed"] == []
    assert bucket.publish("rollback", "--yes").exit_code == 0
    kill(bucket, "copy_async", 8, "rollback", "--to", name)
    assert (bucket.release, bucket.site() == site) == (name, False)
    live = next(line for line in bucket.publish("status").out.splitlines() if "live" in line)
    assert live.endswith("; not whole, `campaigner publish rollback` finishes it")
    assert not bucket.publish("status", "--format", "json").told["targets"][0]["whole"]
    bucket.published()
    assert bucket.site() == site
    assert "not whole" not in bucket.publish("status").out
    assert bucket.publish("status", "--format", "json").told["targets"][0]["whole"]


def test_part_of_a_site_goes_over_what_was_interrupted(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")
    bucket.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    interrupted(bucket, 11)
    there = {path: content for path, content in bucket.site().items() if path.startswith("third/")}
    bucket.published("first")
    assert bucket.site().items() >= there.items()
    assert b"Another title" in bucket.site()["first/index.html"]
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()


def test_an_answer_that_is_lost_does_no_harm(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")
    bucket.publisher.write("campaigns/fourth/article.md", article("Fourth"))
    lost: set[tuple[str, str]] = set()

    def rule(method: str, path: str, body: bytes) -> Answer | str | None:
        once = (method, f"{path} {body[:400].decode(errors='replace')}" if "state.json" in path else path)
        if method == "GET" or once in lost:
            return None
        lost.add(once)
        return "lost"

    with watched(bucket, rule):
        bucket.published()
    assert len(lost) > 10
    assert bucket.site() == bucket.built()
    assert bucket.state["over"] == []


def test_a_claim_of_somebody_else_is_told_until_it_is_over(bucket: InBucket, tmp_path: Path) -> None:
    bucket.published()
    bucket.retitle("Another title")
    kill(bucket, "put_async", 3)
    clone = bucket.copied(tmp_path / "clone")
    before = bucket.site()
    told = clone.publish("--yes")
    assert (told.exit_code, "somebody else is publishing here" in told.err) == (1, True)
    assert bucket.site() == before
    # two minutes later
    state = bucket.state
    state["claim"]["seconds"] = -1
    bucket.storage.put(bucket.bucket, "site.campaigner/state.json", json.dumps(state).encode())
    clone.published()
    assert bucket.site().items() >= bucket.built().items()


def test_who_was_robbed_of_a_claim_stops(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")

    def rob(method: str, path: str, body: bytes) -> None:
        if (method, path) == ("PUT", "site/first/index.html"):
            state = bucket.state
            state["claim"]["token"] = "theirs"
            bucket.storage.put(bucket.bucket, "site.campaigner/state.json", json.dumps(state).encode())

    with watched(bucket, rob):
        told = bucket.publish("--yes")
    assert (told.exit_code, "somebody else" in told.err) == (1, True)
    assert bucket.state["claim"]["token"] == "theirs"


def test_a_claim_is_renewed_while_work_is_done(bucket: InBucket, keys: pytest.MonkeyPatch) -> None:
    bucket.published()
    bucket.retitle("Another title")
    keys.setattr("campaigner.publish.bucket.claims.RENEWED", 0.05)

    def slow(method: str, path: str, body: bytes) -> None:
        time.sleep(0.1)

    with watched(bucket, slow) as seen:
        bucket.published()
    claims = [one for one in seen if one == ("PUT", "site.campaigner/state.json")]
    assert len(claims) > 4
    assert bucket.site().items() >= bucket.built().items()


def test_a_machine_that_slept_brings_nothing_any_more(bucket: InBucket, keys: pytest.MonkeyPatch) -> None:
    bucket.published()
    before = bucket.site()
    bucket.retitle("Another title")
    keys.setattr("campaigner.publish.bucket.claims.SAFE", -1)
    told = bucket.publish("--yes")
    assert (told.exit_code, "stood still for too long" in told.err) == (1, True)
    assert bucket.site() == before


def one_line(bucket: InBucket, told: str, *, begins: str = "s3://") -> None:
    """One clear line without a secret, and nothing is touched."""
    before = bucket.everything()
    outcome = bucket.publish("--yes")
    assert outcome.exit_code == 1
    (line,) = (line for line in outcome.err.splitlines() if not line.startswith("Warning: The sign-up form"))
    assert line.startswith(begins), line
    assert told in line
    assert not any(secret in outcome.err + outcome.out for secret in KEYS.values())
    assert bucket.everything() == before


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            error(301, "PermanentRedirect", x_amz_bucket_region="eu-central-1"),
            'Write region = "eu-central-1"',
        ),
        (error(307, "TemporaryRedirect"), "the bucket lies in another region"),
        (error(403, "AccessDenied"), "these keys may not do that there (AccessDenied)"),
        (error(403, "InvalidAccessKeyId"), "nobody knows these keys there"),
        (error(403, "SignatureDoesNotMatch"), "these keys do not fit together"),
        (error(403, "RequestTimeTooSkewed"), "the clock of this machine is wrong"),
        (error(400, "ExpiredToken"), "these keys have expired"),
        (Answer(status=403), "these keys may not do that there"),
        (error(503, "SlowDown"), "it is too busy"),
        (Answer(status=500), "something is wrong there"),
        (Answer(status=418), "this cannot be done (HTTP 418)"),
        (Answer(status=200, body=b"<html>"), "this does not say what was published"),
    ],
)
def test_a_server_that_refuses_is_told(bucket: InBucket, answer: Answer, told: str) -> None:
    bucket.published()
    bucket.retitle("Another title")
    with watched(bucket, lambda method, path, body: answer) as seen:
        one_line(bucket, told)
    # obstore's own way is to ask eleven times, over minutes
    assert len(seen) <= 7


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (error(403, "AccessDenied"), "these keys may not do that there (AccessDenied)"),
        (error(507, "XMinioStorageFull"), "there is no room left"),
        (Answer(status=507), "there is no room left"),
        (error(409, "ConditionalRequestConflict"), "somebody else published here meanwhile"),
        (error(501, "NotImplemented"), "this server cannot do what publishing needs"),
    ],
)
def test_a_server_that_takes_nothing_is_told(bucket: InBucket, answer: Answer, told: str) -> None:
    bucket.published()
    bucket.retitle("Another title")
    with watched(bucket, lambda method, path, body: answer if method == "PUT" else None):
        one_line(bucket, told)


def test_a_server_that_is_full_on_the_way_loses_nothing(bucket: InBucket) -> None:
    bucket.published()
    before = bucket.site()
    bucket.retitle("Another title")

    def full(method: str, path: str, body: bytes) -> Answer | None:
        return error(507, "XMinioStorageFull") if path.startswith("site/first/") else None

    with watched(bucket, full):
        told = bucket.publish("--yes")
    assert (told.exit_code, "there is no room left" in told.err) == (1, True)
    assert {path: page for path, page in bucket.site().items() if path.startswith("first/")} == {
        path: page for path, page in before.items() if path.startswith("first/")
    }
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()


@pytest.mark.parametrize(
    "changed",
    [
        *({"since": since} for since in ("", "yesterday", "2026-11-26", "2026-11-26T10:51:00", 7)),
        *({"release": "../../x"}, {"releases": ["x"]}, {"over": ["nothing"]}),
    ],
)
def test_a_state_that_campaigner_would_not_write_is_told(
    bucket: InBucket, changed: dict[str, object]
) -> None:
    bucket.published()
    state = {**bucket.state, **changed}
    bucket.storage.put(bucket.bucket, "site.campaigner/state.json", json.dumps(state).encode())
    before = bucket.everything()
    for arguments in (("status",), ("status", "--format", "json"), ("--yes",), ("rollback", "--yes")):
        told = bucket.publish(*arguments)
        assert (told.exit_code, "does not say what was published" in told.err) == (1, True)
    assert bucket.everything() == before


def test_a_bucket_that_is_not_there_is_told(bucket: InBucket) -> None:
    replace(bucket, bucket="there-is-none").settings(TARGET)
    one_line(bucket, "s3://there-is-none:1:1: there is no such bucket")


def test_a_host_that_does_not_answer_is_told(bucket: InBucket) -> None:
    replace(bucket, endpoint=f"http://127.0.0.1:{free_port()}").settings(TARGET)
    one_line(bucket, "it cannot be reached")


def test_a_server_that_holds_to_no_conditions_is_refused(bucket: InBucket) -> None:
    """As some did until 2024: both of two who publish at once would think that nobody else does."""

    def overwrite(method: str, path: str, body: bytes) -> Answer | None:
        if (method, path) != ("PUT", "site.campaigner/state.json"):
            return None
        bucket.storage.put(bucket.bucket, path, body)
        return Answer(status=200, headers={"ETag": '"0"'})

    with watched(bucket, overwrite):
        for _ in range(2):
            told = bucket.publish("--yes")
            assert told.exit_code == 1
            assert "this server overwrites what it is asked not to" in told.err
    assert bucket.site() == {}


@pytest.fixture
def nobody(bucket: InBucket, keys: pytest.MonkeyPatch) -> Iterator[tuple[InBucket, Requests]]:
    """A bucket, and nobody who says who publishes; what asks for keys is noted, too."""
    for name in KEYS:
        keys.delenv(name)
    with watched(bucket) as seen, in_front(bucket.storage.endpoint, watched_by(seen)) as metadata:
        keys.setenv("AWS_METADATA_ENDPOINT", metadata)
        yield bucket, seen


def watched_by(seen: Requests) -> Rule:
    def rule(method: str, path: str, body: bytes) -> Answer:
        seen.append((method, path))
        return Answer(status=404)

    return rule


@pytest.mark.parametrize("half", ["", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"])
def test_without_keys_nobody_is_asked_and_the_variables_are_named(
    nobody: tuple[InBucket, Requests], keys: pytest.MonkeyPatch, half: str
) -> None:
    bucket, seen = nobody
    if half:
        keys.setenv(half, "/nowhere")
    one_line(bucket, "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    assert seen == []


def test_a_line_break_behind_a_key_does_no_harm(bucket: InBucket, keys: pytest.MonkeyPatch) -> None:
    keys.setenv("AWS_ACCESS_KEY_ID", f" {KEYS['AWS_ACCESS_KEY_ID']}\n")
    keys.setenv("AWS_SESSION_TOKEN", "a-token\n")
    bucket.published()
    keys.setenv("AWS_SESSION_TOKEN", "tokén")
    one_line(bucket, "AWS_SESSION_TOKEN has signs in it that no key has")


def test_half_of_the_keys_is_told(nobody: tuple[InBucket, Requests], keys: pytest.MonkeyPatch) -> None:
    bucket, seen = nobody
    keys.setenv("AWS_ACCESS_KEY_ID", KEYS["AWS_ACCESS_KEY_ID"])
    one_line(bucket, "Set AWS_SECRET_ACCESS_KEY, too")
    assert seen == []


def test_keys_may_come_from_the_file_that_others_read(
    nobody: tuple[InBucket, Requests], keys: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bucket, _ = nobody
    file = tmp_path / "credentials"
    keys.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    keys.setenv("AWS_PROFILE", "gazette")
    one_line(bucket, 'no keys are there for AWS_PROFILE "gazette"')
    file.write_text("[gazette]\naws_access_key_id = AKIAFILE\naws_secret_access_key = a%secret\n")
    bucket.published()
    assert bucket.site()
    file.write_text(f"{KEYS['AWS_SECRET_ACCESS_KEY']}\n")
    one_line(bucket, "this file cannot be read", begins=str(file))


def test_keys_may_be_handed_out_by_the_cloud(
    nobody: tuple[InBucket, Requests], keys: pytest.MonkeyPatch
) -> None:
    bucket, _ = nobody
    handed = {"AccessKeyId": "A", "SecretAccessKey": "B", "Token": "C", "Expiration": "2036-01-01T00:00:00Z"}
    answer = Answer(status=200, body=json.dumps(handed).encode())
    with in_front(bucket.storage.endpoint, lambda method, path, body: answer) as handing_out:
        keys.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{handing_out}/keys")
        token = bucket.publisher.root.with_name("token")
        token.write_text("t")
        keys.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", str(token))
        bucket.published()
    assert bucket.site()


def test_without_what_asks_buckets_its_extra_is_named(bucket: InBucket, keys: pytest.MonkeyPatch) -> None:
    keys.setitem(sys.modules, "obstore", None)
    one_line(bucket, 'pip install "campaigner[cloud]"', begins="campaigner.toml:")


def test_an_object_in_the_way_of_a_page_is_left_alone(bucket: InBucket) -> None:
    bucket.published()
    bucket.storage.put(bucket.bucket, "site/fourth/index.html", b"by hand")
    bucket.storage.put(bucket.bucket, "site/notes.txt", b"by hand, too")
    bucket.publisher.write("campaigns/fourth/article.md", article("Fourth"))
    told = bucket.publish("--yes")
    assert told.exit_code == 1
    assert "/site/fourth/index.html:1:1: this object was not put here by campaigner" in told.err
    assert bucket.site()["fourth/index.html"] == b"by hand"
    bucket.storage.remove(bucket.bucket, "site/fourth/index.html")
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()
    assert bucket.site()["notes.txt"] == b"by hand, too"


def test_a_page_that_somebody_else_writes_at_the_same_moment_is_told(bucket: InBucket) -> None:
    bucket.published()
    bucket.publisher.write("campaigns/fourth/article.md", article("Fourth"))

    def conflict(method: str, path: str, body: bytes) -> Answer | None:
        is_page = (method, path) == ("PUT", "site/fourth/index.html")
        return error(409, "ConditionalRequestConflict") if is_page else None

    with watched(bucket, conflict):
        told = bucket.publish("--yes")
    assert (told.exit_code, "somebody else published here meanwhile" in told.err) == (1, True)
    bucket.published()
    assert bucket.site().items() >= bucket.built().items()


def test_an_object_in_the_way_back_is_left_alone(bucket: InBucket) -> None:
    bucket.published()
    (bucket.publisher.root / "campaigns/third/article.md").unlink()
    bucket.published()
    bucket.storage.put(bucket.bucket, "site/third/index.html", b"by hand")
    told = bucket.publish("rollback", "--yes")
    assert told.exit_code == 1
    assert "this object was not put here by campaigner" in told.err
    assert bucket.site()["third/index.html"] == b"by hand"


def test_a_content_that_is_gone_is_told_before_anything_is_changed(bucket: InBucket) -> None:
    bucket.published()
    bucket.retitle("Another title")
    bucket.published()
    gone = next(key for key in bucket.everything() if "/content/" in key)
    bucket.storage.remove(bucket.bucket, gone)
    before = bucket.everything()
    told = bucket.publish("rollback", "--yes")
    assert (told.exit_code, "any more" in told.err) == (1, True)
    assert bucket.everything() == before


def test_an_empty_folder_of_a_console_is_no_obstacle(bucket: InBucket) -> None:
    bucket.storage.put(bucket.bucket, "site/", b"")
    bucket.published()
    assert "index.html" in bucket.site()


def test_a_name_that_no_file_can_have_is_told(bucket: InBucket) -> None:
    bucket.storage.put(bucket.bucket, "site/a//b", b"x")
    one_line(bucket, "an object there has a name that no file can have")


def test_what_looks_like_ours_and_is_not_is_left_alone(bucket: InBucket) -> None:
    bucket.storage.put(bucket.bucket, "site.campaigner/notes.txt", b"mine")
    one_line(bucket, "this was not made by campaigner")


@pytest.mark.parametrize(("first", "second"), [("", "site"), ("site", ""), ("a", "a/b/c"), ("a/b/c", "a")])
def test_sites_do_not_lie_in_each_other(bucket: InBucket, first: str, second: str) -> None:
    one, other = replace(bucket, prefix=first), replace(bucket, prefix=second)
    one.settings(TARGET)
    one.published()
    before = bucket.everything()
    other.settings(TARGET)
    assert other.publish("--yes").exit_code == 1
    told = other.publish("--yes", "--adopt")
    assert (told.exit_code, "another site is published to" in told.err) == (1, True)
    assert bucket.everything() == before


def test_a_state_that_says_nothing_is_told(bucket: InBucket) -> None:
    bucket.published()
    bucket.storage.put(bucket.bucket, "site.campaigner/state.json", b'{"release": 1}')
    one_line(bucket, "move s3://")


def test_a_workspace_that_cannot_note_its_claims_is_told(bucket: InBucket) -> None:
    (bucket.publisher.root / ".campaigner/claims/production/lock").mkdir(parents=True)
    one_line(bucket, "this cannot be used", begins=str(bucket.publisher.root))


@pytest.mark.parametrize("line", ['endpoint = "https://storage.example"', 'region = "eu-central-1"'])
def test_what_only_a_bucket_has_is_told_of_a_folder(published: Published, line: str) -> None:
    published.settings(f"{TARGET}{line}\n")
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert told.err.startswith("campaigner.toml:")
    assert "only a bucket has one" in told.err


def test_a_site_may_be_all_of_a_bucket(bucket: InBucket) -> None:
    whole = replace(bucket, prefix="")
    whole.settings(TARGET)
    whole.published()
    assert whole.site() == whole.built()
    assert whole.private.keys() >= {"state.json"}
    whole.retitle("Another title")
    whole.published()
    assert whole.publish("rollback", "--yes").exit_code == 0
    assert whole.publish("status").exit_code == 0


def test_two_sites_share_a_bucket(bucket: InBucket) -> None:
    bucket.published()
    first = bucket.everything()
    other = replace(bucket, prefix="site-of-another/in here")
    other.settings(TARGET)
    other.published()
    assert other.site() == bucket.site()
    assert other.everything().items() >= first.items()


def test_text_lies_there_compressed_where_that_is_wanted(bucket: InBucket) -> None:
    packed = replace(bucket, more='precompress = ["gzip"]')
    packed.settings(TARGET)
    packed.published()
    site = packed.built()
    lies = packed.site()
    assert lies.keys() == site.keys()
    assert gzip.decompress(lies["first/index.html"]) == site["first/index.html"]
    told = packed.storage.headers(packed.bucket, "site/first/index.html")
    assert (told["content-encoding"], told["content-type"]) == ("gzip", "text/html; charset=utf-8")
    picture = next(path for path in site if path.endswith(".jpg"))
    assert lies[picture] == site[picture]
    packed.retitle("The title after")
    assert "+<title>The title after" in packed.publish("--dry-run", "--diff").out
    packed.published()
    assert packed.publish("rollback", "--yes").exit_code == 0
    assert packed.site() == lies
    told = packed.storage.headers(packed.bucket, "site/first/index.html")
    assert (told["content-encoding"], told["cache-control"]) == ("gzip", "public, max-age=60")


def test_brotli_is_refused_where_a_file_lies_in_one_form_only(bucket: InBucket) -> None:
    replace(bucket, more='precompress = ["gzip", "brotli"]').settings(TARGET)
    one_line(bucket, 'Write precompress = ["gzip"]', begins="campaigner.toml:")


@contextmanager
def shown(bucket: InBucket) -> Iterator[str]:
    """What shows a bucket to readers, as a content delivery network does; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = f"{bucket.prefix}{unquote(urlsplit(self.path).path)}"
            key += "index.html" if key.endswith("/") else ""
            content, told = bucket.everything()[key], bucket.storage.headers(bucket.bucket, key)
            self.send_response(200)
            for name in ("content-type", "content-encoding"):
                if name in told:
                    self.send_header(name, told[name])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("more", ["", 'precompress = ["gzip"]'])
def test_what_readers_are_shown_is_verified(bucket: InBucket, more: str) -> None:
    with shown(bucket) as address:
        target = TARGET.replace("https://gazette.example", address)
        replace(bucket, more=more).settings(target)
        assert "as published" in bucket.published("--verify").err
        stale = bucket.everything()["site/first/index.html"]
        bucket.retitle("Another title")
        bucket.published()
        bucket.storage.put(bucket.bucket, "site/first/index.html", stale)
        told = bucket.publish("--yes", "--verify")
    assert told.exit_code == 1
    assert "the server answers with another page than was published" in told.err


@pytest.mark.parametrize(
    ("to", "more", "told"),
    [
        ("s3://", "", "this is no address of a bucket"),
        ("s3://Gazette", "", "this is no address of a bucket"),
        ("s3://gazette//site", "", "this is no address of a bucket"),
        ("s3://AKIA:secret@gazette/site", "", "this is no address of a bucket"),
        ("s3://gazette/../site", "", "cannot be the place of a site"),
        ("s3://gazette/site.campaigner", "", "cannot be the place of a site"),
        ("s3://gazette/site", 'endpoint = "http://storage.example"', "anybody could read on the way"),
        (
            "s3://gazette/site",
            'endpoint = "https://a:b@storage.example"',
            "cannot be the address of a server",
        ),
        ("s3://gazette/site", 'endpoint = "https://storage.example/gazette"', "cannot be the address of a"),
        ("s3://gazette/site", 'region = "EU Central"', "is no region"),
    ],
)
def test_an_address_that_is_none_is_told_at_its_line(bucket: InBucket, to: str, more: str, told: str) -> None:
    bucket.publisher.edit("campaigner.toml", f'"{bucket.address}"', f'"{to}"\n{more}')
    text = (bucket.publisher.root / "campaigner.toml").read_text()
    if more.startswith("endpoint"):
        bucket.publisher.edit("campaigner.toml", f'endpoint = "{bucket.storage.endpoint}"\n', "")
    outcome = bucket.publish("--yes")
    assert outcome.exit_code == 1
    assert outcome.err.startswith("campaigner.toml:"), text
    assert told in outcome.err
    assert "secret" not in outcome.err


@pytest.mark.parametrize(
    ("region", "environment", "endpoint"),
    [
        ("", {}, "https://s3.us-east-1.amazonaws.com"),
        ("", {"AWS_DEFAULT_REGION": "eu-west-1"}, "https://s3.eu-west-1.amazonaws.com"),
        ('region = "eu-central-1"', {"AWS_REGION": "x"}, "https://s3.eu-central-1.amazonaws.com"),
        ('region = "cn-north-1"', {}, "https://s3.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_a_bucket_of_aws_is_asked_for_in_its_region(
    bucket: InBucket, keys: pytest.MonkeyPatch, region: str, environment: dict[str, str], endpoint: str
) -> None:
    from campaigner.publish.bucket.target import S3
    from campaigner.publish.hosts import host_of
    from campaigner.publish.targets import chosen

    for name, value in environment.items():
        keys.setenv(name, value)
    bucket.publisher.edit("campaigner.toml", f'endpoint = "{bucket.storage.endpoint}"', region)
    workspace = bucket.publisher.workspace
    host = host_of(chosen(workspace, ()), workspace)
    assert isinstance(host, S3)
    found = host.place.bucket
    assert (found.name, found.endpoint, host.place.prefix) == (bucket.bucket, endpoint, "site")


#: publishes a site of one large file, and tells the most memory that it took, in kB
LARGE = """
import os, resource, sys
from pathlib import Path
from campaigner.publish.bucket.store import Bucket
from campaigner.publish.bucket.place import Place
from campaigner.publish.changes import Changes
from campaigner.publish.filling import Filling
from campaigner.publish.releases import PublishedFile, Release
from campaigner.publish.bucket.target import S3
from campaigner.publish.site import BuiltSite

endpoint, bucket, folder, size = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
path, digest = "assets/film.0123456789ab.mp4", f"named {size}"
(folder / "assets").mkdir(parents=True)
with open(folder / path, "wb") as film:
    film.truncate(size)
class Lone(BuiltSite):
    # no build made it

    @property
    def here(self):
        return self.wanted

built = Lone(folder=folder, manifest=folder, begun=0, notes=(), wanted={path: digest})
release = Release(name="20261122T120000Z-1", made="", url="", commit="", files={path: PublishedFile(digest, size)})
place = Place(bucket=Bucket(name=bucket, endpoint=endpoint, region="us-east-1"), prefix="site")
host = S3(place=place, notes=folder / "notes")
filling = Filling(site=built, changes=Changes.between({}, built.digests), kept=(), precompress=())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
host.publish(release, filling, planned="", adopted=None, progress=lambda done, total: None)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_file_goes_in_parts_and_is_never_in_memory_as_a_whole(
    bucket: InBucket, tmp_path: Path
) -> None:
    size = 200_000_000
    done = subprocess.run(
        [sys.executable, "-c", LARGE, bucket.storage.endpoint, bucket.bucket, tmp_path / "large", str(size)],
        env=os.environ | {"PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = bucket.storage.headers(bucket.bucket, "site/assets/film.0123456789ab.mp4")
    assert int(told["content-length"]) == size
    assert (told["content-type"], told["cache-control"]) == ("video/mp4", A_YEAR)
    assert told["etag"].rstrip('"').endswith("-39")
    assert int(done.stdout) < 80_000
