"""Multiples: a panel a province, where it belongs, all on the same scale."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from drawings import CHARTS, words
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts.tiles import TILES
from provstats.store.regions import provinces


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.panels(x, **{"lang": "en", **options})


def panels(figure):
    """Return the panels by name; the first axes are the place that they share."""
    return {ax.texts[0].get_text(): ax for ax in figure.axes[1:]}


@pytest.fixture(scope="module")
def intensity():
    """Six years of all provinces and the nation."""
    return ps.series("rd_intensity", period=[*range(2018, 2024)])


@pytest.fixture(scope="module")
def drawn(intensity):
    """All provinces, as in a map."""
    place = mpl.figure.Figure(figsize=(7.2, 10), layout="constrained").subplots()
    return panels(draw(intensity, ax=place, highlight="皖"))


def test_every_province_has_a_panel(drawn, intensity):
    """Each shows its own line and no less."""
    wide = intensity.to_wide()
    assert len(drawn) == 31
    for name, ax in drawn.items():
        own = next(line for line in ax.lines if line.get_linestyle() == "-")
        assert own.get_ydata().tolist() == wide.loc[ps.region(name).code].to_list()


def test_others_stand_behind(drawn):
    """The lines of the 30 others are grey, behind the own and the nation's."""
    ax = drawn["Anhui"]
    (others,) = (c for c in ax.collections if len(c.get_paths()) == 30)
    assert others.get_zorder() < min(line.get_zorder() for line in ax.lines)


def test_scales_are_shared(drawn):
    """One look compares any two."""
    assert len({(*ax.get_xlim(), *ax.get_ylim()) for ax in drawn.values()}) == 1


def test_places_are_those_of_a_map(drawn):
    """North is above south, and west left of east."""

    def corner(name):
        box = drawn[name].get_position()
        return box.x0, box.y0

    assert corner("Heilongjiang")[1] > corner("Jilin")[1] > corner("Liaoning")[1]
    assert (
        corner("Xinjiang")[0] < corner("Gansu")[0] < corner("Shandong")[0] < corner("Shanghai")[0]
    )
    assert corner("Hainan")[1] == min(corner(name)[1] for name in drawn)


def test_highlight(drawn):
    """What is highlighted has the accent, the others do not."""
    inks = {name: ax.lines[0].get_color() for name, ax in drawn.items()}
    assert [name for name, ink in inks.items() if same_color(ink, "#12436D")] == ["Anhui"]


def test_order_by_value(intensity):
    """Sorted, the panels run from the highest last value row by row."""
    figure = draw(intensity, order="value", ax=mpl.figure.Figure(figsize=(9, 7)).subplots())
    assert list(panels(figure))[:4] == ["Beijing", "Shanghai", "Tianjin", "Guangdong"]
    tops = [ax.get_position().y1 for ax in figure.axes[1:]]
    assert tops == sorted(tops, reverse=True)


def test_a_few_are_sorted():
    """A few provinces make no map."""
    chart = CHARTS["panels"]
    figure = chart(chart.sample(4))
    by_value = chart.sample(4).query("period == '2023' and region != 'CN'").sort_values("value")
    names = [ps.region(code).name_en for code in by_value["region"][::-1]]
    assert list(panels(figure)) == names


def test_unknown_order(intensity):
    """Other orders are refused."""
    with pytest.raises(
        ps.SchemaError, match=r"order must be one of \['map', 'value'\], got 'size'"
    ):
        draw(intensity, order="size")


def test_nation_is_told():
    """The dashed line is said to be the nation; without one nothing is said."""
    few = ps.series("rd_intensity", regions=["京", "冀", "CN"], period=[2022, 2023])
    assert "Dashed: China" in " ".join(words(draw(few)))
    alone = few.data.query("region != 'CN'")
    assert "Dashed" not in " ".join(words(draw(alone)))


def test_panels_follow_the_layout():
    """Where a layout moves the place, the panels go with it."""
    figure = mpl.figure.Figure(figsize=(10, 5), layout="constrained")
    left, right = figure.subplots(1, 2)
    CHARTS["panels"](ax=right)
    left.set_ylabel("wide\n" * 8)
    figure.canvas.draw()
    frame = right.get_window_extent().padded(1)
    boxes = [ax.get_window_extent() for ax in figure.axes[2:]]
    assert all(frame.x0 <= box.x0 < box.x1 <= frame.x1 for box in boxes)
    assert all(frame.y0 <= box.y0 < box.y1 <= frame.y1 for box in boxes)


def test_tiles_are_the_provinces():
    """All 34 have a tile of their own."""
    assert set(TILES) == provinces()
    assert len(set(TILES.values())) == 34
