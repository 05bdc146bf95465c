"""The four colours stay apart for every eye and on a grey printer."""

from itertools import combinations, pairwise

import pytest

from comity.report.figures.style import INK, MUTED, ON_COLOUR, PALETTE, PAPER

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1.0, applied to linear RGB.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> Rgb:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # type: ignore[return-value]


def luminance(rgb: Rgb) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def lab(rgb: Rgb) -> Rgb:
    x = 0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]
    z = 0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]
    fx, fy, fz = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x / 0.9505, luminance(rgb), z / 1.089)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, sight: str) -> Rgb:
    rgb = linear(colour)
    mixed = (sum(m * c for m, c in zip(row, rgb, strict=True)) for row in SIGHT[sight])
    return tuple(min(1.0, max(0.0, v)) for v in mixed)  # type: ignore[return-value]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(linear(a)), luminance(linear(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
def test_any_two_colours_differ(sight: str) -> None:
    # A difference of 2 is just visible, 10 plain at a glance; 20 leaves room for poor screens and small marks.
    for a, b in combinations(PALETTE.values(), 2):
        distance = sum((p - q) ** 2 for p, q in zip(lab(seen(a, sight)), lab(seen(b, sight)), strict=True)) ** 0.5
        assert distance > 20, (a, b, distance)


def test_grey_print_keeps_four_steps() -> None:
    steps = sorted(lab(linear(c))[0] for c in PALETTE.values())
    assert min(b - a for a, b in pairwise(steps)) > 14


def test_text_is_readable_where_it_stands() -> None:
    # 4.5 is WCAG 2.2 AA for small text.
    for category, colour in PALETTE.items():
        assert contrast(ON_COLOUR[category], colour) >= 4.5, category
    assert contrast(INK, PAPER) >= 4.5
    assert contrast(MUTED, PAPER) >= 4.5
