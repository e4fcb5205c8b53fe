"""A site is published to a branch: git itself, over file:// and over sshd on loopback."""

import getpass
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

import campaigner
from campaigner.errors import PublishError
from campaigner.model.destination import NO_BRANCH, as_destination
from campaigner.model.text import Unfit
from campaigner.publish.git.faults import git_failure
from campaigner.publish.git.repository import FILE, Repository
from campaigner.publish.releases import Release
from lacking import lacking
from publish.branches import SETTINGS, Branched, branched, git
from publish.conftest import Once, Published, gone_back
from publish.processes import at_git, killed
from publish.ssh_server import Server, free_port, new_key
from publish.test_interruptions import small_disk
from publisher import picture

SOURCE = str(Path(campaigner.__file__).parent.parent)


@pytest.fixture
def branch(unbuilt: Published, here: Path, build_once: Once) -> Branched:
    """A workspace that is published to a branch of a repository that is empty yet."""
    return build_once(branched(unbuilt.publisher, unbuilt.to, f"file://{here}/site"))


@pytest.fixture
def remote(unbuilt: Published, server: Server, here: Path, build_once: Once) -> Branched:
    """A workspace that is published to a branch by ssh."""
    return build_once(branched(unbuilt.publisher, unbuilt.to, server.address(here / "site")))


def to(branch: Branched, address: str) -> None:
    """Publish to another address."""
    branch.settings(SETTINGS.format(to=address))


def refused(branch: Branched, told: str, *arguments: str) -> str:
    """One clear line, and nothing is touched; gives the line."""

    def heads() -> bytes:
        return git("-C", branch.to, "for-each-ref", "refs/heads") if branch.to.exists() else b""

    before = heads()
    outcome = branch.publish("--yes", *arguments)
    assert outcome.exit_code == 1
    (line,) = (line for line in outcome.err.splitlines() if not line.startswith("Warning: The sign-up form"))
    assert told in line
    assert line.isprintable()
    assert heads() == before
    return line


def test_a_release_is_one_commit_with_the_site_and_nothing_else(branch: Branched) -> None:
    branch.published()
    assert branch.all() == {**branch.built(), ".nojekyll": b""}
    assert len(branch.commits) == 1
    branch.retitle("Another title")
    branch.published()
    assert len(branch.commits) == 2
    modes = {line.split()[0] for line in git("-C", branch.to, "ls-tree", "-r", branch.branch).splitlines()}
    assert modes == {b"100644"}
    git("-C", branch.to, "fsck", "--strict")


def test_the_record_of_a_release_stands_beside_the_branch(branch: Branched) -> None:
    branch.published()
    refs = git("-C", branch.to, "for-each-ref", "--format=%(refname)").decode().split()
    assert refs == ["refs/heads/gh-pages", "refs/notes/campaigner/gh-pages"]
    note = git("-C", branch.to, "notes", "--ref=campaigner/gh-pages", "show", branch.commits[0])
    release = Release.read(note.decode(), branch.release)
    assert release.files.keys() == branch.site().keys()
    assert release.files["first/index.html"].campaigns == ("first",)


def test_a_commit_says_who_published_what_and_when(branch: Branched, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "%an <%ae>|%cn <%ce>|%ad|%cd|%s"

    def said() -> list[str]:
        line = git("-C", branch.to, "log", "-1", "--date=iso-strict", f"--format={told}", branch.branch)
        return line.decode().strip().split("|")

    root = branch.publisher.root
    git("init", "--quiet", root)
    git("-C", root, "config", "user.name", "Ada Lovelace")
    git("-C", root, "config", "user.email", "ada@example.com")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    branch.published()
    author, committer, made, shown, subject = said()
    assert (author, committer) == ("Ada Lovelace <ada@example.com>",) * 2
    assert made == "2026-11-22T12:00:00+00:00"
    assert shown.endswith("+00:00")
    assert subject == f"Publish {branch.release}"
    shutil.rmtree(root / ".git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    branch.retitle("Another title")
    branch.published()
    assert said()[0] == "campaigner <campaigner@localhost>"
    branch.publish("rollback", "--yes")
    assert said()[4] == f"Go back to {branch.release}"


def test_settings_attributes_and_hooks_of_the_user_have_no_say(
    branch: Branched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "hostile"
    (hostile / "hooks").mkdir(parents=True)
    (hostile / "templates" / "info").mkdir(parents=True)
    for name in ("pre-push", "reference-transaction", "post-index-change"):
        hook = hostile / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch '{hostile}/ran'\nexit 1\n")
        hook.chmod(0o755)
    (hostile / "attributes").write_text("* text eol=crlf filter=spoil ident export-ignore\n")
    shutil.copy(hostile / "attributes", hostile / "templates" / "info" / "attributes")
    (hostile / "ignored").write_text("*\n")
    (hostile / "config").write_text(f"""\
[core]
	autocrlf = true
	eol = crlf
	attributesFile = {hostile}/attributes
	excludesFile = {hostile}/ignored
	hooksPath = {hostile}/hooks
	sshCommand = false
[filter "spoil"]
	clean = sed s/e/x/g
	required = true
[init]
	templateDir = {hostile}/templates
	defaultObjectFormat = sha256
[commit]
	gpgSign = true
[push]
	gpgSign = true
	followTags = true
[url "file:///nowhere/"]
	insteadOf = file://
	pushInsteadOf = file://
[protocol]
	allow = never
[user]
	name = The user
	email = user@example.com
""")
    shutil.copy(hostile / "config", hostile / ".gitconfig")
    root = branch.publisher.root
    (root / ".gitattributes").write_text("* text eol=crlf filter=spoil\n")
    (root / ".gitignore").write_text("*\n")
    with monkeypatch.context() as environment:
        environment.setenv("HOME", str(hostile))
        environment.setenv("GIT_CONFIG_SYSTEM", str(hostile / "config"))
        environment.setenv("GIT_TEMPLATE_DIR", str(hostile / "templates"))
        # as within a hook of the workspace's own repository
        environment.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
        environment.setenv("GIT_INDEX_FILE", str(tmp_path / "elsewhere/index"))
        environment.setenv("GIT_WORK_TREE", str(root))
        branch.published()
        branch.retitle("Another title")
        branch.published()
    assert branch.site() == branch.built()
    assert not (hostile / "ran").exists()
    assert not (tmp_path / "elsewhere").exists()


def test_the_domain_of_a_host_of_pages_is_kept(branch: Branched) -> None:
    branch.published()
    branch.changed({"CNAME": "gazette.example\n"}, "Create CNAME")
    assert branch.publish("--format", "json").told["removed"] == []
    branch.retitle("Another title")
    branch.published()
    assert branch.all()["CNAME"] == b"gazette.example\n"
    branch.changed({"CNAME": "other.example\n"}, "Update CNAME")
    assert branch.publish("rollback", "--yes").exit_code == 0
    assert branch.all() == {**branch.site(), ".nojekyll": b"", "CNAME": b"other.example\n"}
    assert b"Another title" not in branch.site()["first/index.html"]
    branch.changed({"CNAME": None}, "Delete CNAME")
    branch.published()
    assert "CNAME" not in branch.all()


def test_a_branch_with_a_domain_and_nothing_else_needs_no_adoption(branch: Branched) -> None:
    branch.changed({"CNAME": "gazette.example\n"})
    assert "Nothing was published yet" in branch.publish("status").out
    branch.published()
    assert branch.all() == {**branch.built(), ".nojekyll": b"", "CNAME": b"gazette.example\n"}


def test_to_go_back_is_a_new_commit_with_the_old_tree(branch: Branched) -> None:
    branch.published()
    branch.retitle("Another title")
    branch.published()
    before = branch.commits
    assert branch.publish("rollback", "--yes").exit_code == 0
    newest, *rest = branch.commits
    assert rest == before
    trees = git("-C", branch.to, "rev-parse", f"{newest}^{{tree}}", f"{before[1]}^{{tree}}").split()
    assert trees[0] == trees[1]


def test_a_branch_of_somebody_else_is_left_alone(branch: Branched) -> None:
    branch.changed({"index.html": "by hand", "old ü.html": "by hand too"})
    line = refused(branch, "the branch has 2 files that campaigner did not publish, such as index.html")
    assert "--adopt" in line
    assert branch.publish("status").exit_code == 1
    assert branch.publish("rollback", "--yes").exit_code == 1


def test_a_branch_is_taken_over_where_that_is_asked_for(branch: Branched, tmp_path: Path) -> None:
    theirs = branch.changed(
        {"index.html": "by hand", "old ü.html": "by hand", "assets/a.png": "x", "CNAME": "g\n"}
    )
    by_hand = branch.all()
    assert branch.publish("--adopt", "--dry-run").exit_code == 0
    assert branch.commits == [theirs]
    told = branch.published("--adopt", "--format", "json").told
    assert told["changed"] == ["index.html"]
    assert told["removed"] == ["assets/a.png", "old ü.html"]
    assert branch.all() == {**branch.built(), "assets/a.png": b"x", "CNAME": b"g\n", ".nojekyll": b""}
    assert branch.commits[-1] == theirs
    assert branch.publish("--format", "json").told["changed"] == []
    assert branch.copied(tmp_path / "fresh").publish("rollback", "--yes").exit_code == 0
    assert branch.all() == gone_back(by_hand, branch.built())


def test_what_somebody_changed_by_hand_is_not_lost(branch: Branched) -> None:
    branch.published()
    edited = branch.changed({"first/index.html": "by hand"})
    refused(branch, "the branch has a file that somebody else changed, such as first/index.html")
    branch.published("--adopt")
    assert edited in branch.commits
    assert branch.site() == branch.built()
    assert branch.publish("rollback", "--yes").exit_code == 0
    assert branch.site()["first/index.html"] == b"by hand"


def test_a_branch_of_links_programs_and_modules_is_taken_over_too(branch: Branched) -> None:
    clone = branch.to.with_name("theirs")
    git("init", "--quiet", "-b", "gh-pages", clone)
    (clone / "index.html").symlink_to("/etc/passwd")
    (clone / "run.sh").write_text("#!/bin/sh\n")
    (clone / "run.sh").chmod(0o755)
    Path(os.fsdecode(os.fsencode(clone) + b"/\xff.html")).write_text("a name of Latin-1")
    (clone / "first").mkdir()
    (clone / "first" / "index.html").symlink_to("../run.sh")
    git("-C", clone, "add", ".")
    module = "160000,1234567890123456789012345678901234567890,module"
    git("-C", clone, "update-index", "--add", "--cacheinfo", module)
    git("-C", clone, "commit", "--quiet", "-m", "All")
    git("-C", clone, "push", "--quiet", branch.to, "gh-pages")
    theirs = {*git("-C", clone, "ls-tree", "-z", "HEAD").split(b"\0")}
    assert branch.published("--adopt", "--format", "json").told["removed"] == ["\\xff.html", "run.sh"]
    assert branch.site() == branch.built()
    modes = {line.split()[0] for line in git("-C", branch.to, "ls-tree", "-r", branch.branch).splitlines()}
    assert modes == {b"100644"}
    assert branch.publish("rollback", "--yes").exit_code == 0
    there = {*git("-C", branch.to, "ls-tree", "-z", branch.branch).split(b"\0")}
    assert there >= theirs
    assert [entry.partition(b"\t")[2] for entry in there - theirs] == [b"assets"]


def test_where_only_branches_may_be_pushed_the_record_stands_in_the_message(
    branch: Branched, tmp_path: Path
) -> None:
    git("-C", branch.to, "config", "transfer.hideRefs", "refs/notes")
    branch.changed({"index.html": "by hand"})
    branch.published("--adopt")
    for number in range(3):
        branch.retitle(f"Title {number}")
        branch.published()
    assert git("-C", branch.to, "for-each-ref", "--format=%(refname)") == b"refs/heads/gh-pages\n"
    fresh = branch.copied(tmp_path / "fresh")
    assert fresh.publish("--format", "json").told["changed"] == []
    fresh.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    fresh.retitle("Another title")
    told = fresh.published("first", "--format", "json").told
    assert not any(path.startswith(("second/", "third/")) for path in told["changed"])
    assert len(fresh.publish("status", "--format", "json").told["targets"][0]["releases"]) == 6
    first = "20261122T120000Z-1"
    assert fresh.publish("rollback", "--to", first, "--yes").exit_code == 0
    assert branch.site() == gone_back({"index.html": b"by hand"}, branch.site())


def test_where_a_hook_takes_nothing_but_the_branch_it_works_too(branch: Branched) -> None:
    branch.hook("update", 'case "$1" in refs/heads/*) ;; *) echo "Only branches" >&2; exit 1 ;; esac')
    branch.published()
    assert branch.publish("--format", "json").told["changed"] == []
    assert b"Campaigner-Record: {" in git("-C", branch.to, "log", "-1", "--format=%B", branch.branch)


def test_a_branch_without_its_records_is_told(branch: Branched) -> None:
    branch.published()
    git("-C", branch.to, "update-ref", "-d", "refs/notes/campaigner/gh-pages")
    refused(branch, "files that campaigner did not publish")
    branch.published("--adopt")
    assert branch.publish("--format", "json").told["changed"] == []


@pytest.mark.parametrize(
    "name", ["a\n b", "a\u2028b", "a\x0cb", "a\x1cb", "a\x85b", "a\rb", "20260101T000000Z-9\n b"]
)
def test_what_others_write_into_a_message_is_no_release(branch: Branched, name: str) -> None:
    branch.published()
    first = branch.release
    branch.changed({"CNAME": "gazette.example\n"}, f"By hand\n\nCampaigner-Release: {name}\n")
    assert branch.publish("status", "--format", "json").told["targets"][0]["release"] == first
    branch.retitle("Another title")
    branch.published()
    assert branch.release.endswith("-2")


def test_a_record_that_is_no_file_is_none(branch: Branched) -> None:
    branch.published()
    (commit,) = branch.commits
    tree = git("-C", branch.to, "mktree", "--missing", given=f"160000 commit {'1' * 40}\t{commit}\n".encode())
    made = git("-C", branch.to, "commit-tree", "-m", "By hand", tree.decode().strip()).decode().strip()
    git("-C", branch.to, "update-ref", "refs/notes/campaigner/gh-pages", made)
    refused(branch, "files that campaigner did not publish")


def test_a_commit_of_a_day_that_no_calendar_has_is_told(branch: Branched) -> None:
    branch.published()
    (before,) = branch.commits
    commit = git("-C", branch.to, "cat-file", "commit", before)
    odd = re.sub(rb"^(committer .*>) \d+", rb"\1 99999999999999", commit, flags=re.MULTILINE)
    made = git("-C", branch.to, "hash-object", "-t", "commit", "-w", "--stdin", given=odd).decode().strip()
    git("-C", branch.to, "update-ref", f"refs/heads/{branch.branch}", made)
    git("-C", branch.to, "notes", "--ref=campaigner/gh-pages", "copy", before, made)
    told = branch.publish("status")
    assert (told.exit_code, "since when readers see the release" in told.err) == (1, True)
    branch.retitle("Another title")
    branch.published()
    assert branch.publish("status").exit_code == 0


def test_somebody_who_pushes_meanwhile_wins(branch: Branched) -> None:
    branch.published()
    branch.retitle("Another title")
    # between what is planned and what is pushed: git asks the hook when it is about to
    own = branch.publisher.root / ".campaigner" / "git" / "production.git"
    assert own.is_dir()
    parent = branch.commits[0]
    tree = git("-C", branch.to, "rev-parse", f"{parent}^{{tree}}").decode().strip()
    theirs = git("-C", branch.to, "commit-tree", tree, "-p", parent, "-m", "Theirs").decode().strip()
    branch.hook("pre-receive", f"unset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/gh-pages {theirs}")
    outcome = branch.publish("--yes")
    assert outcome.exit_code == 1
    assert "somebody else published here meanwhile" in outcome.err
    assert branch.commits[0] == theirs
    (branch.to / "hooks" / "pre-receive").unlink()
    branch.published()
    assert branch.site() == branch.built()


def test_a_history_that_somebody_rewrote_is_not_written_over(branch: Branched) -> None:
    branch.published()
    branch.retitle("Another title")
    branch.published()
    tree = git("-C", branch.to, "rev-parse", f"{branch.branch}^{{tree}}").decode().strip()
    theirs = git("-C", branch.to, "commit-tree", tree, "-m", "All in one").decode().strip()
    git("-C", branch.to, "update-ref", "refs/heads/gh-pages", theirs)
    refused(branch, "files that campaigner did not publish")
    changed = branch.published("--adopt", "--format", "json").told["changed"]
    assert not [path for path in changed if not path.startswith("assets/")]
    assert theirs in branch.commits


def test_a_branch_that_a_rule_protects_is_told_with_the_words_of_the_rule(branch: Branched) -> None:
    branch.published()
    branch.retitle("Another title")
    branch.hook("pre-receive", r"printf 'Ask \033[31mAda\007 first\n' >&2; exit 1")
    line = refused(branch, "the branch is protected there, or a rule refuses what we bring")
    assert r"Ask \x1b[31mAda" in line
    (branch.to / "hooks" / "pre-receive").unlink()
    branch.published()


def test_a_branch_whose_name_begins_with_that_of_another_is_told(branch: Branched) -> None:
    branch.published()
    to(branch, f"git+file://{branch.to}#gh-pages/new")
    refused(branch, "the name of another branch is the beginning of this one's")


@pytest.mark.parametrize(
    ("told", "meaning"),
    [
        (
            """remote: Resolving deltas: 100% (3/3), done.
remote: error: GH006: Protected branch update failed for refs/heads/main.
!	refs/heads/a:refs/heads/a	[remote rejected] (protected branch hook declined)""",
            "or a rule refuses what we bring: GH006: Protected branch update failed for refs/heads/main.",
        ),
        (
            """remote:
remote: ========
remote: GitLab: You are not allowed to push code to protected branches on this project.
!	refs/heads/a:refs/heads/a	[remote rejected] (pre-receive hook declined)""",
            "this user may not write there: GitLab: You are not allowed to push code",
        ),
        (
            """remote: error: Trace: 1f2e
remote: error: File film.mp4 is 123.00 MB; this exceeds GitHub's file size limit of 100.00 MB
remote: error: GH001: Large files detected.
!	refs/heads/a:refs/heads/a	[remote rejected] (pre-receive hook declined)""",
            "a file is larger than they take there: File film.mp4 is 123.00 MB",
        ),
        (
            "ERROR: Repository not found.\nfatal: Could not read from remote repository.",
            "there is no repository, or none that this user may see",
        ),
        ("ERROR: The key you are authenticating with has been marked as read only.", "may not write there"),
        ("ERROR: Permission to owner/site.git denied to deploy key", "this user may not write there"),
        ("fatal: the remote end hung up unexpectedly", "the connection was lost"),
        (
            "ssh: Could not resolve hostname nowhere.example: Name or service not known",
            "no host of that name",
        ),
        (
            "git@github.com: Permission denied (publickey).\nfatal: Could not read from",
            "it does not let us in",
        ),
        (
            "fatal: Unable to create '/srv/production.git/shallow.lock': File exists.\n\nAnother git process seems",
            "another git is at work, or left its lock behind: Unable to create '/srv/production.git/shallow.lock'",
        ),
        ("fatal: something else " + "x" * 1000, "git fails: something else xxx"),
        ("", "git fails: exit code 128"),
    ],
)
def test_what_servers_say_is_told_in_plain_words(told: str, meaning: str) -> None:
    line = str(git_failure("git+ssh://host/site#main", 128, told))
    assert meaning in line
    assert len(line) < 500


def test_a_branch_that_somebody_works_on_is_told(published: Published, tmp_path: Path) -> None:
    branch = branched(published.publisher, tmp_path / "site.git")
    shutil.rmtree(branch.to)
    git("init", "--quiet", "-b", "gh-pages", branch.to)
    git("-C", branch.to, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    refused(branch, "somebody works on this branch there")


def test_a_repository_that_is_none_is_told(branch: Branched) -> None:
    shutil.rmtree(branch.to)
    refused(branch, "there is no repository, or none that this user may see")
    branch.to.mkdir()
    outcome = branch.publish("--yes")
    assert "there is no repository, or none that this user may see" in outcome.err
    assert list(branch.to.iterdir()) == []


def test_a_repository_inside_the_workspace_is_refused(branch: Branched) -> None:
    place = branch.publisher.root / "output" / "site.git"
    git("init", "--quiet", "--bare", place)
    to(branch, f"git+file://{place}#gh-pages")
    line = refused(branch, "lies in the workspace")
    assert line.startswith("campaigner.toml:")


def test_without_git_it_is_told(branch: Branched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    outcome = branch.publish("--yes")
    assert outcome.exit_code == 1
    assert "git:1:1: git is not installed here" in outcome.err


def test_without_ssh_it_is_told(remote: Branched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "git").symlink_to(shutil.which("git") or "git")
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    outcome = remote.publish("--yes")
    assert outcome.exit_code == 1
    assert "ssh:1:1: ssh is not installed here" in outcome.err


def test_a_host_whose_key_nobody_knows_is_refused(remote: Branched, server: Server) -> None:
    server.known_hosts.unlink()  # the settings of who publishes say not to check it, and that changes nothing
    refused(remote, "nobody knows its host key")
    assert not server.known_hosts.exists()


def test_a_host_with_another_key_than_before_is_refused(remote: Branched, server: Server) -> None:
    remote.published()
    remote.retitle("Another title")
    server.know(new_key(server.folder / "other"))
    refused(remote, "its host key is another one than before")


def test_a_key_that_does_not_open_is_told(remote: Branched, server: Server) -> None:
    (server.folder / "authorized_keys").write_text("")
    refused(remote, "it does not let us in")


def test_a_host_that_does_not_answer_is_told(remote: Branched, server: Server) -> None:
    to(remote, f"git+{Server(folder=server.folder, port=free_port()).address(remote.to)}#gh-pages")
    refused(remote, "it cannot be reached")


def test_a_repository_that_is_not_there_is_told(remote: Branched, server: Server, tmp_path: Path) -> None:
    to(remote, f"git+{server.address(tmp_path / 'nowhere')}#gh-pages")
    refused(remote, "there is no repository, or none that this user may see")


def test_a_host_without_git_is_told(remote: Branched, server: Server) -> None:
    server.door.write_text('PATH=/nowhere\nexec /bin/sh -c "$SSH_ORIGINAL_COMMAND"\n')
    refused(remote, "git is not installed there")


def test_a_connection_that_is_lost_leaves_what_readers_see(remote: Branched, server: Server) -> None:
    remote.published()
    remote.retitle("Another title")
    remote.publisher.write("campaigns/first/field.png", picture("red"))
    whole = server.door.read_text()
    server.door.write_text(
        'case "$SSH_ORIGINAL_COMMAND" in\n'
        "git-receive-pack*) exec 3<&0\n"
        '(head -c 3000 <&3; sleep 4) | sh -c "$SSH_ORIGINAL_COMMAND" & sleep 2; kill -9 $PPID ;;\n'
        '*) exec sh -c "$SSH_ORIGINAL_COMMAND" ;;\nesac\n'
    )
    refused(remote, "the connection was lost")
    server.door.write_text(whole)
    remote.published()
    assert remote.site().items() >= remote.built().items()


@pytest.mark.parametrize("by", ["file", "ssh"])
def test_a_user_who_may_not_write_there_is_told(
    branch: Branched, server: Server, by: str, tmp_path: Path
) -> None:
    if by == "file":
        if os.geteuid() == 0:
            pytest.skip("root may write anywhere")
    else:
        to(branch, f"git+{server.address(branch.to)}#gh-pages")
        if os.geteuid() == 0:
            for folder in (tmp_path, *tmp_path.parents):
                if folder.owner() == getpass.getuser() and folder != Path("/tmp"):
                    folder.chmod(0o755)
            git("config", "--file", tmp_path / "safe", "safe.directory", "*")
            server.door.write_text(
                f"export GIT_CONFIG_SYSTEM='{tmp_path}/safe'\n"
                'exec setpriv --reuid=65534 --clear-groups sh -c "$SSH_ORIGINAL_COMMAND"\n'
            )
            (tmp_path / "safe").chmod(0o644)
    for folder in [branch.to, *branch.to.rglob("*")]:
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    refused(branch, "this user may not")


def test_a_full_disk_there_is_told(branch: Branched, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small"):
        small = tmp_path / "small" / "site.git"
        git("init", "--quiet", "--bare", "--template=", small)
        (tmp_path / "small" / "filling").write_bytes(os.urandom(60_000))
        to(branch, f"git+file://{small}#gh-pages")
        outcome = branch.publish("--yes")
        assert outcome.exit_code == 1
        assert "there is no room left" in outcome.err
        assert git("-C", small, "for-each-ref", "refs/heads") == b""


WORDS = (
    *("init", "ls-remote", "fetch", "log", "hash-object"),
    *("write-tree", "commit-tree", "mktree", "push", "update-ref"),
)


@pytest.mark.parametrize(
    ("word", "moment"),
    [(word, "done") for word in WORDS] + [(word, "begun") for word in ("fetch", "hash-object", "push")],
)
def test_a_kill_leaves_a_whole_site_and_the_next_one_finishes(
    branch: Branched, word: str, moment: str, tmp_path: Path
) -> None:
    branch.published()
    before = branch.site()
    fresh = branch.copied(tmp_path / "fresh")
    fresh.retitle("Another title")
    after = fresh.built()
    killed(fresh.publisher.root, at_git, word, moment)
    seen = branch.site()
    if word in ("push", "update-ref"):
        assert seen in (before, after)
    else:
        assert seen == before
    # what git was told goes on for a moment, and may be done then
    for pause in (0, 0.2, 1, 2):
        time.sleep(pause)
        outcome = fresh.publish("--yes")
        if outcome.exit_code == 0:
            break
        assert "somebody else" in outcome.err or "another git is at work" in outcome.err
    assert fresh.publish("--format", "json").told["changed"] == []
    assert branch.site().items() >= after.items()
    assert len(branch.commits) == 2
    assert fresh.publish("rollback", "--yes").exit_code == 0
    assert branch.site() == before


def test_a_kill_of_the_first_publication_leaves_nothing_for_readers(branch: Branched) -> None:
    killed(branch.publisher.root, at_git, "push", "done")  # which asked for a place for records
    assert b"refs/heads" not in git("-C", branch.to, "for-each-ref")
    branch.published()
    assert branch.site() == branch.built()
    assert b"Campaigner-Record" not in git("-C", branch.to, "log", "--format=%B", branch.branch)


def test_locks_that_a_kill_left_do_not_stand_in_the_way(branch: Branched) -> None:
    branch.published()
    own = branch.publisher.root / ".campaigner" / "git" / "production.git"
    for lock in ("shallow.lock", "packed-refs.lock", "refs/campaigner/branch.lock", "config.lock"):
        (own / lock).write_text("")
    branch.changed({"CNAME": "gazette.example\n"})
    branch.retitle("Another title")
    branch.published()
    assert branch.site() == branch.built()


def test_a_repository_of_ours_that_is_damaged_or_of_another_address_is_made_anew(
    branch: Branched, tmp_path: Path
) -> None:
    branch.published()
    own = branch.publisher.root / ".campaigner" / "git" / "production.git"
    (own / "config").write_text("nonsense")
    assert branch.publish("--format", "json").told["new"] == []
    (own / "HEAD").unlink()
    outcome = branch.publish("--format", "json")
    assert outcome.exit_code == 0, outcome.err
    other = branched(branch.publisher, tmp_path / "other.git")
    other.published()
    assert other.site() == branch.site()


@pytest.mark.parametrize("by", ["file", "ssh"])
def test_little_is_fetched_where_the_other_side_can_leave_contents_out(
    branch: Branched, server: Server, by: str, tmp_path: Path
) -> None:
    if by == "ssh":
        to(branch, f"git+{server.address(branch.to)}#gh-pages")
    git("-C", branch.to, "config", "uploadpack.allowFilter", "true")
    large = {f"old/{number}.bin": os.urandom(50_000).hex() for number in range(5)}
    branch.changed({**large, "index.html": "by hand"})
    branch.published("--adopt")
    for number in range(3):
        branch.retitle(f"Title {number}")
        branch.published()
    fresh = branch.copied(tmp_path / "fresh")
    fresh.retitle("Another title")
    assert "-<title>Title 2" in fresh.publish("--dry-run", "--diff").out
    fresh.published()
    if by == "file":
        # sshd does not let through what git needs to ask for contents by themselves
        packs = (fresh.publisher.root / ".campaigner" / "git").rglob("*.pack")
        assert sum(pack.stat().st_size for pack in packs) < 100_000
    assert fresh.publish("rollback", "--to", "20261122T120000Z-1", "--yes").exit_code == 0
    assert {path for path in branch.site() if not path.startswith("assets/")} == {*large, "index.html"}
    git("-C", branch.to, "fsck", "--strict")


def test_a_history_of_many_commits_is_not_fetched(branch: Branched, tmp_path: Path) -> None:
    parent = ""
    tree = git("-C", branch.to, "mktree", given=b"").decode().strip()
    for number in range(70):
        made = git(
            "-C", branch.to, "commit-tree", tree, *(["-p", parent] if parent else []), "-m", str(number)
        )
        parent = made.decode().strip()
    git("-C", branch.to, "update-ref", "refs/heads/gh-pages", parent)
    branch.published()
    fresh = branch.copied(tmp_path / "fresh")
    fresh.retitle("Another title")
    fresh.published()
    own = fresh.publisher.root / ".campaigner" / "git" / "production.git"
    assert int(git("-C", own, "rev-list", "--count", "refs/campaigner/branch")) < 60
    assert len(branch.commits) == 72


def test_two_branches_of_one_repository_do_not_know_each_other(branch: Branched) -> None:
    branch.settings(
        f'[publish.production]\nto = "git+file://{branch.to}#gh-pages"\ndefault = true\n'
        f'[publish.staging]\nto = "git+file://{branch.to}#trying/übung"\nstaging = true\n'
    )
    branch.published()
    branch.published("staging")
    branch.retitle("Another title")
    branch.published("staging")
    assert branch.publish("--dry-run", "--format", "json").told["changed"] != []
    assert branch.publish("rollback", "staging", "--yes").exit_code == 0
    assert "there is no release to go back to" in branch.publish("rollback", "production", "--yes").err


def test_a_large_file_is_published(branch: Branched) -> None:
    branch.publisher.write("campaigns/first/field.png", picture("red") + os.urandom(5_000_000))
    branch.published()
    assert branch.site() == branch.built()


def test_thousands_of_files_and_odd_names_become_one_tree(tmp_path: Path, branch: Branched) -> None:
    folder, names = (
        tmp_path / "files",
        ["-x", '"', "a\nb", "a\\b", "ü", "A", "a", "*", "x y", "$HOME", "a:b", "a.txt\r"],
    )
    files = {f"{number % 40}/{name}{number}": os.urandom(200) for number in range(170) for name in names}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    repository = Repository(tmp_path / "own.git", f"file://{branch.to}", where="there", connection=None)
    with repository.held():
        stored = repository.store(folder, lambda done, total: None)
        tree = repository.tree(stored, tmp_path / "index")
        assert repository.entries(tree) == stored
        contents = repository.contents([name for _, name in stored.values()])
        assert dict(zip(stored, contents, strict=True)) == files


@pytest.mark.parametrize(
    "path", [".git/config", "a/.GIT/hooks/pre-push", "a/../b", "git~1", "/a", ".g\u200cit/x"]
)
def test_a_path_that_git_would_stumble_over_is_refused(path: str, tmp_path: Path, branch: Branched) -> None:
    repository = Repository(tmp_path / "own.git", f"file://{branch.to}", where="there", connection=None)
    with repository.held():
        entries = {path: (FILE, repository.store_content(b"x"))}
        with pytest.raises(PublishError, match="a commit cannot hold a file of this name"):
            repository.tree(entries, tmp_path / "index")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("git+ssh://user:geheim@host.example/srv/site#main", "a password has no place in an address"),
        ("git+ssh://user:ge/heim@host.example/srv/site#main", "a password has no place in an address"),
        ("git+ssh://user:ge#heim@host.example/srv/site#main", "a password has no place in an address"),
        ("git+https://user:geheim@host.example/site.git#main", "a password has no place in an address"),
        ("git+https://geheim@host.example/site.git#main", '"git+https" is no way to publish to a branch'),
        ("git+https://host.example/site.git#main", '"git+https" is no way to publish to a branch'),
        ("git+srv/site#main", "is no way to publish to a branch"),
        ("git+ssh://-oProxyCommand=geheim/srv/site#main", "is no address that ssh knows"),
        ("git+ssh://host.example#main", "is no address that ssh knows"),
        ("git+ssh://host.example/owner/site.git", "says no branch"),
        ("git+file:///srv/site.git#", "says no branch"),
        ("git+file:///srv/site.git#a..b", "is no name of a branch"),
        ("git+file:///srv/site.git#-d", "is no name of a branch"),
        ("git+file://srv/site.git#main", "is no place that can be published to"),
        ("git+file:///srv/../site.git#main", "cannot be the folder of a site"),
    ],
)
def test_an_address_that_means_no_branch_is_told_at_its_line(
    branch: Branched, address: str, told: str
) -> None:
    branch.settings(f'[publish.production]\nto = "{address}"\n')
    outcome = branch.publish("--yes")
    assert outcome.exit_code == 1
    assert outcome.err.startswith("campaigner.toml:")
    assert told in outcome.err
    if "Proxy" not in address:
        assert "heim" not in outcome.err


NAMES = """main gh-pages a/b ü feature/ü.x a@b x{y %41 a.lock.b a-. @x refs/heads/x a.b/c.d - -a .a a. a/ /a a//b a..b
a.lock a.lock/b a/.b a~b a^b a:b a?b a*b a[b a\\b @ a@{b HEAD"""


@pytest.mark.parametrize("name", [*NAMES.split(), "a b", "a\x7fb", "a\tb", "a\x01", ""])
def test_a_branch_is_what_git_takes_for_one(name: str) -> None:
    if not shutil.which("git"):
        lacking("there is no git here")
    done = subprocess.run(["git", "check-ref-format", f"refs/heads/{name}"], check=False, capture_output=True)
    # what git would take for something else on its command line is none either
    is_branch = done.returncode == 0 and name not in {"@", "HEAD"} and not name.startswith("-")
    assert is_branch == (not NO_BRANCH.search(name))
    if is_branch:
        address = f"git+ssh://git@host.example/owner/site.git#{name}"
        assert as_destination(address) == address
    else:
        with pytest.raises(Unfit):
            as_destination(f"git+file:///srv/site.git#{name}")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("git+ssh://git@github.com/owner/site.git#gh-pages", "ssh://git@github.com/owner/site.git"),
        ("git+ssh://a.b@host.example:2222/srv//my%20site#x", "ssh://a.b@host.example:2222/srv/my%20site"),
        ("git+ssh://a@[::1]:22/srv/my site#x", "ssh://a@[::1]:22/srv/my%20site"),
        ("git+file:///srv/my%20site%23.git#x", "file:///srv/my%20site%23.git"),
        ("git+file://localhost/srv/site.git#x", "file:///srv/site.git"),
    ],
)
def test_an_address_is_read_as_git_means_it(branch: Branched, written: str, address: str) -> None:
    from campaigner.publish.git.target import Branch
    from campaigner.publish.hosts import host_of
    from campaigner.publish.targets import chosen

    to(branch, written)
    workspace = branch.publisher.workspace
    host = host_of(chosen(workspace, ()), workspace)
    assert isinstance(host, Branch)
    assert host.address == address
