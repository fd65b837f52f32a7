"""Manners of the maps and tables: what each does with bad input, axes, styles and fonts."""

from __future__ import annotations

import io
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, frame, texts
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

import provstats as ps


def profile(x=None, **options):
    """Draw the profile of Beijing, as a chart like the others."""
    return ps.plot.profile("北京", x, **options)


def sizes():
    """Return sizes in the order of the registry."""
    places = pd.DataFrame({"region": MAINLAND, "value": np.arange(3100.0, 0.0, -100)})
    return pd.concat([places.assign(period=period) for period in ("2023", "2024")])


def cartogram(x, **options):
    """Draw a map of squares."""
    return ps.plot.cartogram(x, sizes(), **options)


def funnel(x, **options):
    """Draw the funnel of shares."""
    return ps.plot.funnel(x, sizes(), **options)


CHARTS = {
    "cartogram": cartogram,
    "funnel": funnel,
    "tilemap": ps.plot.tilemap,
    "scorecard": ps.plot.scorecard,
    "coverage": ps.plot.coverage,
    "profile": profile,
}
#: Those that a province alone is enough for, and those that take several periods.
ALONE = ["cartogram", "funnel", "tilemap", "scorecard", "coverage"]
WITHOUT_DATA = ["scorecard", "coverage", "profile"]


@pytest.fixture(params=CHARTS)
def draw(request):
    """Return each chart in turn, in English."""
    return lambda *x, **options: CHARTS[request.param](*x, **{"lang": "en", **options})


@pytest.fixture
def everywhere():
    """Return a value with an interval for each of the 31 provinces, and the nation's."""
    values = np.random.default_rng(31).normal(3, 1, 31).round(1).clip(0.1)
    return frame([*values, 2.7], regions=[*MAINLAND, "CN"], width=0.1)


# --- bad input ----------------------------------------------------------------------------------


def test_empty(draw):
    """Nothing is drawn of nothing."""
    with pytest.raises(ps.SchemaError, match="no rows"):
        draw(frame([1.0]).head(0))
    with pytest.raises(ps.PeriodError, match="2023: 31 regions"):
        draw(ps.series("rd_intensity", period="1999"))
    assert not plt.get_fignums()


def test_all_missing(draw):
    """Nor where no province has a value."""
    with pytest.raises(ps.IncomparableError, match="no province has a value"):
        draw(frame([np.nan, np.nan]))
    assert not plt.get_fignums()


def test_only_the_nation(draw):
    """The nation is no province."""
    with pytest.raises(ps.IncomparableError, match="no province has a value"):
        draw(frame([1.0], regions=["CN"]))


@pytest.mark.parametrize("chart", ALONE)
def test_one_region(chart):
    """A chart of one province is still a chart."""
    ax = CHARTS[chart](frame([3.0]), lang="en")
    ax.figure.canvas.draw()
    assert "Beijing" in {text.get_text() for text in texts(ax)}


@pytest.mark.parametrize("highlight", ["Atlantis", ["北京", "Xizang"]])
def test_unknown_highlight(draw, highlight):
    """A region that is unknown, or has no value, cannot be set off."""
    with pytest.raises(ps.UnknownRegionError, match=r"Atlantis|Xizang"):
        draw(frame([3.0, 2.0]), highlight=highlight)
    assert not plt.get_fignums()


def test_unknown_language(draw):
    """Other languages are refused."""
    with pytest.raises(ps.SchemaError, match=r"\['zh', 'en'\] or None, got 'fr'"):
        draw(frame([3.0, 2.0]), lang="fr")
    assert not plt.get_fignums()


def test_unknown_indicator(draw):
    """An id that is near another is not guessed."""
    with pytest.raises(ps.UnknownIndicatorError, match="rd_intensity"):
        draw("rd_intensitty")


@pytest.mark.parametrize("x", [42, [1, 2], {"region": ["CN-BJ"]}])
def test_no_frame(draw, x):
    """What is no id, series or frame is refused by name."""
    with pytest.raises(ps.SchemaError, match="DataFrame is needed"):
        draw(x)


def test_several_periods():
    """A map has one period; tables and profiles have as many as there are."""
    both = pd.concat([frame([3.0, 2.0]), frame([2.0, 4.0], period="2023")])
    with pytest.raises(ps.IncomparableError, match="rd_intensity 2024, rd_intensity 2023"):
        ps.plot.tilemap(both)
    assert not plt.get_fignums()
    for chart in WITHOUT_DATA:
        ax = CHARTS[chart](both, lang="en")
        said = " ".join([ps.plot.alt_text(ax), *(text.get_text() for text in texts(ax))])
        assert "2023" in said
        assert "2024" in said


def test_mixed_units():
    """Rows of one indicator and period in two units are not compared."""
    mixed = frame([3.0, 2.0]).assign(unit=["percent", "count"])
    for chart in ("cartogram", "funnel", "tilemap", "scorecard", "profile"):
        with pytest.raises(ps.IncomparableError, match="different units"):
            CHARTS[chart](mixed)


@pytest.mark.filterwarnings("ignore:the axes have")
def test_tiny_axes(draw, everywhere):
    """31 provinces in a stamp are drawn; what cannot be read is not."""
    ax = Figure((1.5, 1.2)).subplots()
    assert draw(everywhere, ax=ax) is ax
    assert min((text.get_fontsize() for text in texts(ax)), default=8) >= 6.5


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_frames_of_other_libraries(draw, everywhere, library):
    """Frames of polars and tables of Arrow are drawn as those of pandas are."""
    module = pytest.importorskip(library)
    from_pandas = module.from_pandas if library == "polars" else module.Table.from_pandas
    label = ps.plot.alt_text(draw(everywhere))
    assert ps.plot.alt_text(draw(from_pandas(everywhere))) == label


def test_lazy_frames_are_refused(draw, everywhere):
    """What is not in memory is refused by name."""
    polars = pytest.importorskip("polars")
    with pytest.raises(NotImplementedError, match="a lazy frame; collect that of polars"):
        draw(polars.from_pandas(everywhere).lazy())


def test_public_names():
    """A shell completes to what is public."""
    assert dir(ps.plot) == sorted(ps.plot.__all__)


# --- manners ------------------------------------------------------------------------------------


def test_axes_given_are_axes_returned(draw, everywhere):
    """Only these axes are drawn in, and pyplot's state is left alone."""
    left, right = Figure((16, 9)).subplots(1, 2)
    assert draw(everywhere, ax=left) is left
    assert not plt.get_fignums()
    assert not right.texts
    assert not right.collections


def test_nothing_global_is_touched(draw, everywhere):
    """Neither rcParams nor the caller's frame."""
    before, copy = dict(mpl.rcParams), everywhere.copy()
    draw(everywhere)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(everywhere, copy)


def test_order_and_index_have_no_part(draw, everywhere):
    """Shuffled rows with a repeated index give the same words."""
    shuffled = everywhere.sample(frac=1, random_state=1).set_axis([0] * 32)
    label = ps.plot.alt_text(draw(everywhere))
    assert ps.plot.alt_text(draw(shuffled)) == label


def test_every_text_has_its_fonts(draw, everywhere):
    """No text relies on the global font, nor takes dollars for formulas."""
    found = list(texts(draw(everywhere, title="$5 against $6", highlight="Beijing")))
    assert len({tuple(text.get_fontfamily()) for text in found}) == 1
    assert not any(text.get_parse_math() for text in found if text.get_text() != "")
    assert "$5 against $6" in {text.get_text() for text in found}


def test_given_words(draw, everywhere):
    """The caller's own words stand; an empty one is none."""
    label = ps.plot.alt_text(draw(everywhere, title="Mine", subtitle="", source="my own"))
    assert label.startswith("Mine. ")
    assert label.endswith("Source: my own.")


@pytest.mark.usefixtures("no_chinese")
def test_chinese_words_without_a_font(draw):
    """Chinese words that cannot be drawn are left out with one warning, never boxes."""
    with pytest.warns(UserWarning, match="no font with Chinese characters") as caught:
        ax = draw(frame([3.0, 2.0], indicator="城镇化率"), lang="zh", title="标题")
    assert len(caught) == 1
    assert all(ord(c) < 0x2E80 for text in texts(ax) for c in text.get_text())


def test_dark_style(draw, everywhere):
    """Words outside of cells are light on a dark ground."""
    with plt.style.context("dark_background"):
        ax = draw(everywhere, highlight="Beijing")
        outside = {"subtitle", "source", "head", None}
        found = [text for text in texts(ax) if text.get_gid() in outside]
        assert min(np.mean(to_rgba(text.get_color())[:3]) for text in found) > 0.45


def test_vector_files(draw, everywhere):
    """SVG and PDF are written without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(everywhere).figure
        for kind in ("svg", "pdf"):
            figure.savefig(io.BytesIO(), format=kind)
