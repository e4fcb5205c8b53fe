"""The files that many pages use: stylesheet, icon, logo, card and fonts, under names with their hash."""

import hashlib
from pathlib import Path

from campaigner.content.settings import settings_position
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import ContentError, Fault
from campaigner.model.output import OutputFile
from campaigner.model.pages import BrandView
from campaigner.model.settings import Settings
from campaigner.render.addresses import ASSETS, safe_name
from campaigner.render.palette import Palettes
from campaigner.render.pictures import CachedFile, PictureProblem, Pictures
from campaigner.render.publication import SharedFiles
from campaigner.render.stored_card import stored_card
from campaigner.render.theme import Theme

STYLE = "styles/site.css"
ICON = "page/icon.xml"
TEMPLATES = (STYLE, ICON)
#: twice the height that the theme shows a logo in
LOGO_WIDTH = 240
FONT_KINDS = (".woff2", ".woff")
LARGEST_FONT = 5_000_000


def shared_files(settings: Settings, palettes: Palettes, theme: Theme, pictures: Pictures) -> SharedFiles:
    """Make the files that many pages use.

    Raises ContentError where the logo or a font cannot be used, with the files that there are without it.
    """
    brand = settings.brand
    faults: list[Fault] = []
    fonts: dict[str, OutputFile] = {}
    logo = None
    for family, path in brand.font_files.items():
        try:
            fonts[family] = _font(pictures.workspace, family, path)
        except ContentError as error:
            faults += error.faults
    try:
        logo = _logo(brand.logo, pictures) if brand.logo else None
    except ContentError as error:
        faults += error.faults
    view = BrandView(
        light=palettes.light,
        dark=palettes.dark,
        heading_font=brand.heading_font,
        text_font=brand.text_font,
        logo=None,
    )
    # relative to the stylesheet, which stands in the same folder
    faces = tuple((family, font.path.rpartition("/")[2]) for family, font in fonts.items())
    style = _hashed("site.css", theme.render(STYLE, {"brand": view, "fonts": faces}).encode())
    name = settings.site.name
    card = stored_card(pictures.store, title="", site_name=name, kicker="", palette=palettes.light)
    letter = next((character for character in name if character.isalnum()), "•").upper()
    icon = _hashed("icon.svg", theme.render(ICON, {"brand": view, "letter": letter}).encode())
    shared = SharedFiles(
        style=style.path.removeprefix("site/"),
        icon=icon.path.removeprefix("site/"),
        logo=logo,
        card=card,
        written=(style, icon, *fonts.values()),
        copied=(logo, card) if logo else (card,),
    )
    if faults:
        raise ContentError(faults, rest=shared)
    return shared


def _hashed(name: str, content: bytes) -> OutputFile:
    stem, _, ending = name.rpartition(".")
    seal = hashlib.blake2b(content, digest_size=6).hexdigest()
    return OutputFile(path=f"site/{ASSETS}{stem}.{seal}.{ending}", content=content)


def _logo(path: str, pictures: Pictures) -> CachedFile:
    try:
        return pictures.mail(pictures.workspace / path, LOGO_WIDTH).file
    except PictureProblem as problem:
        raise _refused(pictures.workspace, "brand.logo", problem.named(path).message, problem.hint) from None


def _font(workspace: Path, family: str, path: str) -> OutputFile:
    key, file = f"brand.font_files.{family}", (workspace / path).resolve()
    if not file.is_relative_to(workspace) or not file.is_file() or file.suffix.lower() not in FONT_KINDS:
        raise _refused(
            workspace, key, f'there is no font file "{path}" in the workspace', "Name a .woff2 file"
        )
    if file.stat().st_size > LARGEST_FONT:
        raise _refused(workspace, key, f'the font file "{path}" is larger than 5 MB', "Take a smaller one")
    return _hashed(f"{safe_name(file.stem) or 'font'}{file.suffix.lower()}", file.read_bytes())


def _refused(workspace: Path, key: str, message: str, hint: str) -> ContentError:
    place = settings_position(Workspace(root=workspace), key)
    block = ".".join(key.split(".")[:2])
    return ContentError(
        Fault(
            path=SETTINGS_FILE,
            line=place.line,
            column=place.column,
            message=f"{block}: {message}",
            hint=hint,
        )
    )
