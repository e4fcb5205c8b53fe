"""Colours by their lightness: sRGB to CIELAB and back, by https://www.w3.org/TR/css-color-4/#color-conversion-code.

The white is that of sRGB itself, D65, as in the programs whose formulas are known. A library would do it too,
but needs a tenth of a millisecond for each of the colours of a mail, and a mail may have thousands.
"""

Triple = tuple[float, float, float]

TO_XYZ = (
    (0.4123908, 0.3575843, 0.1804808),
    (0.2126390, 0.7151687, 0.0721923),
    (0.0193308, 0.1191948, 0.9505322),
)
FROM_XYZ = (
    (3.2409699, -1.5373832, -0.4986108),
    (-0.9692436, 1.8759675, 0.0415551),
    (0.0556301, -0.2039770, 1.0569715),
)
WHITE = (0.9504559, 1.0, 1.0890578)
EPSILON, KAPPA = 216 / 24389, 24389 / 27
#: how often the way to the palest colour is halved
STEPS = 8
#: by how much a channel may be beyond what a screen shows
TOLERANCE = 0.001


def to_lab(srgb: Triple) -> Triple:
    """Give lightness, from 0 to 100, and the two axes of hue; the channels are from 0 to 1."""
    xyz = _times(TO_XYZ, tuple(map(_linear, srgb)))
    x, y, z = (_root(part / white) for part, white in zip(xyz, WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def to_srgb(lab: Triple) -> Triple:
    """Give the channels, from 0 to 1. What no screen can show is made paler until one can: its hue stays."""
    linear = _from_lab(lab)
    if not _can_be_shown(linear):
        linear = _from_lab(_paler(lab))
    red, green, blue = (_gamma(min(max(part, 0.0), 1.0)) for part in linear)
    return red, green, blue


def _paler(lab: Triple) -> Triple:
    """The same lightness and hue, with as much colour as a screen can show."""
    lightness, a, b = lab
    least, most = 0.0, 1.0
    for _ in range(STEPS):
        middle = (least + most) / 2
        if _can_be_shown(_from_lab((lightness, a * middle, b * middle))):
            least = middle
        else:
            most = middle
    return lightness, a * least, b * least


def _from_lab(lab: Triple) -> tuple[float, ...]:
    lightness, a, b = lab
    y = (lightness + 16) / 116
    xyz = (_power(part) * white for part, white in zip((y + a / 500, y, y - b / 200), WHITE, strict=True))
    return _times(FROM_XYZ, tuple(xyz))


def _can_be_shown(linear: tuple[float, ...]) -> bool:
    return all(-TOLERANCE <= part <= 1 + TOLERANCE for part in linear)


def _times(matrix: tuple[Triple, ...], vector: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _root(part: float) -> float:
    return part ** (1 / 3) if part > EPSILON else (KAPPA * part + 16) / 116


def _power(part: float) -> float:
    return part**3 if part**3 > EPSILON else (116 * part - 16) / KAPPA
