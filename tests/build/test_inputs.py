"""How it is noticed that a file changed."""

import os
from pathlib import Path

from campaigner.build import engine
from campaigner.build.inputs import MISSING, RACY_NANOSECONDS, Glance, Inputs, Known, signature
from campaigner.build.transfer import in_the_way

LONG_AGO = 1_000_000_000 * 10**9
LATER = 4_000_000_000 * 10**9


def looked(inputs: Inputs, *, looked_at: int) -> Inputs:
    """The inputs of the next build, when all that was seen is known."""
    return Inputs(root=inputs.root, known=dict(inputs.now), looked_at=looked_at)


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    first = Inputs(root=tmp_path, known={}, looked_at=0)
    first.look("a.md")
    first.now["a.md"] = Known(signature=first.now["a.md"].signature, digest="as remembered", folder="")
    later = looked(first, looked_at=file.stat().st_ctime_ns + RACY_NANOSECONDS + 1)
    assert later.look("a.md") == "as remembered"


def test_a_file_so_young_that_its_time_may_deceive_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    first = Inputs(root=tmp_path, known={}, looked_at=0)
    digest = first.look("a.md")
    first.now["a.md"] = Known(signature=first.now["a.md"].signature, digest="as remembered", folder="")
    racy = looked(first, looked_at=file.stat().st_ctime_ns + RACY_NANOSECONDS)
    assert racy.look("a.md") == digest
    assert racy.changed("a.md")
    assert not Glance().nothing_changed(tmp_path, first.rows(), file.stat().st_ctime_ns)
    assert Glance().nothing_changed(tmp_path, first.rows(), file.stat().st_ctime_ns + RACY_NANOSECONDS + 1)


def test_what_was_seen_is_not_looked_at_again(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    first = Inputs(root=tmp_path, known={}, looked_at=0)
    first.look("a.md")
    glance = Glance()
    assert glance.nothing_changed(tmp_path, first.rows(), file.stat().st_ctime_ns)
    assert glance.was_racy
    file.unlink()
    later = Inputs(root=tmp_path, known=first.now, looked_at=LATER, seen=glance.seen)
    assert later.look("a.md") == first.look("a.md")


def test_what_was_read_counts_and_not_what_is_there_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"saved while it was read")
    inputs = Inputs(root=tmp_path, known={}, looked_at=0)
    inputs.note("a.png", "of what was read")
    following = looked(inputs, looked_at=file.stat().st_ctime_ns - 1)
    following.look("a.png")
    assert following.changed("a.png")


def test_times_in_the_future_and_the_past_are_times(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    before = signature(str(file))
    os.utime(file, ns=(LONG_AGO * 4, LONG_AGO * 4))
    assert signature(str(file)) != before


def test_a_file_that_appears_or_goes_is_a_change(tmp_path: Path) -> None:
    inputs = Inputs(root=tmp_path, known={}, looked_at=0)
    assert inputs.look("a.md") == MISSING
    assert Glance().nothing_changed(tmp_path, inputs.rows(), 0)
    (tmp_path / "a.md").write_text("")
    assert not Glance().nothing_changed(tmp_path, inputs.rows(), 0)
    inputs = Inputs(root=tmp_path, known={}, looked_at=0)
    inputs.look("a.md")
    (tmp_path / "a.md").unlink()
    assert not Glance().nothing_changed(tmp_path, inputs.rows(), 0)


def test_folders_that_are_hidden_or_that_python_makes_are_no_sources(tmp_path: Path) -> None:
    for folder in ("__own", "_parts", "__pycache__", ".hidden"):
        (tmp_path / "templates" / folder).mkdir(parents=True)
        (tmp_path / "templates" / folder / "more.html").write_text("more")
    found = dict(Inputs(root=tmp_path, known={}, looked_at=0).tree("templates"))
    assert {path for path in found if path.endswith(".html")} == {
        "templates/__own/more.html",
        "templates/_parts/more.html",
    }


def test_a_folder_is_its_names(tmp_path: Path) -> None:
    (tmp_path / "templates/blog").mkdir(parents=True)
    (tmp_path / "templates/blog/post.html").write_text("one")
    before = dict(Inputs(root=tmp_path, known={}, looked_at=0).tree("templates"))
    assert set(before) == {"templates", "templates/blog", "templates/blog/post.html"}
    (tmp_path / "templates/blog/post.html").rename(tmp_path / "templates/blog/tag.html")
    after = dict(Inputs(root=tmp_path, known={}, looked_at=0).tree("templates"))
    assert before["templates/blog"] != after["templates/blog"]
    assert Inputs(root=tmp_path, known={}, looked_at=0).tree("nowhere") == [("nowhere", MISSING)]


def test_another_program_is_another_engine(tmp_path: Path) -> None:
    """Here by what the last build knows of one of its files."""
    first = Inputs(root=tmp_path, known={}, looked_at=0)
    digest = engine.engine_digest(first)
    for path in ("render/post.py", "render/fonts/CampaignerSerif-Bold.ttf", "render/fonts/OFL.txt"):
        known = dict(first.now)
        (name,) = [one for one in known if one.endswith(f"campaigner/{path}")]
        known[name] = Known(signature=known[name].signature, digest="of another version", folder="")
        other = engine.engine_digest(Inputs(root=tmp_path, known=known, looked_at=2**62))
        assert (other == digest) == path.endswith(".txt")


def test_another_library_is_another_engine(tmp_path: Path) -> None:
    inputs = Inputs(root=tmp_path, known={}, looked_at=0)
    digest = engine.engine_digest(inputs)
    assert engine.engine_digest(looked(inputs, looked_at=2**62)) == digest
    changed = dict(inputs.now)
    (libraries,) = [path for path in changed if path.endswith(("site-packages", "dist-packages"))]
    changed[libraries] = Known(signature=changed[libraries].signature, digest="of other versions", folder="")
    other = Inputs(root=tmp_path, known=changed, looked_at=2**62)
    assert engine.engine_digest(other) != digest


def test_files_whose_places_meet_go_first() -> None:
    gone = ["site/Spring/index.html", "site/old.html", "site/new/index.html", "site/other/index.html"]
    coming = ["site/spring/index.html", "site/old.html/index.html", "site/new"]
    assert in_the_way(gone, coming) == gone[:3]
    assert in_the_way(["site/Gro\u0308ße/index.html"], ["site/Größe/index.html"])
