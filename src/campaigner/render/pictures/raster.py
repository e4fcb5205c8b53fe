"""Photographs, screenshots and animations made into what browsers and mail programs show.

Everything comes out upright, in 8-bit sRGB and without metadata: a photograph's Exif may say
where somebody lives.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from campaigner.render.pictures.animation import without_metadata
from campaigner.render.pictures.problem import PictureProblem
from campaigner.render.pictures.store import Encoded
from campaigner.value import Value

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

WEB_WIDTHS = (480, 800, 1360)
#: the fallback's smallest width, for programs without WebP
FALLBACK_WIDTH = 800
#: of a mail's picture file: twice as wide as it is shown, for sharp screens
MAIL_DENSITY = 2
SHARE_SIZE = (1200, 630)
#: below this width networks show a small thumbnail, so nothing is cropped away for it
SHARE_LEAST_WIDTH = 600

#: what is read, most likely first; others stay out, some of them start other programs (EPS)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")
LOSSLESS_FORMATS = {"PNG", "GIF", "BMP", "TIFF"}
ANIMATED_FORMATS = {"GIF": ".gif", "PNG": ".png", "WEBP": ".webp", "AVIF": ""}
LARGEST_PIXELS = 60_000_000
#: pixels of all frames together
LARGEST_ANIMATION = 4 * LARGEST_PIXELS
#: bytes up to which an animation is mailed as it is
LARGEST_MAILED_ANIMATION = 1_000_000
#: WebP can be no higher (RFC 9649, section 2.6)
LARGEST_SIDE = 16_383

JPEG = {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True}
#: method 2 takes half the time of the usual 4 and makes files 4 % larger
WEBP = {"format": "WEBP", "quality": 80, "method": 2}
LOSSLESS_WEBP = {"format": "WEBP", "lossless": True, "quality": 50, "method": 2}
PNG = {"format": "PNG", "optimize": True}
#: without search for the best filter, which takes three times as long and saves 1 % of a photograph
FAST_PNG = {"format": "PNG"}

#: line art has at most so many colours, and a few of them cover half of it
LINE_ART_COLOURS = 1024
FLAT_COLOURS = 8
#: what a palette of PNG can hold
PALETTE = 256
EXIF_ORIENTATION = 0x0112
#: orientations from here on lie on their side (Exif 2.3, tag Orientation)
FIRST_LYING = 5


def web(source: bytes) -> tuple[Encoded, ...]:
    """Make the renditions of a page: WebP in up to three widths, and JPEG or PNG from 800 pixels on.

    An animation stays what it is, as the only fallback.
    """
    with _opened(source) as image:
        if _is_animated(image):
            return (_animation(image, source, "fallback"),)
        still = _still(image, WEB_WIDTHS[-1])
    widths = _web_widths(still.image.width)
    fallbacks = [width for width in widths if width >= FALLBACK_WIDTH] or widths[-1:]
    if still.is_transparent and not still.is_line_art:
        fallbacks = fallbacks[:1]  # such a PNG is large
    sized = {width: still.resized(width) for width in widths}
    return (
        *(sized[width].webp() for width in widths),
        *(sized[width].fallback("fallback") for width in fallbacks),
    )


def mail(source: bytes, shown_width: int) -> tuple[Encoded, ...]:
    """Make a mail's one rendition: JPEG or PNG, twice `shown_width` (pixels) wide if it can be.

    A small animated GIF stays what it is; of other animations the first frame is shown.
    """
    with _opened(source) as image:
        if image.format == "GIF" and _is_animated(image) and len(source) <= LARGEST_MAILED_ANIMATION:
            return (_animation(image, source, "mail"),)
        still = _still(image, shown_width * MAIL_DENSITY)
    return (still.fallback("mail"),)


def share(source: bytes) -> tuple[Encoded, ...]:
    """Make the picture that a shared link shows: a JPEG, from the middle, 1200 x 630 or as large as can be.

    One that is too small to be cropped keeps its proportions.
    """
    from PIL import Image, ImageOps

    width, height = SHARE_SIZE
    with _opened(source) as image:
        still = _still(image, width, height)
    cropped = min(still.image.width, round(still.image.height * width / height), width)
    if cropped < SHARE_LEAST_WIDTH:
        return (still.resized(min(width, still.image.width)).jpeg("share"),)
    size = (cropped, round(cropped * height / width))
    fitted = ImageOps.fit(still.image, size, Image.Resampling.LANCZOS)
    return (Still(image=fitted, is_line_art=still.is_line_art).jpeg("share"),)


class Still(Value):
    """Pixels ready to be encoded: upright, sRGB, of mode L, RGB or RGBA."""

    image: Image
    #: a chart, a logo, a screenshot: flat areas and sharp edges
    is_line_art: bool

    @property
    def is_transparent(self) -> bool:
        """Whether anything can be seen through it."""
        return self.image.mode == "RGBA"

    def resized(self, width: int) -> Still:
        """Give it `width` pixels wide, in its own proportions."""
        return Still(image=_resized(self.image, width), is_line_art=self.is_line_art)

    def webp(self) -> Encoded:
        """Give it as WebP, line art without loss."""
        return _encoded("webp", ".webp", self.image, LOSSLESS_WEBP if self.is_line_art else WEBP)

    def fallback(self, use: str) -> Encoded:
        """Give it in a format that every program shows: PNG for line art and transparency, else JPEG."""
        if self.is_line_art and self.image.mode == "RGB":
            return _encoded(use, ".png", self.image.quantize(PALETTE), PNG)
        if self.is_line_art or self.is_transparent:
            return _encoded(use, ".png", self.image, FAST_PNG)
        return self.jpeg(use)

    def jpeg(self, use: str) -> Encoded:
        """Give it as JPEG, on white where it is transparent."""
        return _encoded(use, ".jpg", _on_white(self.image), JPEG)


@contextmanager
def _opened(source: bytes) -> Iterator[ImageFile]:
    """Open a picture and tell in our words whatever goes wrong while it is decoded."""
    # the formats are imported because Pillow else loads all of its forty to find these three
    from PIL import (
        AvifImagePlugin,  # noqa: F401
        Image,
        TiffImagePlugin,  # noqa: F401
        UnidentifiedImageError,
        WebPImagePlugin,  # noqa: F401
    )

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(source), formats=FORMATS) as image:
                if image.width * image.height > LARGEST_PIXELS:
                    raise _too_large(f"{image.width} x {image.height} pixels")
                yield image
    except PictureProblem:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large("far too many pixels") from None
    except UnidentifiedImageError:
        raise PictureProblem(
            "is no picture that can be read", "Give a JPEG, PNG, WebP, AVIF or GIF"
        ) from None
    except Exception as error:  # a decoder raises whatever its format makes it stumble over
        raise PictureProblem(f"is damaged or cut off: {error}", "Export or download it again") from None


def _too_large(size: str) -> PictureProblem:
    limit = f"{LARGEST_PIXELS // 1_000_000} megapixels"
    return PictureProblem(f"has {size}, more than {limit}", "Give it about 2000 pixels wide")


def _is_animated(image: ImageFile) -> bool:
    """Say whether it moves; a phone's JPEG may hold several pictures and does not."""
    return image.format in ANIMATED_FORMATS and getattr(image, "n_frames", 1) > 1


def _animation(image: ImageFile, source: bytes, use: str) -> Encoded:
    """Give an animation as it is, once every frame is known to be whole."""
    suffix = ANIMATED_FORMATS[str(image.format)]
    frames: int = getattr(image, "n_frames", 1)
    if not suffix:
        raise PictureProblem(
            "is an animated AVIF, which many programs do not play", "Give an animated WebP or GIF"
        )
    if frames * image.width * image.height > LARGEST_ANIMATION:
        raise _too_large(f"{frames} frames of {image.width} x {image.height} pixels")
    for frame in range(frames):
        image.seek(frame)
        image.load()
    content = without_metadata(source)
    return Encoded(use=use, suffix=suffix, width=image.width, height=image.height, content=content)


def _still(image: ImageFile, width: int, height: int = 0) -> Still:
    """Decode `image`, scaled down to what covers `width` x `height`; never scaled up."""
    from PIL import ImageOps

    # a JPEG can be decoded at a half, a quarter or an eighth of its size in a fraction of the time
    image.draft(None, (height or 1, width) if _lies_on_its_side(image) else (width, height or 1))
    image.load()
    upright = _eight_bit(ImageOps.exif_transpose(image))
    is_line_art = image.format in LOSSLESS_FORMATS and _is_line_art(upright)
    scale = max(width / upright.width, height / upright.height)
    resized = _resized(upright, max(1, round(upright.width * min(1, scale))))
    if resized.height > LARGEST_SIDE:
        raise PictureProblem(
            f"is too high for its width ({upright.width} x {upright.height})", "Cut it in pieces"
        )
    pixels = _opaque_if_it_is(_in_srgb(resized, image.info.get("icc_profile")))
    pixels.info.clear()  # what Pillow would else write into the file again
    return Still(image=pixels, is_line_art=is_line_art)


def _lies_on_its_side(image: ImageFile) -> bool:
    try:
        return int(image.getexif().get(EXIF_ORIENTATION, 1)) >= FIRST_LYING
    except (SyntaxError, TypeError, ValueError):
        return False  # a broken Exif says nothing


def _eight_bit(image: Image) -> Image:
    """Give the picture in mode L, RGB, RGBA or CMYK."""
    if image.mode in {"F", "LAB"}:
        raise PictureProblem(f"has a colour mode that no browser shows ({image.mode})", "Save it as RGB")
    if image.mode.startswith("I"):  # 16 bits of grey; a plain conversion would cut off, not scale
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"1", "LA", "La"}:
        return image.convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _is_line_art(image: Image) -> bool:
    counts = image.getcolors(LINE_ART_COLOURS)
    if counts is None:
        return False
    flat = sorted((count for count, _ in counts), reverse=True)[:FLAT_COLOURS]
    return 2 * sum(flat) >= image.width * image.height


def _resized(image: Image, width: int) -> Image:
    """Give the picture `width` pixels wide, in its own proportions."""
    from PIL.Image import Resampling

    if width == image.width:
        return image
    size = (width, max(1, round(image.height * width / image.width)))
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """Convert from the colour space of `profile` (ICC); a broken or unfitting one counts as none."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            written = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode == "CMYK" or not ImageCms.getProfileDescription(written).startswith("sRGB"):
                converted = ImageCms.profileToProfile(
                    image, written, ImageCms.createProfile("sRGB"), outputMode=mode
                )
                image = (converted or image).convert("L" if image.mode == "L" else mode)
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _opaque_if_it_is(image: Image) -> Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        return image.convert("RGB")
    return image


def _on_white(image: Image) -> Image:
    from PIL import Image as Pillow

    if image.mode != "RGBA":
        return image
    ground = Pillow.new("RGBA", image.size, "white")
    return Pillow.alpha_composite(ground, image).convert("RGB")


def _web_widths(own: int) -> list[int]:
    """Give the steps below `own`, and `own`; a step hardly smaller than that is left out."""
    return [*(width for width in WEB_WIDTHS if width < own * 0.9), own]


def _encoded(use: str, suffix: str, image: Image, options: dict[str, Any]) -> Encoded:
    content = io.BytesIO()
    image.save(content, **options)
    return Encoded(use=use, suffix=suffix, width=image.width, height=image.height, content=content.getvalue())
