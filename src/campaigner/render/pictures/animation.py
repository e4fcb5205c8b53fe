"""Animations: published as they are, without what they say about where and by whom they were made."""

import struct

#: chunks of a PNG that hold words, times and Exif (PNG, third edition, sections 11.3.3 and 11.3.4)
PNG_METADATA = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
#: chunks of a WebP (https://developers.google.com/speed/webp/docs/riff_container)
WEBP_METADATA = {b"EXIF", b"XMP "}
WEBP_METADATA_FLAGS = 0x08 | 0x04
#: a GIF's extensions that draw; the applications' that say how often it repeats
GIF_DRAWING = {0x01, 0xF9}
GIF_LOOPS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}


def without_metadata(source: bytes) -> bytes:
    """Give a GIF, PNG or WebP that Pillow could read without comments, Exif and XMP.

    Raises IndexError or struct.error where its blocks are not whole.
    """
    if source.startswith(b"GIF8"):
        return _gif(source)
    if source.startswith(b"\x89PNG"):
        return _png(source)
    return _webp(source)


def _gif(source: bytes) -> bytes:
    """Copy a GIF block by block (GIF89a, section 12 and following)."""
    at = 13 + _colour_table(source[10])
    kept = [source[:at]]
    while at < len(source) and source[at] != 0x3B:
        if source[at] == 0x2C:
            end = _after_blocks(source, at + 11 + _colour_table(source[at + 9]))
            kept.append(source[at:end])
        else:
            end = _after_blocks(source, at + 2)
            label, application = source[at + 1], source[at + 3 : at + 14]
            if label in GIF_DRAWING or (label == 0xFF and application in GIF_LOOPS):
                kept.append(source[at:end])
        at = end
    return b"".join([*kept, b";"])


def _colour_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(source: bytes, at: int) -> int:
    while source[at]:
        at += source[at] + 1
    return at + 1


def _png(source: bytes) -> bytes:
    kept, at = [source[:8]], 8
    while at < len(source):
        length, kind = struct.unpack_from(">I4s", source, at)
        end = at + length + 12
        if kind not in PNG_METADATA:
            kept.append(source[at:end])
        at = end
    return b"".join(kept)


def _webp(source: bytes) -> bytes:
    kept, at = [b"WEBP"], 12
    while at + 8 <= len(source):
        kind, length = struct.unpack_from("<4sI", source, at)
        end = at + 8 + length + length % 2
        chunk = source[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_METADATA_FLAGS]) + chunk[9:]
        if kind not in WEBP_METADATA:
            kept.append(chunk)
        at = end
    content = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(content)) + content
