"""Blocks: lines at equal distances, whatever letters they have."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from provstats.plot.parts.blocks import set_line_spacing


def block(words, **style):
    """Return the title of new axes, a block of 12 points to a line."""
    title = Figure((4, 3)).subplots().set_title(words, fontsize=10, **style)
    set_line_spacing(title, 1.2)
    return title


@pytest.mark.parametrize("words", ["acorn\ncow\nwaxes", "Äpfel\nace\nypsilon (gq)", "a\n\nb"])
def test_base_lines_stand_at_equal_distances(words):
    """Twelve points apart, with and without letters that reach up or down."""
    title, file = block(words), io.BytesIO()
    with plt.rc_context({"svg.fonttype": "none"}):
        title.figure.savefig(file, format="svg")
    found = re.findall(r'<text[^>]*?y="([-0-9.]+)"[^>]*>([^<]*)<', file.getvalue().decode())
    places = [float(y) for y, line in found if line in words.split("\n")]
    assert len(places) == len([line for line in words.split("\n") if line])
    gaps = {round(b - a, 3) for a, b in pairwise(places)}
    assert gaps == ({24.0} if "\n\n" in words else {12.0})


def test_the_box_holds_all_lines():
    """It is as wide as the widest, and the words are whole again."""
    title = block("wide line\nn")
    box = title.get_window_extent()
    one = block("wide line").get_window_extent()
    assert box.width == one.width
    assert abs(box.height - one.height - 12 * title.figure.dpi / 72) < 4
    assert title.get_text() == "wide line\nn"


def test_words_are_whole_after_drawing():
    """Each line was drawn by itself."""
    title = block("two\nlines")
    title.figure.canvas.draw()
    assert title.get_text() == "two\nlines"
