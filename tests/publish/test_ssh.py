"""A site is published to a folder of another machine: sshd and rsync themselves, on loopback.

What it has in common with other targets is tested in `test_every_target.py`.
"""

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import campaigner
from lacking import lacking
from publish.conftest import Published, gone_back
from publish.ssh_server import PATIENCE, Server, free_port, new_key, ssh_server
from publish.test_interruptions import small_disk
from publisher import NOW, article, picture, tree

SOURCE = str(Path(campaigner.__file__).parent.parent)
LOCK = "campaigner.publishing"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with ssh_server(tmp_path / "server") as started:
        monkeypatch.setenv("CAMPAIGNER_SSH_CONFIG", str(started.config))
        yield started


@pytest.fixture
def remote(published: Published, server: Server) -> Published:
    """A workspace that is published by ssh; the other machine is this one, so `to` is what stands there."""
    return to(published, server, published.to)


def to(published: Published, server: Server, path: Path, more: str = "") -> Published:
    """The same workspace, published to another path."""
    address = server.address(path)
    made = Published(publisher=published.publisher, to=path)
    made.settings(f'[publish.production]\nto = "{address}"\nurl = "https://gazette.example"\n{more}\n')
    return made


def built(published: Published) -> dict[str, bytes]:
    """What a build makes of the same workspace."""
    published.publisher.build(output=published.publisher.root / "output")
    return tree(published.publisher.root / "output" / "site")


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
    assert remote.site() == built(remote)
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
    assert clone.site().items() >= built(clone).items()


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
    assert remote.site() == built(remote)


def test_five_releases_can_be_gone_back_to(remote: Published) -> None:
    for number in range(7):
        remote.retitle(f"Title {number}")
        remote.published()
    told = remote.publish("status", "--format", "json").told["targets"][0]["releases"]
    assert [one["release"].rpartition("-")[2] for one in told] == ["7", "6", "5", "4", "3", "2"]
    assert {file.name for file in remote.releases.iterdir() if file.is_dir()} == {
        one["release"] for one in told
    }
    assert remote.publish("rollback", "--to", told[2]["release"], "--yes").exit_code == 0
    assert b"Title 4" in remote.site()["first/index.html"]
    remote.retitle("Title 8")
    remote.published()
    assert remote.release.endswith("-8")


def test_status_diff_and_rollback_tell_what_is_there(remote: Published, server: Server) -> None:
    assert "Nothing was published yet" in remote.publish("status").out
    remote.retitle("The title before")
    remote.published()
    before = remote.site()
    remote.retitle("The title after")
    told = remote.publish("--dry-run", "--diff").out
    assert "-<title>The title before" in told
    assert "+<title>The title after" in told
    remote.published()
    told = remote.publish("status").out
    assert f"production: {server.address(remote.to)}, https://gazette.example/" in told
    assert f"live  {remote.release}" in told
    assert ", since 20" in told
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert remote.site() == before
    assert "there is no release to go back to" in remote.publish("rollback", "--yes").err
    assert f'root "{remote.to}";' in remote.publish("config", "nginx").out


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
    assert remote.site().items() >= built(remote).items()
    assert [file.name for file in place.iterdir() if not file.name.startswith(".")] == [remote.to.name]


def test_text_is_compressed_ahead_where_that_is_wanted(published: Published, server: Server) -> None:
    import gzip

    remote = to(published, server, published.to)
    remote.published()
    to(published, server, published.to, 'precompress = ["gzip"]')
    remote.retitle("Another title")
    remote.published()
    for _ in range(2):
        site = remote.site()
        packed = {path for path in site if path.endswith(".gz")}
        assert {"first/index.html.gz", "third/index.html.gz", "feed.xml.gz"} <= packed
        assert all(gzip.decompress(site[path]) == site[path.removesuffix(".gz")] for path in packed)
        before = remote.to.resolve()
        remote.retitle("One more title")
        remote.published()
    assert (before / "third/index.html.gz").samefile(remote.to / "third/index.html.gz")


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
    assert remote.site() == built(remote)
    assert remote.publish("--format", "json").told["changed"] == []
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert remote.site() == gone_back(by_hand, built(remote))
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


def test_a_damaged_record_is_told(remote: Published) -> None:
    remote.published()
    record = remote.releases / f"{remote.release}.json"
    record.write_text('{"version": 1, "files": 3}')
    refused(remote, f"{record.name}:1:1: this does not say what was published")
    record.unlink()
    refused(remote, f"{record.name}:1:1: this does not say what was published")


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
    assert remote.site() == built(remote)
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


def test_a_connection_that_is_lost_leaves_what_readers_see(remote: Published, server: Server) -> None:
    remote.published()
    remote.retitle("Another title")
    whole = server.door.read_text()
    server.door.write_text(
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        "rsync*) exec 3<&0\n"
        '(head -c 600 <&3; sleep 4) | sh -c "$SSH_ORIGINAL_COMMAND" & sleep 2; kill -9 $PPID ;;\n'
        '*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;\nesac\n'
    )
    refused(remote, "the connection was lost")
    server.door.write_text(whole)
    remote.published()
    assert remote.site().items() >= built(remote).items()


def test_a_connection_that_is_lost_at_the_switch_leaves_a_whole_site(
    remote: Published, server: Server
) -> None:
    remote.published()
    remote.retitle("Another title")
    whole = server.door.read_text()
    server.door.write_text(
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        '*"Makes the folder"*) (sleep 2; sh -c "$SSH_ORIGINAL_COMMAND") >/dev/null 2>&1 & kill -9 $PPID ;;\n'
        '*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;\nesac\n'
    )
    refused(remote, "the connection was lost")
    # the other machine goes on
    until = time.monotonic() + PATIENCE
    while remote.release.endswith("-1") and time.monotonic() < until:
        time.sleep(0.1)
    server.door.write_text(whole)
    assert remote.site().items() >= built(remote).items()
    assert remote.publish("--format", "json").told["changed"] == []


#: ends a publication at the n-th command that it starts, before or after that began, as kill -9 would
KILLED_AT = """
import os, signal, subprocess, sys
from campaigner.cli import main

number, moment, root, *rest = int(sys.argv[1]), *sys.argv[2:]
called, original = 0, subprocess.Popen.__init__

def killed(self, command, *arguments, **keywords):
    global called
    is_ours = os.path.basename(command[0]) in ("ssh", "rsync")
    called += is_ours
    if is_ours and called == number and moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    original(self, command, *arguments, **keywords)
    if is_ours and called == number:
        os.kill(os.getpid(), signal.SIGKILL)

subprocess.Popen.__init__ = killed
main(["-C", root, "publish", *rest, "--yes"])
"""


def killed(remote: Published, number: int, moment: str, *arguments: str) -> None:
    """Publish, or go back, and kill it."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(number), moment, remote.publisher.root, *arguments],
        env=os.environ | {"PYTHONPATH": SOURCE, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.mark.parametrize("moment", ["before", "begun"])
@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_a_kill_leaves_a_whole_site_and_the_next_one_finishes(
    remote: Published, number: int, moment: str
) -> None:
    remote.published()
    before = remote.site()
    remote.retitle("Another title")
    after = built(remote)
    killed(remote, number, moment, "--jobs", "1")
    if (number, moment) == (6, "begun"):
        time.sleep(0.3)  # the other machine may finish what it was told to
        assert remote.site().items() >= (before.items() if remote.site() == before else after.items())
    else:
        assert remote.site() == before
    remote.published()
    assert remote.site().items() >= after.items()
    assert LOCK not in left(remote)
    a_day_ago = time.time() - 2 * 86_400
    for name in left(remote):
        os.utime(remote.releases / name, (a_day_ago, a_day_ago))
    remote.retitle("One more title")
    remote.published()
    assert left(remote) == []
    names = {file.name.removesuffix(".json") for file in remote.releases.iterdir()} - {"campaigner.lock"}
    assert len(names) == 3
    assert remote.publish("rollback", "--yes").exit_code == 0
    assert remote.site().items() >= after.items()


@pytest.mark.parametrize(("number", "moment"), [(4, "before"), (4, "begun"), (5, "before"), (5, "begun")])
def test_a_kill_of_a_way_back_leaves_a_whole_site_and_the_next_one_finishes(
    remote: Published, number: int, moment: str
) -> None:
    remote.published()
    first, before = remote.release, remote.site()
    remote.publisher.write("campaigns/first/field.png", picture("maroon"))
    remote.published()
    second, after = remote.release, remote.site()
    killed(remote, number, moment, "rollback")
    time.sleep(0.3 if moment == "begun" else 0)  # the other machine may finish what it was told to
    assert remote.site() == (after if remote.release == second else gone_back(before, after))
    assert remote.publish("rollback", "--to", first, "--yes").exit_code == 0
    assert (remote.release, remote.site()) == (first, gone_back(before, after))
    for title in ("Another title", "One more title"):
        remote.retitle(title)
        remote.published()
    assert remote.site().items() >= built(remote).items()
    assert not [file.name for file in remote.releases.glob("[0-9]*-after-*")]


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


def test_a_release_that_was_not_planned_is_not_replaced(remote: Published, tmp_path: Path) -> None:
    from campaigner.errors import PublishError
    from campaigner.publish.hosts import host_of
    from campaigner.publish.publishing import planned, publish
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen

    remote.published()
    remote.retitle("Ours")
    workspace = remote.publisher.workspace
    choice = chosen(workspace, ())
    site = build_site(workspace, choice, jobs=1, now=NOW, progress=lambda done, total: None)
    plan = planned(workspace, choice, host_of(choice, workspace), site)
    clone = Published(publisher=remote.publisher.copied(tmp_path / "clone"), to=remote.to)
    clone.retitle("Theirs")
    clone.published()
    theirs = remote.release
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        publish(plan, workspace, now=NOW, progress=lambda done, total: None)
    assert remote.release == theirs
    assert b"Theirs" in remote.site()["first/index.html"]
    assert left(remote) == []


def test_one_of_two_wins_and_the_other_is_told(remote: Published, tmp_path: Path) -> None:
    remote.published()
    remote.retitle("Ours")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "campaigner", "-C", root, "publish", "--yes", "--jobs", "1"],
            env=os.environ | {"PYTHONPATH": SOURCE, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for root in (remote.publisher.root, remote.publisher.copied(tmp_path / "clone").root)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    codes = sorted(process.returncode for process in processes)
    # the slower one may have planned when the faster one was done: then nothing was left to do for it
    assert codes in ([0, 0], [0, 1]), told
    if codes == [0, 1]:
        assert any("somebody else" in err for _, err in told)
    assert remote.release.endswith("-2")
    assert left(remote) == []


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
    from campaigner.publish.ssh import Ssh
    from campaigner.publish.targets import chosen

    published.settings(f'[publish.production]\nto = "{address}"\n')
    workspace = published.publisher.workspace
    host = host_of(chosen(workspace, ()), workspace)
    assert isinstance(host, Ssh)
    assert (host.destination, host.port, host.path) == (destination, port, path)
