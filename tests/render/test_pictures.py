"""Pictures made into files for web, mail and sharing."""

import io
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin, features

from campaigner.render.pictures import CachedFile, PictureProblem, Pictures

SECRET = b"Baker Street 221b"
TEAL = (15, 82, 87)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    return folder


@pytest.fixture
def pictures(workspace: Path) -> Pictures:
    return Pictures(workspace, workspace / ".campaigner" / "cache" / "pictures")


def next_build(pictures: Pictures) -> Pictures:
    """The same cache as another build finds it."""
    return Pictures(pictures.workspace, pictures.store.folder)


def photograph(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Something with as many colours as a photograph."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    bands = across, down, Image.radial_gradient("L")
    return Image.merge("RGB", bands).resize((width, height)).convert(mode)


def chart(width: int, height: int, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((width // 4, height // 4, width // 2, height), fill="#0f5257")
    return image


def quarters(width: int, height: int) -> Image.Image:
    """Red, green, blue and white, so that one sees which way is up."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2, height // 2), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2), fill="lime")
    draw.rectangle((0, height // 2, width // 2, height), fill="blue")
    return image


def saved(image: Image.Image, file: Path, **options: Any) -> Path:
    image.save(file, **options)
    return file


def opened(file: CachedFile) -> Image.Image:
    assert file.file.stat().st_size == file.size
    image = Image.open(io.BytesIO(file.file.read_bytes()))
    image.load()
    assert image.size == (file.width, file.height)
    return image


def near(pixel: Any, colour: tuple[int, ...], tolerance: int = 12) -> bool:
    return all(abs(one - other) <= tolerance for one, other in zip(pixel, colour, strict=True))


def widths(files: tuple[CachedFile, ...]) -> list[int]:
    return [file.width for file in files]


# sizes and formats


def test_a_photograph_comes_in_three_widths_as_webp_and_in_two_as_jpeg(
    pictures: Pictures, workspace: Path
) -> None:
    picture = pictures.web(saved(photograph(1600, 1000), workspace / "clinic.jpg"))
    assert [(file.width, file.height) for file in picture.webp] == [(480, 300), (800, 500), (1360, 850)]
    assert [(file.width, file.height) for file in picture.fallback] == [(800, 500), (1360, 850)]
    assert {opened(file).format for file in picture.webp} == {"WEBP"}
    assert {opened(file).format for file in picture.fallback} == {"JPEG"}
    assert {file.media_type for file in picture.fallback} == {"image/jpeg"}
    assert opened(picture.fallback[0]).info["progressive"]


@pytest.mark.parametrize(
    ("own", "webp", "fallback"),
    [
        (1360, [480, 800, 1360], [800, 1360]),
        (1000, [480, 800, 1000], [800, 1000]),
        (850, [480, 850], [850]),
        (600, [480, 600], [600]),
        (300, [300], [300]),
        (1, [1], [1]),
    ],
)
def test_a_picture_is_never_made_larger(
    pictures: Pictures, workspace: Path, own: int, webp: list[int], fallback: list[int]
) -> None:
    picture = pictures.web(saved(photograph(own, 200), workspace / "small.png"))
    assert widths(picture.webp) == webp
    assert widths(picture.fallback) == fallback


def test_line_art_stays_sharp_in_lossless_formats(pictures: Pictures, workspace: Path) -> None:
    picture = pictures.web(saved(chart(1600, 900), workspace / "chart.png"))
    assert {file.media_type for file in picture.fallback} == {"image/png"}
    for file in (*picture.webp, *picture.fallback):
        assert opened(file).convert("RGB").getpixel((file.width * 3 // 8, file.height // 2)) == TEAL


def test_a_smooth_gradient_is_no_line_art_however_few_its_colours(
    pictures: Pictures, workspace: Path
) -> None:
    grey = pictures.web(saved(Image.linear_gradient("L"), workspace / "grey.png"))
    assert grey.fallback[0].media_type == "image/jpeg"


def test_a_photograph_saved_as_png_becomes_a_jpeg(pictures: Pictures, workspace: Path) -> None:
    picture = pictures.web(saved(photograph(900, 600), workspace / "photo.png"))
    assert picture.fallback[0].media_type == "image/jpeg"


def test_transparency_is_kept(pictures: Pictures, workspace: Path) -> None:
    image = photograph(1600, 800, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    picture = pictures.web(saved(image, workspace / "cut-out.png"))
    assert widths(picture.fallback) == [800]
    for file in (*picture.webp, *picture.fallback):
        found = opened(file)
        assert found.mode == "RGBA"
        assert near(found.getchannel("A").getextrema(), (0, 255))
    mailed = pictures.mail(workspace / "cut-out.png")
    assert opened(mailed.file).mode == "RGBA"
    assert mailed.file.media_type == "image/png"


def test_transparency_that_shows_nothing_counts_as_none(pictures: Pictures, workspace: Path) -> None:
    picture = pictures.web(saved(photograph(900, 600, "RGBA"), workspace / "opaque.png"))
    assert picture.fallback[0].media_type == "image/jpeg"


def test_a_transparent_colour_of_a_palette_is_transparent(pictures: Pictures, workspace: Path) -> None:
    image = chart(600, 400).convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    white = image.getpixel((0, 0))
    picture = pictures.web(saved(image, workspace / "logo.gif", transparency=white))
    found = opened(picture.fallback[0]).convert("RGBA")
    assert found.getpixel((0, 0))[3] == 0  # type: ignore[index]
    assert found.getpixel((230, 200)) == (*TEAL, 255)


# upright, sRGB, 8 bits, without metadata


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_a_picture_taken_with_a_turned_camera_stands_upright(
    pictures: Pictures, workspace: Path, orientation: int, suffix: str
) -> None:
    turn = Image.Transpose
    turns = {
        2: turn.FLIP_LEFT_RIGHT,
        3: turn.ROTATE_180,
        4: turn.FLIP_TOP_BOTTOM,
        5: turn.TRANSPOSE,
        6: turn.ROTATE_90,
        7: turn.TRANSVERSE,
        8: turn.ROTATE_270,
    }
    upright = quarters(640, 320)
    stored = upright.transpose(turns[orientation]) if orientation in turns else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = saved(stored, workspace / f"turned.{suffix}", exif=exif)
    mailed, shared = pictures.mail(file, 100), pictures.share(file)
    assert shared is not None
    assert (mailed.width, mailed.height) == (100, 50)
    assert (shared.width, shared.height) == (610, 320)
    for found in (opened(mailed.file), opened(shared), opened(pictures.web(file).webp[-1])):
        image = found.convert("RGB")
        right, bottom = image.width - 9, image.height - 9
        assert near(image.getpixel((8, 8)), (255, 0, 0))
        assert near(image.getpixel((right, 8)), (0, 255, 0))
        assert near(image.getpixel((8, bottom)), (0, 0, 255))
        assert near(image.getpixel((right, bottom)), (255, 255, 255))


def full_of_metadata(file: Path) -> Path:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (51.0, 31.0, 25.0)
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    options: dict[str, dict[str, Any]] = {
        ".jpg": {"exif": exif, "xmp": SECRET, "comment": SECRET},
        ".png": {"exif": exif, "pnginfo": words},
        ".webp": {"exif": exif, "xmp": SECRET},
        ".avif": {"exif": exif, "xmp": SECRET},
        ".tif": {"exif": exif, "description": SECRET.decode()},
        ".gif": {"comment": SECRET},
    }
    saved(photograph(900, 700), file, **options[file.suffix])
    assert SECRET in file.read_bytes()
    return file


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif", "tif", "gif"])
def test_no_place_name_or_comment_leaves_the_house(pictures: Pictures, workspace: Path, suffix: str) -> None:
    if suffix == "avif" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    file = full_of_metadata(workspace / f"home.{suffix}")
    picture, shared = pictures.web(file), pictures.share(file)
    assert shared is not None
    for made in (*picture.webp, *picture.fallback, pictures.mail(file).file, shared):
        assert SECRET not in made.file.read_bytes()
        assert not opened(made).getexif()
        assert not {"xmp", "comment", "exif", "icc_profile"} & set(opened(made).info)


def test_a_colour_profile_is_applied_and_not_passed_on(pictures: Pictures, workspace: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    swapped = swapped.replace("sRGB".encode("utf-16-be"), "BGR!".encode("utf-16-be"))
    for suffix, mode in (("jpg", "RGB"), ("png", "RGBA")):
        image = Image.new(mode, (400, 300), "red")
        if mode == "RGBA":
            image.putpixel((0, 0), (0, 0, 0, 0))
        file = saved(image, workspace / f"wide.{suffix}", icc_profile=swapped)
        made = opened(pictures.mail(file).file)
        assert near(made.convert("RGB").getpixel((200, 150)), (0, 0, 255))
        assert "icc_profile" not in made.info
        assert made.mode == mode


def test_a_broken_colour_profile_counts_as_none(pictures: Pictures, workspace: Path) -> None:
    file = saved(Image.new("RGB", (400, 300), "red"), workspace / "odd.jpg", icc_profile=b"no profile")
    assert near(opened(pictures.mail(file).file).getpixel((200, 150)), (255, 0, 0))


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_broken_metadata_does_no_harm(pictures: Pictures, workspace: Path, suffix: str) -> None:
    file = saved(photograph(900, 600), workspace / f"odd.{suffix}", exif=b"Exif\0\0no Exif at all")
    assert pictures.mail(file).width == 600


def test_a_picture_for_the_press_becomes_one_for_screens(pictures: Pictures, workspace: Path) -> None:
    file = saved(Image.new("CMYK", (400, 300), (0, 255, 255, 0)), workspace / "press.jpg")
    for made in (pictures.mail(file).file, pictures.web(file).webp[0]):
        assert near(opened(made).getpixel((200, 150)), (255, 0, 0))


def test_sixteen_bits_of_grey_are_scaled_to_eight(pictures: Pictures, workspace: Path) -> None:
    image = Image.new("I;16", (400, 300), 0x8080)
    image.paste(0xFFFF, (0, 0, 200, 300))
    made = opened(pictures.mail(saved(image, workspace / "x-ray.png")).file).convert("L")
    assert made.getpixel((50, 150)) == 255
    assert made.getpixel((350, 150)) == 128


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK", "YCbCr", "I"])
def test_every_colour_mode_comes_out(pictures: Pictures, workspace: Path, mode: str) -> None:
    file = workspace / ("any.tif" if mode in {"CMYK", "YCbCr", "I"} else "any.png")
    saved(photograph(700, 500, mode if mode != "I;16" else "I").convert(mode), file)
    assert pictures.web(file).webp
    assert pictures.mail(file).width == 600
    assert pictures.share(file)


def test_a_colour_mode_that_no_browser_shows_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    file = saved(photograph(60, 40, "F"), workspace / "heights.tif")
    with pytest.raises(PictureProblem, match="colour mode"):
        pictures.web(file)


# mail and sharing


@pytest.mark.parametrize(
    ("own", "file", "shown"),
    [
        ((1600, 1000), (1200, 750), (600, 375)),
        ((1000, 333), (1000, 333), (600, 200)),
        ((601, 401), (601, 401), (600, 400)),
        ((300, 200), (300, 200), (300, 200)),
        ((3000, 1), (1200, 1), (600, 1)),
    ],
)
def test_a_mail_shows_at_most_600_pixels_and_has_twice_as_many_for_sharp_screens(
    pictures: Pictures,
    workspace: Path,
    own: tuple[int, int],
    file: tuple[int, int],
    shown: tuple[int, int],
) -> None:
    mailed = pictures.mail(saved(photograph(*own), workspace / "photo.jpg"))
    assert (mailed.file.width, mailed.file.height) == file
    assert (mailed.width, mailed.height) == shown
    assert opened(mailed.file).format == "JPEG"


@pytest.mark.parametrize(
    ("own", "shared"),
    [
        ((1600, 1000), (1200, 630)),
        ((4000, 900), (1200, 630)),
        ((900, 4000), (900, 472)),
        ((1600, 400), (762, 400)),
        ((500, 400), (500, 400)),
        ((1000, 200), (1000, 200)),
    ],
)
def test_sharing_takes_the_middle_of_a_large_picture_and_all_of_a_small_one(
    pictures: Pictures, workspace: Path, own: tuple[int, int], shared: tuple[int, int]
) -> None:
    file = pictures.share(saved(quarters(*own), workspace / "photo.png"))
    assert file is not None
    assert (file.width, file.height) == shared
    image = opened(file)
    assert image.format == "JPEG"
    assert near(image.getpixel((4, 4)), (255, 0, 0))
    assert near(image.getpixel((image.width - 5, image.height - 5)), (255, 255, 255))


def test_a_shared_picture_has_a_white_ground(pictures: Pictures, workspace: Path) -> None:
    file = pictures.share(saved(Image.new("RGBA", (800, 800), (0, 0, 0, 0)), workspace / "empty.png"))
    assert file is not None
    assert opened(file).getpixel((5, 5)) == (255, 255, 255)


# animations


def animation(file: Path, frames: int = 3, size: tuple[int, int] = (120, 80), **options: Any) -> Path:
    colours = ("red", "lime", "blue")
    images = [Image.new("RGB", size, colours[number % 3]) for number in range(frames)]
    return saved(images[0], file, save_all=True, append_images=images[1:], duration=100, loop=0, **options)


def test_an_animated_gif_stays_one_on_the_web_and_in_mail(pictures: Pictures, workspace: Path) -> None:
    file = animation(workspace / "wave.gif", comment=SECRET)
    picture, mailed = pictures.web(file), pictures.mail(file)
    assert picture.webp == ()
    for made in (picture.fallback[0], mailed.file):
        found: Any = opened(made)
        assert (found.format, found.n_frames, found.info["loop"]) == ("GIF", 3, 0)
        assert SECRET not in made.file.read_bytes()
    assert (mailed.width, mailed.height) == (120, 80)


@pytest.mark.parametrize("suffix", ["png", "webp"])
def test_other_animations_play_on_the_web_and_stand_still_in_mail(
    pictures: Pictures, workspace: Path, suffix: str
) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    file = animation(workspace / f"wave.{suffix}", exif=exif, lossless=True)
    assert SECRET in file.read_bytes()
    played: Any = opened(pictures.web(file).fallback[0])
    assert (played.n_frames, played.info["loop"]) == (3, 0)
    for frame, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        played.seek(frame)
        assert played.convert("RGB").getpixel((60, 40)) == colour
    assert SECRET not in pictures.web(file).fallback[0].file.read_bytes()
    still: Any = opened(pictures.mail(file).file)
    assert getattr(still, "n_frames", 1) == 1
    assert near(still.convert("RGB").getpixel((60, 40)), (255, 0, 0))


def test_a_large_gif_stands_still_in_mail(pictures: Pictures, workspace: Path) -> None:
    noise = [Image.effect_noise((700, 700), 90) for _ in range(3)]
    file = saved(noise[0], workspace / "noise.gif", save_all=True, append_images=noise[1:])
    assert file.stat().st_size > 1_000_000
    assert pictures.mail(file).file.media_type != "image/gif"
    assert pictures.web(file).fallback[0].media_type == "image/gif"


def test_an_animation_that_is_cut_off_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    noise = [Image.effect_noise((90, 90), 90) for _ in range(3)]
    file = saved(noise[0], workspace / "noise.gif", save_all=True, append_images=noise[1:])
    file.write_bytes(file.read_bytes()[:-900])
    with pytest.raises(PictureProblem, match="damaged or cut off"):
        pictures.web(file)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow has no AVIF")
def test_an_animated_avif_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    with pytest.raises(PictureProblem, match="animated AVIF"):
        pictures.web(animation(workspace / "wave.avif"))


def test_a_phones_picture_of_several_is_a_photograph(pictures: Pictures, workspace: Path) -> None:
    image = photograph(900, 600)
    file = saved(image, workspace / "phone.jpg", format="MPO", save_all=True, append_images=[image])
    assert widths(pictures.web(file).webp) == [480, 800, 900]


# drawings

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def drawing(workspace: Path, content: str = "", attributes: str = 'viewBox="0 0 300 200"') -> Path:
    file = workspace / "drawing.svg"
    file.write_text(DRAWING.format(attributes, content), encoding="utf-8")
    return file


def test_a_harmless_drawing_is_shown_as_it_is(pictures: Pictures, workspace: Path) -> None:
    file = drawing(
        workspace,
        '<defs><linearGradient id="g"/></defs><style>.a { fill: url("#g") }</style>'
        '<rect class="a" width="9" height="9" fill="url(#g)"/><use xlink:href="#g"/>'
        '<image href="data:image/png;base64,iVBORw0KGgo="/><!-- a comment --><title>On air</title>',
    )
    picture = pictures.web(file)
    assert picture.webp == ()
    assert picture.fallback[0].file.read_bytes() == file.read_bytes()
    assert picture.fallback[0].media_type == "image/svg+xml"
    assert (picture.fallback[0].width, picture.fallback[0].height) == (300, 200)


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        '<img xmlns="http://www.w3.org/1999/xhtml" src="#" />',
        "<foreignObject/>",
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<image href="https://example.com/pixel.png"/>',
        '<image xlink:href="//example.com/pixel.png"/>',
        '<image href="pixel.png"/>',
        '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        '<a href=" java&#10;script:alert(1)"><rect/></a>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(https://example.com/a.svg#b)"/>',
        "<rect fill=\"url( 'https://example.com/a.svg#b')\"/>",
        '<rect style="fill: u\\72l(https://example.com/a)"/>',
        "<style>@import 'https://example.com/a.css';</style>",
        "<style>rect { background: url(https://example.com/a) }</style>",
        "<style><![CDATA[rect { background: url(//example.com/a) }]]></style>",
        "<style>rect { background: image-set('https://example.com/a' 1x) }</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="xlink:href" values="javascript:alert(1)"/>',
        '<g xml:base="https://example.com/"><use href="#a"/></g>',
        '<?xml-stylesheet href="https://example.com/a.css"?>',
        "<iframe/>",
    ],
)
def test_a_drawing_that_does_more_than_draw_is_a_problem(
    pictures: Pictures, workspace: Path, content: str
) -> None:
    with pytest.raises(PictureProblem, match="which a drawing on a page must not") as caught:
        pictures.web(drawing(workspace, content))
    assert "PNG" in caught.value.hint


def test_a_drawing_with_entities_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    file = workspace / "laughs.svg"
    file.write_text(
        '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + DRAWING.format("", "<text>&b;</text>")
    )
    with pytest.raises(PictureProblem, match="entities"):
        pictures.web(file)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="120" height="80px"', (120, 80)),
        ('width="25.4mm" height="1in"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 640 480"', (640, 480)),
        ('width="320" viewBox="0,0 640,480"', (320, 240)),
        ('height="240" viewBox="-5 -5 640 480"', (320, 240)),
    ],
)
def test_a_drawings_size_is_what_it_says(
    pictures: Pictures, workspace: Path, attributes: str, size: tuple[int, int]
) -> None:
    made = pictures.web(drawing(workspace, attributes=attributes)).fallback[0]
    assert (made.width, made.height) == size


@pytest.mark.parametrize(
    "attributes",
    [
        *("", 'width="100%"', 'viewBox="0 0 0 0"', 'width="1e9" height="5"'),
        *(
            'viewBox="0 0 1e-300 1e300"',
            'width="800" viewBox="0 0 1e999 1e999"',
            'viewBox="0 0 1e300 1e-300"',
        ),
    ],
)
def test_a_drawing_without_a_size_is_a_problem(pictures: Pictures, workspace: Path, attributes: str) -> None:
    with pytest.raises(PictureProblem, match="says no size") as caught:
        pictures.web(drawing(workspace, attributes=attributes))
    assert "viewBox" in caught.value.hint


@pytest.mark.parametrize("content", ["<svg", "<html></html>", "<svg></svg>"])
def test_what_is_no_drawing_is_a_problem(pictures: Pictures, workspace: Path, content: str) -> None:
    (workspace / "drawing.svg").write_text(content)
    with pytest.raises(PictureProblem, match=r'the picture "drawing.svg" is no (valid )?SVG'):
        pictures.web(workspace / "drawing.svg")


def test_mail_cannot_show_a_drawing_and_networks_do_not(pictures: Pictures, workspace: Path) -> None:
    file = drawing(workspace)
    with pytest.raises(PictureProblem, match="no mail can show") as caught:
        pictures.mail(file)
    assert caught.value.hint == "Give a PNG"
    assert pictures.share(file) is None


# what is wrong with a picture


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


@pytest.mark.parametrize("size", [(10_000, 6_001), (12_000, 12_000), (60_000, 60_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_decoded(
    pictures: Pictures, workspace: Path, size: tuple[int, int]
) -> None:
    file = workspace / "bomb.png"
    file.write_bytes(png_header(*size) + b"\0\0\0\4IDAT!!!!")  # decoding it would tell of damage
    for make in (pictures.web, pictures.mail, pictures.share):
        with pytest.raises(PictureProblem, match="more than 60 megapixels"):
            make(file)


def test_many_small_frames_are_a_bomb_too(
    pictures: Pictures, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigner.render.pictures.raster.LARGEST_ANIMATION", 120 * 80 * 3 - 1)
    with pytest.raises(PictureProblem, match="3 frames of 120 x 80 pixels"):
        pictures.web(animation(workspace / "wave.gif"))


def test_a_picture_too_high_for_any_format_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    file = saved(Image.new("1", (100, 17_000)), workspace / "receipt.png")
    with pytest.raises(PictureProblem, match="too high for its width"):
        pictures.web(file)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "gif"])
def test_a_picture_that_is_cut_off_is_a_problem(pictures: Pictures, workspace: Path, suffix: str) -> None:
    file = saved(photograph(400, 300), workspace / f"cut.{suffix}")
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    for make in (pictures.web, pictures.mail, pictures.share):
        with pytest.raises(
            PictureProblem, match=rf'the picture "cut.{suffix}" is damaged or cut off'
        ) as caught:
            make(file)
        assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"just words", "is no picture that can be read"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no picture that can be read"),
        (b"\x89PNG\r\n\x1a\n", "is no picture that can be read"),
    ],
)
def test_what_is_no_picture_is_a_problem(
    pictures: Pictures, workspace: Path, content: bytes, message: str
) -> None:
    (workspace / "a.jpg").write_bytes(content)
    with pytest.raises(PictureProblem, match=message):
        pictures.web(workspace / "a.jpg")


def test_a_name_that_is_no_text_is_not_offered_for_a_missing_picture(
    pictures: Pictures, workspace: Path
) -> None:
    with open(os.fsencode(workspace) + b"/clinic\xff.jpg", "wb") as file:
        file.write(b"x")
    with pytest.raises(PictureProblem) as caught:
        pictures.web(workspace / "clinic.jpg")
    assert caught.value.hint == "Put it there, or correct the name"


def test_a_missing_picture_is_a_problem_that_names_the_nearest(pictures: Pictures, workspace: Path) -> None:
    saved(photograph(40, 30), workspace / "clinic.jpg")
    with pytest.raises(PictureProblem, match=r'the picture "clinik\.jpg" is not there') as caught:
        pictures.web(workspace / "clinik.jpg")
    assert caught.value.hint == 'Did you mean "clinic.jpg"?'
    with pytest.raises(PictureProblem, match="is not there"):
        pictures.web(workspace / "no" / "such" / "folder.jpg")
    with pytest.raises(PictureProblem, match="is a folder"):
        pictures.web(workspace)


def test_a_picture_outside_of_the_workspace_is_a_problem(
    pictures: Pictures, workspace: Path, tmp_path: Path
) -> None:
    outside = saved(photograph(40, 30), tmp_path / "private.jpg")
    (workspace / "link.jpg").symlink_to(outside)
    for path in (workspace / "link.jpg", workspace / ".." / "private.jpg"):
        with pytest.raises(PictureProblem, match="not inside the workspace"):
            pictures.web(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_picture_that_may_not_be_read_is_a_problem(pictures: Pictures, workspace: Path) -> None:
    file = saved(photograph(40, 30), workspace / "secret.jpg")
    file.chmod(0)
    with pytest.raises(PictureProblem, match="cannot be read: Permission denied"):
        pictures.web(file)


def encoded(kind: str) -> bytes:
    content = io.BytesIO()
    photograph(40, 30).save(content, kind)
    return content.getvalue()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF"]))
def test_any_damage_is_a_problem_and_never_a_crash(
    pictures: Pictures, workspace: Path, data: st.DataObject, kind: str
) -> None:
    content = bytearray(encoded(kind))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
        content[at] = data.draw(st.integers(0, 255))
    file = workspace / "damaged"
    file.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    of_this_build = next_build(pictures)
    for make in (of_this_build.web, of_this_build.mail, of_this_build.share):
        try:
            make(file)
        except PictureProblem as problem:
            assert problem.message  # noqa: PT017


# names and cache


def test_names_are_safe_and_say_what_is_in_them(pictures: Pictures, workspace: Path) -> None:
    image = photograph(300, 200)
    names = {
        "Übersicht – Klinik (final).JPG": "ubersicht-klinik-final-300.",
        "図表.jpg": "picture-300.",
        "../x".replace("/", "_") + ".jpg": "x-300.",
        "a" * 90 + ".jpg": "a" * 40 + "-300.",
    }
    for name, start in names.items():
        path = pictures.mail(saved(image, workspace / name, format="JPEG")).file.path
        assert path.startswith(f"site/assets/{start}")
        assert path.endswith(".jpg")
        assert path.isascii()


def test_a_name_changes_with_the_content_and_with_nothing_else(
    pictures: Pictures, workspace: Path, tmp_path: Path
) -> None:
    file = saved(photograph(900, 600), workspace / "photo.jpg")
    first = pictures.web(file)
    os.utime(file, (1, 1))
    elsewhere = Pictures(workspace, tmp_path / "other-cache").web(file)
    assert [(one.path, one.file.read_bytes()) for one in (*first.webp, *first.fallback)] == [
        (one.path, one.file.read_bytes()) for one in (*elsewhere.webp, *elsewhere.fallback)
    ]
    saved(photograph(900, 601), file)
    changed = next_build(pictures).web(file)
    assert not {one.path for one in first.webp} & {one.path for one in changed.webp}
    assert len({one.path for one in (*first.webp, *first.fallback)}) == 5


def test_a_picture_saved_while_it_is_made_keeps_its_own_name(pictures: Pictures, workspace: Path) -> None:
    file = saved(photograph(900, 600), workspace / "photo.jpg")
    before = pictures.web(file)
    saved(photograph(500, 300), file)
    afterwards = pictures.mail(file)  # the build that read it before asks for another size of it
    assert afterwards == next_build(pictures).mail(file)
    saved(photograph(900, 600), file)
    assert next_build(pictures).web(file) == before
    assert next_build(pictures).mail(file).file.path != afterwards.file.path


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_was_made_is_not_made_again(pictures: Pictures, workspace: Path) -> None:
    file = saved(photograph(900, 600), workspace / "photo.jpg")
    first = pictures.web(file)
    before = {each.file: each.file.stat().st_ino for each in first.webp}
    assert next_build(pictures).web(file) == first
    assert {each.file: each.file.stat().st_ino for each in first.webp} == before


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("damage", [cut_off, changed, Path.unlink, lambda file: file.write_bytes(b"")])
def test_a_damaged_cache_is_noticed_and_mended(
    pictures: Pictures, workspace: Path, damage: Callable[[Path], None]
) -> None:
    file = saved(photograph(900, 600), workspace / "photo.jpg")
    first = pictures.web(file)
    folder = pictures.store.folder
    whole = files(folder)
    for name in whole:
        damage(folder / name)
        assert next_build(pictures).web(file) == first
        assert files(folder) == whole


@pytest.mark.parametrize("entry", [b"", b"\n", b"\xff\n[]", b"[]"])
def test_a_nonsensical_cache_entry_is_made_again(pictures: Pictures, workspace: Path, entry: bytes) -> None:
    file = saved(photograph(300, 200), workspace / "photo.jpg")
    first = pictures.web(file)
    (listing,) = (file for file in pictures.store.folder.iterdir() if not file.suffix)
    listing.write_bytes(entry)
    assert next_build(pictures).web(file) == first


def test_files_of_the_cache_can_be_read_by_a_web_server(pictures: Pictures, workspace: Path) -> None:
    source = saved(photograph(300, 200), workspace / "photo.jpg")
    made = pictures.mail(source).file.file
    assert made.stat().st_mode == source.stat().st_mode


PROGRAM = """
import sys; from pathlib import Path; from campaigner.render.pictures import Pictures
workspace = Path(sys.argv[1])
print(Pictures(workspace, workspace / "cache").web(workspace / "photo.png"))
"""


def test_several_processes_may_make_the_same_at_once(workspace: Path) -> None:
    saved(photograph(900, 600), workspace / "photo.png")
    command = [sys.executable, "-c", PROGRAM, str(workspace)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    answers = {process.communicate()[0] for process in running}
    assert len(answers) == 1
    assert b"WebPicture" in answers.pop()
    assert not [name for name in files(workspace / "cache") if "partial" in name]
