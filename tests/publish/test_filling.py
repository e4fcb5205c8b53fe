"""What goes into a release is what was built, and nothing else of this machine."""

from pathlib import Path

import pytest

from campaigner.errors import PublishError
from campaigner.publish.changes import Changes
from campaigner.publish.filling import Filling
from campaigner.publish.site import BuiltSite, build_site
from campaigner.publish.targets import chosen
from campaigner.value import replace
from publish.conftest import Published
from publisher import NOW


def site_of(published: Published) -> BuiltSite:
    workspace = published.publisher.workspace
    return build_site(workspace, chosen(workspace, ()), jobs=1, now=NOW, progress=lambda done, total: None)


def refused(site: BuiltSite, folder: Path, match: str) -> None:
    """A release that is filled there in either way is refused."""
    changes = Changes.between({}, site.digests)
    filling = Filling(site=site, changes=changes, kept=(), precompress=())
    with pytest.raises(PublishError, match=match):
        filling.fill(folder / "here", None, lambda done, total: None)
    with pytest.raises(PublishError, match=match):
        filling.gather(folder / "elsewhere", frozenset())


@pytest.mark.parametrize("known", ["named 13", "0" * 32])
def test_what_was_not_built_is_left_alone(published: Published, tmp_path: Path, known: str) -> None:
    private = tmp_path / "private"
    private.write_bytes(b"a private key")
    private.chmod(0o600)
    site = site_of(published)
    (site.folder / "beside").write_bytes(b"a private key")
    for path, told in {
        str(private): "no file of a site",
        "../" * len(site.folder.parts) + str(private)[1:]: "no file of a site",
        "beside": "nothing here is built",
    }.items():
        refused(replace(site, wanted={path: known}), tmp_path / "release", told)
    assert (private.read_bytes(), private.stat().st_mode & 0o777) == (b"a private key", 0o600)


def test_what_changed_after_it_was_built_is_not_brought_anywhere(
    published: Published, tmp_path: Path
) -> None:
    site = site_of(published)
    for path in ("index.html", next(path for path in site.digests if path.startswith("assets/field-"))):
        content = (site.folder / path).read_bytes()
        (site.folder / path).write_bytes(content + b" ")
        refused(
            replace(site, wanted={path: site.digests[path]}), tmp_path / "release", "changed this file after"
        )
        assert not [one for one in (tmp_path / "release").rglob("*") if one.is_file()]


@pytest.mark.parametrize("part", ["file", "folder"])
def test_a_link_to_what_is_private_is_not_followed(published: Published, tmp_path: Path, part: str) -> None:
    site = site_of(published)
    path = next(path for path in site.digests if path.startswith("assets/field-"))
    linked = site.folder / path if part == "file" else (site.folder / path).parent
    private = tmp_path / "private"
    linked.rename(private)
    linked.symlink_to(private)
    refused(replace(site, wanted={path: site.digests[path]}), tmp_path / "release", "changed this file after")
