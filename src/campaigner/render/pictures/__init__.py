"""Pictures of articles made into files for web, mail and sharing, each made once and kept.

All methods of `Pictures` raise `PictureProblem`, which names the picture but not the place where
an article asks for it: the caller makes a `Fault` of it.
"""

import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from campaigner.content.workspace import is_text
from campaigner.errors import FILES_ALIKE, nearest
from campaigner.render.addresses import safe_name
from campaigner.render.pictures.drawing import drawing_size, is_drawing
from campaigner.render.pictures.problem import PictureProblem
from campaigner.render.pictures.store import Encoded, Store, Stored, digest
from campaigner.value import Value

__all__ = ["CachedFile", "MailFile", "PictureProblem", "Pictures", "WebPicture"]

#: counted up whenever a file would come out differently, so that its renditions get new names
VERSION = 1
LARGEST_FILE = 100_000_000
#: width at which a mail shows a picture that is wide enough
MAIL_WIDTH = 600
MEDIA_TYPES = {
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}


class CachedFile(Value):
    """A rendition that lies in the cache, to be copied or linked into the output folder."""

    #: where it goes, relative to the output folder: "site/assets/clinic-800.0f3a52c1b9de.webp"
    path: str
    #: where it is
    file: Path
    #: in bytes
    size: int
    #: in pixels
    width: int
    height: int
    #: "image/webp"
    media_type: str


class WebPicture(Value):
    """A picture for a page. The `<img>` gets the first fallback's path, width and height."""

    #: ascending widths; empty for animations and drawings, which have one fallback only
    webp: tuple[CachedFile, ...]
    #: at least one; ascending widths, all of one media type
    fallback: tuple[CachedFile, ...]


class MailFile(Value):
    """A picture for a mail: one file, shown at about half its width in pixels."""

    file: CachedFile
    #: shown size, whole pixels
    width: int
    height: int


class _Source(Value):
    """What is remembered of a picture that was read."""

    digest: str
    is_drawing: bool


class Pictures:
    """Makes renditions of the workspace's pictures, and keeps them. Lives as long as one build."""

    def __init__(self, workspace: Path, cache: Path) -> None:
        """Take pictures from `workspace` only; keep what is made in the folder `cache`."""
        self.workspace = workspace
        self.store = Store(cache)
        #: the pictures as they were read first
        self._read: dict[Path, _Source] = {}

    def web(self, path: Path) -> WebPicture:
        """Give `path` for a page: 480, 800 and 1360 pixels wide, never wider than it is."""
        source = self._source(path)
        with self._named(path):
            made = self._made(path, source, "web", _web)
        return WebPicture(
            webp=tuple(file for use, file in made if use == "webp"),
            fallback=tuple(file for use, file in made if use == "fallback"),
        )

    def mail(self, path: Path, shown_width: int = MAIL_WIDTH) -> MailFile:
        """Give `path` for a mail, to be shown at most `shown_width` pixels wide."""
        source = self._source(path)
        with self._named(path):
            if source.is_drawing:
                raise PictureProblem("is an SVG drawing, which no mail can show", "Give a PNG")
            ((_, file),) = self._made(
                path, source, f"mail {shown_width}", lambda content: _mail(content, shown_width)
            )
        width = min(shown_width, file.width)
        return MailFile(file=file, width=width, height=max(1, round(file.height * width / file.width)))

    def share(self, path: Path) -> CachedFile | None:
        """Give `path` as a shared link shows it, 1200 x 630 pixels where it is large enough.

        None for a drawing, which no network shows; the share card stands in.
        """
        source = self._source(path)
        with self._named(path):
            if source.is_drawing:
                return None
            ((_, file),) = self._made(path, source, "share", _share)
        return file

    def forget(self) -> None:
        """Read pictures again when they are asked for: somebody may have saved one."""
        self._read.clear()

    def read_digests(self, paths: Iterable[str]) -> dict[str, str]:
        """Give hashes of what was read from pictures, by path in the workspace, sorted.

        A build keeps these, and not what it would find afterwards: somebody may be saving one.
        """
        read = {path: self._read.get(self.workspace / path) for path in sorted(paths)}
        return {path: source.digest if source else "" for path, source in read.items()}

    def _source(self, path: Path) -> _Source:
        found = self._read.get(path)
        if found is None:
            with self._named(path):
                content = self._content(path)
            found = self._read[path] = _Source(digest=digest(content), is_drawing=is_drawing(content))
        return found

    def _content(self, path: Path) -> bytes:
        if not path.resolve().is_relative_to(self.workspace.resolve()):
            raise PictureProblem("is not inside the workspace", "Copy it beside the article")
        try:
            found = path.stat()
            if stat.S_ISDIR(found.st_mode):
                raise PictureProblem("is a folder", "Name a file in it")
            if not stat.S_ISREG(found.st_mode):
                raise PictureProblem("is no regular file", _nearest_file(path))
            if found.st_size > LARGEST_FILE:
                raise PictureProblem(
                    f"has more than {LARGEST_FILE:,} bytes", "Give it about 2000 pixels wide"
                )
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise PictureProblem("is not there", _nearest_file(path)) from None
        except OSError as error:
            raise PictureProblem(f"cannot be read: {error.strerror}", "Change its permissions") from None
        if not content:
            raise PictureProblem("is empty", "Export or download it again")
        return content

    def _made(
        self, path: Path, source: _Source, recipe: str, make: Callable[[bytes], tuple[Encoded, ...]]
    ) -> list[tuple[str, CachedFile]]:
        made = self.store.known(_key(recipe, source.digest))
        if not made:
            content = self._content(path)
            # by what is read now: somebody may have saved it since it was read first
            made = self.store.renditions(_key(recipe, digest(content)), lambda: make(content))
        return [(each.use, self._cached_file(path, each)) for each in made]

    def _cached_file(self, path: Path, stored: Stored) -> CachedFile:
        name = safe_name(path.stem) or "picture"
        return CachedFile(
            path=f"site/assets/{name}-{stored.width}.{stored.name}{stored.suffix}",
            file=self.store.file(stored),
            size=stored.size,
            width=stored.width,
            height=stored.height,
            media_type=MEDIA_TYPES[stored.suffix],
        )

    @contextmanager
    def _named(self, path: Path) -> Iterator[None]:
        """Put the picture's name before what is wrong with it."""
        try:
            yield
        except PictureProblem as problem:
            raise problem.named(path.name) from None


def _key(recipe: str, source: str) -> str:
    import PIL

    return digest(f"{VERSION} {PIL.__version__} {recipe} {source}".encode())


def _web(source: bytes) -> tuple[Encoded, ...]:
    if not is_drawing(source):
        from campaigner.render.pictures import raster

        return raster.web(source)
    width, height = drawing_size(source)
    return (Encoded(use="fallback", suffix=".svg", width=width, height=height, content=source),)


def _mail(source: bytes, shown_width: int) -> tuple[Encoded, ...]:
    from campaigner.render.pictures import raster

    return raster.mail(source, shown_width)


def _share(source: bytes) -> tuple[Encoded, ...]:
    from campaigner.render.pictures import raster

    return raster.share(source)


def _nearest_file(path: Path) -> str:
    try:
        others = [
            file.name
            for file in path.parent.iterdir()
            if file.is_file() and file.suffix != ".md" and is_text(file.name)
        ]
    except OSError:
        others = []
    return nearest(path.name, others, alike=FILES_ALIKE) or "Put it there, or correct the name"
