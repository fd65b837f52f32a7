"""What holds for every chart; the list is `drawings.CHARTS`."""

from __future__ import annotations

import warnings
from dataclasses import replace

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawings import CHARTS, assert_readable, close, figure_of, texts, words
from matplotlib.colors import to_rgba

import provstats as ps

LAYOUTS = [None, "constrained", "tight"]


@pytest.fixture(params=CHARTS)
def chart(request):
    """Each chart in turn."""
    return CHARTS[request.param]


# --- manners ------------------------------------------------------------------------------------


def test_what_is_given_is_returned(chart):
    """Only what was given is drawn in, and pyplot's state is left alone."""
    figure = mpl.figure.Figure(figsize=(12, 5))
    left, right = figure.subplots(1, 2)
    assert chart(ax=left) is left
    assert not right.texts
    assert not right.collections
    assert not plt.get_fignums()


def test_one_figure_is_made(chart):
    """Without a place there is one new figure."""
    drawn = chart()
    assert plt.get_fignums() == [figure_of(drawn).number]


def test_nothing_global_changes(chart):
    """Neither rcParams nor the caller's frame are touched, and no warning is given."""
    data = chart.sample().sample(frac=1, random_state=1)
    before, copy = dict(mpl.rcParams), data.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart(data)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(data, copy)


def test_order_of_rows_has_no_part(chart):
    """The rows may come in any order, under any index."""
    data = chart.sample()
    shuffled = data.sample(frac=1, random_state=2).set_axis([0] * len(data))
    assert sorted(words(chart(data))) == sorted(words(chart(shuffled)))


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_frames_of_other_libraries(chart, library):
    """Frames of polars and tables of Arrow are drawn as those of pandas are."""
    module, data = pytest.importorskip(library), chart.sample()
    given = module.from_pandas(data) if library == "polars" else module.Table.from_pandas(data)
    assert words(chart(given)) == words(chart(data))


def test_lazy_frames_are_refused(chart):
    """What is not in memory is refused by name."""
    polars = pytest.importorskip("polars")
    with pytest.raises(NotImplementedError, match="a lazy frame; collect that of polars"):
        chart(polars.from_pandas(chart.sample()).lazy())


def test_a_series_and_a_frame_are_the_same(chart):
    """A series is drawn as its data are."""
    # On one side of the census of 2023.
    periods = [2023] if len(chart.periods) == 1 else [2019, 2021, 2022]
    series = ps.series("rd_intensity", period=periods, regions=["京", "沪", "粤", "CN"])
    assert words(chart(series)) == words(chart(series.data))


# --- words --------------------------------------------------------------------------------------


def test_given_words(chart):
    """The caller's own words stand, dollar signs and all; an empty one is none."""
    drawn = chart(title="$5 against $6", subtitle="", source="my own")
    assert "$5 against $6" in words(drawn)
    assert any(text.endswith("Source: my own") for text in words(drawn))
    assert not any("of 31 provinces" in text for text in words(drawn))
    assert not any(text.get_parse_math() for text in texts(drawn))


def test_words_of_the_data(chart):
    """Indicator or unit, periods, number of provinces and documents are said."""
    said = " ".join(words(chart())).replace(" · ", " ")
    assert "Ratio of R&D expenditure to GDP" in said
    assert chart.periods[-1] in said
    assert "5 of 31 provinces" in said
    assert "Communiqué on National Expenditures on Science and Technology in 20" in said
    assert "all 31 provinces" in " ".join(words(chart(chart.sample(31))))


def test_chinese_words(chart):
    """In Chinese no English word is left but what is written so."""
    said = "".join(words(chart(lang="zh", highlight="京")))
    assert "31个省份中的5个" in said.replace(" ", "")
    assert "北京" in said
    assert "全国科技经费投入统计公报" in said.replace(" ", "")
    assert not any(word in said for word in ("Beijing", "China", "provinces", "Source", "Rank"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_text_has_its_fonts(chart, lang):
    """No text relies on the global font; Chinese fonts go first in Chinese only."""
    found = {tuple(text.get_fontfamily()[:2]) for text in texts(chart(lang=lang))}
    both = "Provstats Sans SC", "Provstats Sans"
    assert found == {both if lang == "zh" else both[::-1]}


@pytest.mark.usefixtures("no_chinese")
def test_chinese_without_a_font(chart):
    """Without a font there is one warning and an English chart, without a Chinese character."""
    with pytest.warns(UserWarning, match="no font with Chinese characters") as caught:
        drawn = chart(lang="zh")
    assert len(caught) == 1
    assert all(ord(c) < 0x2E80 for text in words(drawn) for c in text)


@pytest.mark.parametrize("nature", ["forecast", "target"])
def test_no_claim_of_what_is_no_outcome(chart, nature):
    """What is forecast or aimed at is said to be so, and its dots are hollow."""
    drawn = chart(chart.sample(nature=nature))
    said = " ".join(words(drawn))
    assert nature in said
    assert not any(word in said for word in (" leads", " rose", " is last"))


def test_alt_text(chart):
    """The chart in words has the title, the subtitle, the ends of the values and the source."""
    drawn = chart(title="A title", subtitle="a subtitle", source="a source")
    text = ps.plot.alt_text(drawn)
    assert text.startswith("A title. a subtitle. ")
    assert "ighest: " in text
    assert "Source: a source." in text
    assert " to " in text


def test_alt_text_in_chinese(chart):
    """The words are in the language of the chart."""
    text = ps.plot.alt_text(chart(lang="zh"))
    assert "最高：" in text
    assert text.endswith("全国科技经费投入统计公报。")


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 5, 31])
def test_own_figure_is_readable(chart, n):
    """From one province to all."""
    assert_readable(chart(chart.sample(n)))


@pytest.mark.parametrize("n", [5, 31])
def test_chinese_figure_is_readable(chart, n):
    """Chinese words take no less room."""
    assert_readable(chart(chart.sample(n), lang="zh", highlight="京"))


@pytest.mark.parametrize("highlight", [["京"], ["京", "津", "冀", "晋"]])
def test_highlights_are_readable(chart, highlight):
    """What is set off stands in nobody's way."""
    assert_readable(chart(chart.sample(31), highlight=highlight))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_given_figure_is_readable(chart, layout):
    """A plain figure and one with a layout keep all that is written."""
    assert_readable(chart(ax=plt.figure(figsize=(6.4, 4.8), layout=layout).subplots()))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_column_of_a_paper_is_readable(chart, layout):
    """The width of a column is enough for a few provinces."""
    assert_readable(chart(ax=plt.figure(figsize=(3.4, 4.2), layout=layout).subplots()))


@pytest.mark.parametrize("own", [True, False])
def test_a_tight_picture_is_whole(chart, own):
    """Cut to what is in it, as a notebook shows it, a picture has every text and keeps its size."""
    drawn = chart() if own else chart(ax=plt.figure(figsize=(9, 5)).subplots())
    figure = figure_of(drawn)
    figure.canvas.draw()
    kept = figure.get_tightbbox().transformed(figure.dpi_scale_trans)
    for text in texts(drawn):
        box = text.get_window_extent()
        assert kept.x0 - 1 < box.x0 <= box.x1 < kept.x1 + 1, text.get_text()
        assert kept.y0 - 1 < box.y0 <= box.y1 < kept.y1 + 1, text.get_text()
    if own:
        assert (kept.size / figure.dpi).tolist() == pytest.approx(figure.get_size_inches())


def test_subfigures_are_readable(chart):
    """The place may be a part of a figure."""
    parts = plt.figure(figsize=(12, 4.5)).subfigures(1, 2)
    assert_readable(chart(ax=parts[1].subplots()))


@pytest.mark.parametrize("layout", ["constrained", "tight"])
def test_grid_of_axes_is_readable(chart, layout):
    """Neighbours do not write over one another."""
    figure, ((first, second), (third, fourth)) = plt.subplots(2, 2, figsize=(13, 9), layout=layout)
    for ax in (first, second, third, fourth):
        chart(ax=ax)
    assert_readable(figure)


def test_long_words_are_wrapped(chart):
    """Long texts break into lines, those without blanks too."""
    assert_readable(chart(title="word " * 40, subtitle="w" * 200, source="s" * 150))


def test_dark_style(chart):
    """Inks are seen on a dark ground."""
    with plt.style.context("dark_background"):
        drawn = chart(chart.sample(5), highlight="京")
        inks = [np.mean(to_rgba(text.get_color())[:3]) for text in texts(drawn)]
    assert min(inks) > 0.45


# --- bad input ----------------------------------------------------------------------------------


def refused(chart, x, error, **options):
    """Return what a chart says when it refuses; nothing is left drawn."""
    with pytest.raises(error) as caught:
        chart(x, **options)
    assert not plt.get_fignums()
    return str(caught.value)


def test_empty_series(chart):
    """Nobody reports: that is said."""
    full = ps.series("rd_intensity")
    empty = replace(full, data=full.data.head(0))
    assert "no region reports" in refused(chart, empty, ps.IncomparableError)


def test_empty_frame(chart):
    """A frame without rows is refused."""
    assert "no rows" in refused(chart, chart.sample().head(0), ps.SchemaError)


def test_all_values_missing(chart):
    """Regions without values cannot be compared."""
    data = chart.sample().assign(value=np.nan, lower=np.nan, upper=np.nan)
    assert "no province has a value" in refused(chart, data, ps.IncomparableError)


def test_some_values_missing(chart):
    """A region without values is no row, and the others stay."""
    data = chart.sample()
    missing = data["region"] == "CN-TJ"
    drawn = chart(
        data.assign(**dict.fromkeys(["value", "lower", "upper"], data["value"].mask(missing)))
    )
    said = " ".join(words(drawn))
    assert "4 of 31 provinces" in said
    assert "Tianjin" not in said


def test_unknown_highlight(chart):
    """A region that is not shown cannot be set off, nor one that there is not."""
    message = refused(chart, chart.sample(), ps.UnknownRegionError, highlight=["京", "Xizang"])
    assert "['Xizang'] have no value in the chart; those shown are ['CN-" in message
    refused(chart, chart.sample(), ps.UnknownRegionError, highlight="Atlantis")


def test_unknown_language(chart):
    """Other languages are refused."""
    message = refused(chart, chart.sample(), ps.SchemaError, lang="fr")
    assert "lang must be one of ['zh', 'en'] or None, got 'fr'" in message


def test_several_indicators(chart):
    """One chart is of one indicator; which there are is said."""
    other = chart.sample(indicator="little_giants", unit="count")
    message = refused(chart, pd.concat([chart.sample(), other]), ps.IncomparableError)
    assert "rd_intensity" in message
    assert "little_giants" in message


def test_no_frame(chart):
    """What is no frame is refused."""
    refused(chart, [1, 2, 3], ps.SchemaError)
    refused(chart, "no_such_indicator", ps.UnknownIndicatorError)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_provinces_in_a_tiny_figure(chart, layout):
    """Where not all can be read, what is left out is said; nothing is written over another."""
    figure = plt.figure(figsize=(2, 2), layout=layout)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        drawn = chart(chart.sample(31), ax=figure.subplots())
        assert_readable(drawn)
    assert all(warning.filename == __file__ or "drawings" in warning.filename for warning in caught)
    assert "31 provinces" in ps.plot.alt_text(drawn)
    close()


def test_alt_text_of_something_else():
    """Of axes that nobody has drawn in there is nothing to say."""
    with pytest.raises(ps.SchemaError, match=r"a function of ps\.plot returned are needed"):
        ps.plot.alt_text(mpl.figure.Figure().subplots())
