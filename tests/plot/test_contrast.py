"""Contrast: every text and every mark stands out from what is behind it, light and dark."""

from __future__ import annotations

from dataclasses import asdict

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import frame, texts
from matplotlib.colors import to_rgb

import provstats as ps
from provstats.plot.parts.palette import _DARK, Palette, compute_contrast

PANEL = ps.series("rd_intensity", period=[*range(2019, 2023)])
LAST = ps.series("rd_intensity", period=2023)
FACTORIES = frame(np.arange(200.0, 14, -6), indicator="green_factories", unit="count")
PEOPLE = frame(np.arange(1e6, 32e6, 1e6), indicator="population", unit="count")
CHARTS = {
    "ranking": lambda: ps.plot.ranking(LAST, lang="en", highlight="渝"),
    "gap": lambda: ps.plot.gap(LAST, lang="en", highlight="渝"),
    "change": lambda: ps.plot.change(PANEL, lang="en", highlight="渝"),
    "trend": lambda: ps.plot.trend(PANEL, lang="en", highlight=["渝", "皖", "粤", "辽"]),
    "bump": lambda: ps.plot.bump(PANEL, lang="en"),
    "tilemap": lambda: ps.plot.tilemap(LAST, lang="en"),
    "cartogram": lambda: ps.plot.cartogram(LAST, "rd_expenditure", lang="en"),
    "funnel": lambda: ps.plot.funnel(FACTORIES, PEOPLE, lang="en"),
    "panels": lambda: ps.plot.panels(PANEL, lang="en", highlight="渝"),
    "strip": lambda: ps.plot.strip(PANEL, lang="en", highlight=["渝", "皖", "粤"]),
    "scorecard": lambda: ps.plot.scorecard(lang="en"),
    "profile": lambda: ps.plot.profile("重庆", lang="en", highlight="皖"),
    "coverage": lambda: ps.plot.coverage(lang="en"),
}


def pixels(figure):
    """Return the picture of a figure without its texts."""
    for text in figure.findobj(plt.Text):
        text.set_alpha(0)
    figure.canvas.draw()
    picture = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255
    for text in figure.findobj(plt.Text):
        text.set_alpha(None)
    return picture


@pytest.mark.parametrize("style", ["default", "dark_background"])
@pytest.mark.parametrize("name", CHARTS)
def test_texts_stand_out(name, style):
    """Each has a contrast of 4.5 with the middle of what is behind it."""
    with plt.style.context(style):
        ax = CHARTS[name]()
        picture = pixels(ax.figure)
        for text in texts(ax):
            box = text.get_window_extent()
            rows = slice(int(picture.shape[0] - box.y1), int(picture.shape[0] - box.y0) + 1)
            behind = picture[rows, int(box.x0) : int(box.x1) + 1].reshape(-1, 3)
            ground = np.median(behind, axis=0)
            assert compute_contrast(text.get_color(), ground) >= 4.5, text


@pytest.mark.parametrize("palette", [Palette(), _DARK], ids=["light", "dark"])
def test_marks_stand_out(palette):
    """Marks have a contrast of 3 with the ground, the nation's band and the panels."""
    marks = [palette.mark, palette.quiet, palette.accent, palette.accent_soft, palette.up,
             palette.down, palette.nation, palette.outline, *palette.lines]  # fmt: skip
    grounds = [palette.ground, palette.panel]
    assert min(compute_contrast(mark, ground) for mark in marks for ground in grounds) >= 3
    assert compute_contrast(palette.quiet, palette.nation_band) >= 3
    assert compute_contrast(palette.nation, palette.nation_band) >= 3
    words = [palette.text, palette.quiet_text, palette.down_text, palette.nation_text]
    assert min(compute_contrast(ink, palette.ground) for ink in words) >= 4.5


def test_highlighted_lines_are_told_apart():
    """By those too who lack one kind of cones."""
    hues = np.array([to_rgb(hue) for hue in Palette().lines])
    for matrix in _CONES.values():
        seen = [_lab(np.clip(matrix @ _linear(hue), 0, 1)) for hue in hues]
        apart = [np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i]]
        assert min(apart) > 20


def test_palette_is_documented():
    """What a style may set is what the palette names."""
    assert ps.plot.palette == asdict(Palette())


# Machado, Oliveira and Fernandes 2009, at full severity, on linear light.
_CONES = {
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def _linear(color):
    """Return linear light of an sRGB colour."""
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def _lab(linear):
    """Return CIE L*a*b* of linear light."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    x, y, z = (to_xyz @ linear) / np.array([0.9505, 1, 1.089])
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
