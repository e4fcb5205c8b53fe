"""A site is published to a folder of another machine: sshd and rsync themselves, on loopback.

What it has in common with other targets is tested in `test_every_target.py`.
"""

import os
import shutil
import stat
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import campaigner
from lacking import lacking
from publish.conftest import Once, Published, by_ssh, gone_back
from publish.processes import at_ssh, killed
from publish.ssh_server import PATIENCE, Server, free_port, new_key
from publish.test_interruptions import small_disk
from publisher import article, picture, tree

SOURCE = str(Path(campaigner.__file__).parent.parent)
LOCK = "campaigner.publishing"


@pytest.fixture
def remote(unbuilt: Published, server: Server, here: Path, build_once: Once) -> Published:
    """A workspace that is published by ssh; the other machine is this one, so `to` is what stands there."""
    return build_once(by_ssh(unbuilt, server, here / "site"))


@pytest.fixture
def lone(unbuilt: Published, server: Server, build_once: Once) -> Published:
    """The same at a place that no other test has: what a kill left running may write there a moment later."""
    return build_once(by_ssh(unbuilt, server, unbuilt.to))


def to(published: Published, server: Server, path: Path, more: str = "") -> Published:
    """The same workspace, published to another path."""
    address = server.address(path)
    made = Published(publisher=published.publisher, to=path)
    made.settings(f'[publish.production]\nto = "{address}"\nurl = "https://gazette.example"\n{more}\n')
    return made


def left(published: Published) -> list[str]:
    """What lies beside the releases that should not."""
    return [
        file.name
        for file in published.releases.iterdir()
        if file.name.startswith("unfinished-") or file.name == LOCK
    ]


def test_readers_see_what_a_build_makes_and_nothing_else(remote: Published) -> None:
    told = remote.published()
    assert "Published as" in told.out
    assert f"production: {remote.written}, https://gazette.example/" in remote.publish("status").out
    assert remote.site() == remote.built()
    assert os.readlink(remote.to) == f".site.releases/{remote.release}"
    assert left(remote) == []
    assert list((remote.publisher.root / ".campaigner/uploads").iterdir()) == []


def test_a_web_server_may_read_it_whatever_the_umask(remote: Published) -> None:
    remote.published()  # the user there has the umask 077
    remote.retitle("Another title")
    before = os.umask(0o077)
    try:
        remote.published()
    finally:
        os.umask(before)
    for file in [remote.to.resolve(), *remote.to.resolve().rglob("*")]:
        assert stat.S_IMODE(file.stat().st_mode) == (0o755 if file.is_dir() else 0o644), file
    assert stat.S_IMODE(remote.releases.stat().st_mode) == 0o755


def test_what_did_not_change_takes_no_room_twice(remote: Published) -> None:
    remote.published()
    before = remote.to.resolve()
    remote.retitle("Another title")
    told = remote.published("--format", "json").told
    after = remote.to.resolve()
    same = {
        path for path in tree(after) if (before / path).exists() and (before / path).samefile(after / path)
    }
    assert tree(after).keys() - same == {*told["changed"], *told["new"]}
    assert b"Another title" in remote.site()["first/index.html"]
    assert b"Another title" not in (before / "first/index.html").read_bytes()


def test_a_fresh_checkout_brings_only_what_differs(remote: Published, tmp_path: Path) -> None:
    remote.published()
    before = remote.to.resolve()
    clone = Published(publisher=remote.publisher.copied(tmp_path / "clone"), to=remote.to)
    assert clone.publish("--format", "json").told["changed"] == []
    clone.retitle("Another title")
    told = clone.published("--format", "json").told
    changed = {*told["changed"], *told["new"]}
    assert all((before / path).samefile(clone.to / path) for path in clone.site().keys() - changed)
    assert clone.site().items() >= clone.built().items()


def test_a_file_of_the_same_size_and_time_is_published(remote: Published) -> None:
    remote.retitle("Title 1")
    remote.published()
    old = remote.to.resolve() / "first/index.html"
    remote.retitle("Title 2")
    remote.publish("--dry-run")
    page = remote.publisher.root / ".campaigner/publish/production/site/first/index.html"
    assert page.stat().st_size == old.stat().st_size
    os.utime(old, ns=(page.stat().st_mtime_ns,) * 2)
    remote.published()
    assert b"Title 2" in remote.site()["first/index.html"]


def test_what_is_missing_in_the_release_before_is_brought_again(remote: Published) -> None:
    remote.published()
    (remote.to / "third/index.html").unlink()
    remote.retitle("Another title")
    remote.published()
    assert remote.site() == remote.built()


def test_a_reader_never_sees_half_of_it(remote: Published) -> None:
    remote.retitle("Title 0")
    remote.published()
    is_over, failures, seen = threading.Event(), [], set()

    def read() -> None:
        while not is_over.is_set():
            try:
                page = (remote.to / "first" / "index.html").read_bytes()
                seen.add(page[page.index(b"<title>") : page.index(b"</title>")])
            except OSError as error:
                failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for number in range(1, 3):
            remote.retitle(f"Title {number}")
            remote.published()
    finally:
        is_over.set()
        thread.join()
    assert not failures
    assert seen <= {b"<title>Title %d" % number for number in range(3)}


def test_names_of_all_kinds_are_published(published: Published, server: Server, tmp_path: Path) -> None:
    place = tmp_path / 'it\'s a "place" $HOME für *'
    place.mkdir()
    remote = to(published, server, place / "Über uns; it's `x`")
    remote.publisher.write(
        "campaigns/übung/article.md", article("Übung", aliases="[/früher/, /Früher-auch.html]")
    )
    remote.published()
    assert {"übung/index.html", "früher/index.html", "Früher-auch.html"} <= remote.site().keys()
    assert remote.publish("--format", "json").told["new"] == []
    remote.retitle("Another title")
    remote.published("--format", "json")
    assert remote.site().items() >= remote.built().items()
    assert [file.name for file in place.iterdir() if not file.name.startswith(".")] == [remote.to.name]


def test_what_is_compressed_already_is_not_compressed_again(published: Published, server: Server) -> None:
    remote = to(published, server, published.to, 'precompress = ["gzip"]')
    remote.published()
    before = remote.to.resolve()
    remote.retitle("Another title")
    remote.published()
    assert (before / "third/index.html.gz").samefile(remote.to / "third/index.html.gz")
    assert not (before / "first/index.html.gz").samefile(remote.to / "first/index.html.gz")


def test_a_folder_is_taken_over_where_that_is_asked_for(remote: Published) -> None:
    remote.to.mkdir()
    (remote.to / "index.html").write_text("by hand")
    (remote.to / "old ü.html").write_text("by hand too")
    (remote.to / "same.html").write_text("x")
    os.link(remote.to / "same.html", remote.to / "twin.html")
    by_hand = tree(remote.to)
    assert "a folder stands here" in remote.publish("--yes").err
    assert tree(remote.to) == by_hand
    assert remote.publish("--adopt", "--dry-run").exit_code == 0
    assert not remote.releases.exists()
    told = remote.published("--adopt", "--format", "json").told
    assert told["changed"] == ["index.html"]
    assert told["removed"] == ["old ü.html", "same.html", "twin.html"]
    assert remote.site() == remote.built()
    assert remote.publish("--format", "json").told["changed"] == []
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert remote.site() == gone_back(by_hand, remote.built())
    assert left(remote) == []


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda to: to.write_text("x"), "a file stands here"),
        (lambda to: to.symlink_to("/nowhere/else"), "a link to /nowhere/else"),
        (lambda to: shutil.rmtree(to.parent), "there is no such folder"),
        (lambda to: to.with_name(".site.releases").write_text(""), "this is no folder"),
        (lambda to: to.with_name(".site.releases").symlink_to(to.parent), "this is no folder"),
        (
            lambda to: (to.with_name(".site.releases") / "mine").mkdir(parents=True),
            "was not made by campaigner",
        ),
    ],
)
def test_what_somebody_else_made_is_left_alone(remote: Published, make, told: str) -> None:  # type: ignore[no-untyped-def]
    make(remote.to)
    before = sorted(remote.to.parent.rglob("*")) if remote.to.parent.exists() else []
    outcome = remote.publish("--yes")
    assert outcome.exit_code == 1
    assert outcome.err.startswith("ssh://")
    assert told in outcome.err
    assert (sorted(remote.to.parent.rglob("*")) if remote.to.parent.exists() else []) == before


def refused(remote: Published, told: str) -> None:
    """One clear line, and nothing is touched."""
    before = remote.site() if remote.to.exists() else None
    outcome = remote.publish("--yes")
    assert outcome.exit_code == 1
    (line,) = (line for line in outcome.err.splitlines() if not line.startswith("Warning: The sign-up form"))
    assert line.startswith(("ssh://", "rsync:", "ssh:"))
    assert told in line
    assert (remote.site() if remote.to.exists() else None) == before


def test_a_host_whose_key_nobody_knows_is_refused(remote: Published, server: Server) -> None:
    server.known_hosts.unlink()  # the settings of who publishes say not to check it, and that changes nothing
    refused(remote, "nobody knows its host key")
    assert not server.known_hosts.exists()


def test_a_host_with_another_key_than_before_is_refused(remote: Published, server: Server) -> None:
    remote.published()
    remote.retitle("Another title")
    server.know(new_key(server.folder / "other"))
    refused(remote, "its host key is another one than before")


def test_a_key_that_does_not_open_is_told(remote: Published, server: Server) -> None:
    (server.folder / "authorized_keys").write_text("")
    refused(remote, "it does not let us in")


def test_a_host_that_does_not_answer_is_told(published: Published, server: Server) -> None:
    refused(
        to(published, Server(folder=server.folder, port=free_port()), published.to), "it cannot be reached"
    )


def test_a_login_that_runs_no_commands_is_told(remote: Published, server: Server) -> None:
    server.door.write_text("echo This account is not available.\n")
    refused(remote, "this user cannot run commands there")


def test_a_login_that_greets_is_told(remote: Published, server: Server) -> None:
    server.door.write_text('echo Welcome!\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n')
    refused(remote, "a login there says more than it is asked for")


@pytest.mark.parametrize("since", ["yesterday", "", "99999999999999999", "nan", "1e400", "7 8"])
def test_a_time_that_is_none_is_told(remote: Published, server: Server, since: str, tmp_path: Path) -> None:
    remote.published()
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "stat").write_text(f"#!/bin/sh\necho '{since}'\n")
    (programs / "stat").chmod(0o755)
    server.door.write_text(f'PATH={programs}:$PATH\nexport PATH\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n')
    told = remote.publish("status")
    if since:
        assert (told.exit_code, "since when readers see the release" in told.err) == (1, True)
    assert remote.publish("--dry-run").exit_code == 0


def test_a_machine_that_has_busybox_will_do(remote: Published, server: Server, tmp_path: Path) -> None:
    busybox = shutil.which("busybox") or lacking("there is no busybox here")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in (
        "sh",
        "cat",
        "chmod",
        "find",
        "ln",
        "ls",
        "mkdir",
        "mv",
        "readlink",
        "rm",
        "rmdir",
        "sleep",
        "tar",
    ):
        (programs / name).symlink_to(busybox)
    (programs / "rsync").symlink_to(shutil.which("rsync") or "")
    server.door.write_text(f'export PATH={programs}\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n')
    remote.to.mkdir()
    (remote.to / "index.html").write_text("by hand")
    remote.published("--adopt")
    before = remote.site()
    remote.retitle("Another title")
    remote.published()
    assert remote.site() == remote.built()
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert remote.site() == before
    assert left(remote) == []


def test_without_rsync_there_it_is_told(remote: Published, server: Server, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("sh", "ls", "readlink", "stat", "find", "cat", "mkdir", "mv", "rm", "ln"):
        (programs / name).symlink_to(shutil.which(name) or name)
    server.door.write_text(f'PATH={programs}\nexport PATH\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n')
    refused(remote, "rsync is not installed there")
    assert not remote.releases.exists()


def test_without_rsync_or_ssh_here_it_is_told(
    remote: Published, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    programs = tmp_path / "here"
    programs.mkdir()
    (programs / "git").symlink_to(shutil.which("git") or "git")
    monkeypatch.setenv("PATH", str(programs))
    refused(remote, "ssh is not installed here")
    (programs / "ssh").symlink_to("/usr/bin/ssh")
    refused(remote, "rsync is not installed here")
    assert left(remote) == []


def test_a_full_disk_is_told_and_nothing_half_is_left(
    published: Published, server: Server, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small"):
        remote = to(published, server, tmp_path / "small" / "site")
        refused(remote, "there is no room left")
        assert left(remote) == []
        assert not os.path.lexists(remote.to)


def test_a_folder_that_may_not_be_written_to_is_told(published: Published, server: Server) -> None:
    if os.geteuid() == 0:  # who may write anywhere: publishes as somebody else
        server.door.write_text('exec setpriv --reuid=65534 --clear-groups sh -c "$SSH_ORIGINAL_COMMAND"\n')
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        refused(to(published, server, folder / "site"), "this user may not do that there")
        assert list(folder.iterdir()) == []


def test_a_connection_that_is_lost_leaves_what_readers_see(lone: Published, server: Server) -> None:
    lone.published()
    lone.retitle("Another title")
    whole = server.door.read_text()
    server.door.write_text(
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        "rsync*) exec 3<&0\n"
        '(head -c 600 <&3; sleep 4) | sh -c "$SSH_ORIGINAL_COMMAND" & sleep 2; kill -9 $PPID ;;\n'
        '*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;\nesac\n'
    )
    refused(lone, "the connection was lost")
    server.door.write_text(whole)
    lone.published()
    assert lone.site().items() >= lone.built().items()


def test_a_connection_that_is_lost_at_the_switch_leaves_a_whole_site(lone: Published, server: Server) -> None:
    lone.published()
    lone.retitle("Another title")
    whole = server.door.read_text()
    server.door.write_text(
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        '*"Makes the folder"*) (sleep 2; sh -c "$SSH_ORIGINAL_COMMAND") >/dev/null 2>&1 & kill -9 $PPID ;;\n'
        '*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;\nesac\n'
    )
    refused(lone, "the connection was lost")
    # the other machine goes on
    until = time.monotonic() + PATIENCE
    while lone.release.endswith("-1") and time.monotonic() < until:
        time.sleep(0.1)
    server.door.write_text(whole)
    assert lone.site().items() >= lone.built().items()
    assert lone.publish("--format", "json").told["changed"] == []


@pytest.mark.parametrize("moment", ["before", "begun"])
@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_a_kill_leaves_a_whole_site_and_the_next_one_finishes(
    lone: Published, number: int, moment: str
) -> None:
    lone.published()
    before = lone.site()
    lone.retitle("Another title")
    after = lone.built()
    killed(lone.publisher.root, at_ssh, number, moment)
    if (number, moment) == (6, "begun"):
        time.sleep(0.3)  # the other machine may finish what it was told to
        assert lone.site().items() >= (before.items() if lone.site() == before else after.items())
    else:
        assert lone.site() == before
    lone.published()
    assert lone.site().items() >= after.items()
    assert LOCK not in left(lone)
    a_day_ago = time.time() - 2 * 86_400
    for name in left(lone):
        os.utime(lone.releases / name, (a_day_ago, a_day_ago))
    lone.retitle("One more title")
    lone.published()
    assert left(lone) == []
    names = {file.name.removesuffix(".json") for file in lone.releases.iterdir()} - {"campaigner.lock"}
    assert len(names) == 3
    assert lone.publish("rollback", "--yes").exit_code == 0
    assert lone.site().items() >= after.items()


@pytest.mark.parametrize(("number", "moment"), [(4, "before"), (4, "begun"), (5, "before"), (5, "begun")])
def test_a_kill_of_a_way_back_leaves_a_whole_site_and_the_next_one_finishes(
    lone: Published, number: int, moment: str
) -> None:
    lone.published()
    first, before = lone.release, lone.site()
    lone.publisher.write("campaigns/first/field.png", picture("maroon"))
    lone.published()
    second, after = lone.release, lone.site()
    killed(lone.publisher.root, at_ssh, number, moment, arguments=("rollback",))
    time.sleep(0.3 if moment == "begun" else 0)  # the other machine may finish what it was told to
    assert lone.site() == (after if lone.release == second else gone_back(before, after))
    assert lone.publish("rollback", "--to", first, "--yes").exit_code == 0
    assert (lone.release, lone.site()) == (first, gone_back(before, after))
    for title in ("Another title", "One more title"):
        lone.retitle(title)
        lone.published()
    assert lone.site().items() >= lone.built().items()
    assert not [file.name for file in lone.releases.glob("[0-9]*-after-*")]


def test_a_kill_of_the_other_machine_after_the_switch_leaves_a_release_that_counts(remote: Published) -> None:
    remote.published()
    remote.retitle("Another title")
    remote.published()
    record = remote.releases / f"{remote.release}.json"
    unfinished = record.rename(record.with_name(f"unfinished-{record.name}"))
    a_day_ago = time.time() - 2 * 86_400
    os.utime(unfinished, (a_day_ago, a_day_ago))
    assert remote.publish("status", "--format", "json").told["targets"][0]["release"] == remote.release
    assert remote.publish("--format", "json").told["changed"] == []
    remote.retitle("One more title")
    remote.published()
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert b"Another title" in remote.site()["first/index.html"]


def test_somebody_else_who_publishes_is_waited_for(remote: Published) -> None:
    remote.published()
    remote.retitle("Another title")
    lock = remote.releases / LOCK
    lock.mkdir()
    before = remote.release
    leaving = threading.Timer(6, lock.rmdir)
    leaving.start()
    remote.published()
    assert not leaving.is_alive()
    assert remote.release != before


def test_a_lock_that_a_kill_left_expires(remote: Published) -> None:
    remote.published()
    remote.retitle("Another title")
    lock = remote.releases / LOCK
    lock.mkdir()
    five_minutes_ago = time.time() - 300
    os.utime(lock, (five_minutes_ago, five_minutes_ago))
    remote.published()
    assert b"Another title" in remote.site()["first/index.html"]
    assert left(remote) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ssh://user:geheim@host.example/srv/site", "a password has no place in an address"),
        ("ssh://user:ge/heim@host.example/srv/site", "a password has no place in an address"),
        ("ssh://-oProxyCommand=geheim/srv/site", "is no address that ssh knows"),
        ("ssh://-l@host.example/srv/site", "is no address that ssh knows"),
        ("ssh://host.example:99999/srv/site", "is no address that ssh knows"),
        ("ssh://host.example", "is no address that ssh knows"),
        ("ssh://host.example/", "cannot be the folder of a site"),
        ("ssh://host.example/~/site", "cannot be the folder of a site"),
        ("ssh://host.example/srv/%2e%2e/site", "cannot be the folder of a site"),
        ("ssh://host.example/srv/a%0Ab", "cannot be the folder of a site"),
    ],
)
def test_an_address_that_means_no_folder_is_told_at_its_line(
    published: Published, address: str, told: str
) -> None:
    published.settings(f'[publish.production]\nto = "{address}"\n')
    outcome = published.publish("--yes")
    assert outcome.exit_code == 1
    assert outcome.err.startswith("campaigner.toml:")
    assert told in outcome.err
    if "password" in told:
        assert "heim" not in outcome.err


@pytest.mark.parametrize(
    ("address", "destination", "port", "path"),
    [
        ("ssh://host/srv/site", "host", None, "/srv/site"),
        ("ssh://a.b@host.example:2222/srv//site/", "a.b@host.example", 2222, "/srv/site"),
        ("ssh://a@[::1]:22/srv/my%20site", "a@[::1]", 22, "/srv/my site"),
        ("ssh://[2001:db8::1]/srv/a?b#c@d", "[2001:db8::1]", None, "/srv/a?b#c@d"),
    ],
)
def test_an_address_is_read_as_ssh_means_it(
    published: Published, address: str, destination: str, port: int | None, path: str
) -> None:
    from campaigner.publish.hosts import host_of
    from campaigner.publish.ssh.target import Ssh
    from campaigner.publish.targets import chosen

    published.settings(f'[publish.production]\nto = "{address}"\n')
    workspace = published.publisher.workspace
    host = host_of(chosen(workspace, ()), workspace)
    assert isinstance(host, Ssh)
    assert (host.destination, host.port, host.path) == (destination, port, path)
