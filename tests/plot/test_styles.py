"""Styles: every colour of a chart is one of the palette's, and a house style reaches them all."""

from __future__ import annotations

import io
import re
from dataclasses import fields
from html import unescape
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import FOLLOWED, figure_of, texts
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import provstats as ps
from provstats.plot.parts.palette import Palette


def turned(color):
    """Return a colour with red and blue exchanged."""
    if isinstance(color, tuple):
        return tuple(map(turned, color))
    return f"#{color[5:7]}{color[3:5]}{color[1:3]}"


HOUSE = {field.name: turned(getattr(Palette(), field.name)) for field in fields(Palette)}
HOUSE["ground"] = "#FFF1E5"


def colours(drawn):
    """Return the colours of all texts and marks that are drawn, as hex digits."""
    found = {to_hex(text.get_color()) for text in texts(drawn)}
    for mark in figure_of(drawn).findobj(Collection):
        for shades in (mark.get_facecolor(), mark.get_edgecolor()):
            found |= {to_hex(shade) for shade in np.atleast_2d(shades) if len(shade)}
    return found


def flat(palette):
    """Return all colours of a palette, as hex digits."""
    shades = (color if isinstance(color, tuple) else (color,) for color in palette.values())
    return {to_hex(color) for hues in shades for color in hues}


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_house_style_reaches_every_mark(name):
    """No colour of our own is left, but black and white on cells."""
    drawn = FOLLOWED[name]("CN-CQ", lang="en", style=HOUSE)
    own = flat(ps.plot.palette) - flat(HOUSE) - {"#ffffff", "#000000"}
    assert not colours(drawn) & own
    assert to_hex(figure_of(drawn).get_facecolor()) == "#fff1e5"
    assert HOUSE["accent"].lower() in flat(HOUSE)


def test_the_ground_of_given_axes_alone():
    """What is around the caller's axes stays theirs."""
    figure = Figure((8, 8))
    ax = FOLLOWED["ranking"]("CN-CQ", style={"ground": "#FFF1E5"}, ax=figure.subplots())
    assert to_hex(ax.get_facecolor()) == "#fff1e5"
    assert to_hex(figure.get_facecolor()) == "#ffffff"


def test_a_font_of_the_house():
    """It goes first, before the families of the package."""
    ax = FOLLOWED["ranking"]("CN-CQ", style={"font": ["DejaVu Serif"]})
    assert {text.get_fontfamily()[0] for text in texts(ax)} == {"DejaVu Serif"}


def test_a_font_that_there_is_not():
    """It is said, and others draw."""
    with pytest.warns(UserWarning, match="no font family 'House Sans' is installed"):
        ax = FOLLOWED["ranking"]("CN-CQ", style={"font": "House Sans"})
    assert {text.get_fontfamily()[0] for text in texts(ax)} <= {
        "Provstats Sans",
        "Provstats Sans SC",
    }


def test_the_page_lists_all_names():
    """What a style may set is on the page of charts."""
    page = (Path(__file__).parents[2] / "docs" / "charts.md").read_text(encoding="utf-8")
    assert {*ps.plot.palette} <= {*re.findall("`([a-z_]+)`", page)}


def test_unknown_names():
    """A colour that there is not is refused; those that there are, are listed."""
    with pytest.raises(ps.SchemaError, match=r"got 'acent'.*accent"):
        FOLLOWED["ranking"]("CN-CQ", style={"acent": "red"})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FOLLOWED)
def test_pictures_with_real_text(name, lang):
    """An SVG whose texts are texts has all words, which can be found, read aloud and edited."""
    drawn, file = FOLLOWED[name]("CN-CQ", lang=lang), io.BytesIO()
    with plt.rc_context({"svg.fonttype": "none"}):
        figure_of(drawn).savefig(file, format="svg")
    found = re.findall("<text[^>]*>(.*?)</text>", file.getvalue().decode())
    written = {unescape(text).strip() for text in found}
    wanted = {line.strip() for text in texts(drawn) for line in text.get_text().split("\n")}
    assert wanted <= written
