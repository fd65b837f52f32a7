"""Rankings: rows by rank, intervals, numbers and the nation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, dots, frame, named, names, shapes, title, words
from matplotlib.colors import same_color

import provstats as ps
from provstats.plot.parts import selections


@pytest.fixture
def growth():
    """Rates, with an implied national value."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


@pytest.fixture
def giants():
    """Return counts, one of them a bound, of which the nation is the sum."""
    return ps.series("little_giants", period="2024")


@pytest.fixture
def everywhere():
    """Every province and the nation."""
    values = np.random.default_rng(31).normal(3, 1, 31).round(1).clip(0.1)
    return frame([*values, 2.7], regions=[*MAINLAND, "CN"], width=0.1)


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.ranking(x, **{"lang": "en", **options})


# --- marks --------------------------------------------------------------------------------------


def test_rows_stand_by_rank(growth):
    """The first is on top, and every dot stands at its value."""
    ax = draw(growth)
    assert names(ax) == ["Shandong", "Chongqing", "Zhejiang", "Hainan", "Beijing"]
    assert dots(ax).tolist() == [[8.3, 0], [7.6, 1], [7.3, 2], [7.2, 3], [7.0, 4]]
    assert ax.yaxis_inverted()


def test_spindles_are_intervals(growth):
    """A spindle reaches from lower to upper, in its own row, around the value."""
    spindle = shapes(draw(growth), 2)[-1]
    assert (spindle[:, 0].min(), spindle[:, 0].max()) == (6.5, 7.5)
    assert spindle[:, 1].mean() == pytest.approx(4, abs=0.05)


def test_tiers_stand_apart():
    """A gap parts those who are surely ahead; the others stand one after the other."""
    rows = frame([10, 9, 8, 4]).assign(lower=[9.9, 8.4, 7.5, 4], upper=[10.1, 9.5, 8.6, 4])
    first, second, third, last = dots(draw(rows, tiers=True))[:, 1]
    assert first == 0
    assert third - second == pytest.approx(1)
    assert second - first == last - third > 1
    assert "Gaps part" in " ".join(words(draw(rows, tiers=True)))
    assert dots(draw(rows))[:, 1].tolist() == [0, 1, 2, 3]
    assert "Gaps part" not in " ".join(words(draw(rows)))


def test_the_least_certain_is_not_the_heaviest():
    """However long a spindle is, it carries no more ink than a shorter one in the same chart."""
    rows = frame([10, 9, 8, 7]).assign(lower=[9.8, 8.5, 7, 4], upper=[10.2, 9.5, 9, 10])
    ax = draw(rows)
    left, right = ax.get_xlim()
    thick = [np.ptp(shape[:, 1]) for shape in shapes(ax, 2)]
    assert thick == sorted(thick, reverse=True)
    assert thick[0] > thick[-1]
    assert right - left > 0


def test_values_and_ranks_are_printed(growth):
    """A rank is a range only where intervals overlap; 7% is not 7.0%."""
    labels = named(draw(growth), "number")
    assert labels[:5] == ["1", "2", "3–4", "3–5", "3–5"]
    assert labels[5:] == ["8.3%", "7.6%", "7.3%", "7.2%", "7%"]


def test_numbers_stand_at_the_decimal_point():
    """What is before the point ends at one place, whatever follows it."""
    ax = draw(frame([12.34, 5.6, 7], indicator="my own", unit="GW"))
    ax.figure.canvas.draw()
    ends = []
    for text in ax.texts:
        if text.get_gid() == "number" and "–" not in text.get_text() and "." in text.get_text():
            whole = text.get_text().partition(".")[0]
            box = text.get_window_extent()
            text.set_text(whole)
            ends.append(box.x0 + text.get_window_extent().width)
    assert np.ptp(ends) < 3


def test_bounds_are_printed(giants):
    """What was printed as "over 1,000" shows how far that may reach; exact counts do not."""
    labels = named(draw(giants), "number")
    assert {"1,000 (1,000–2,000)", "2,089", "35"} <= set(labels)


def test_highlight(growth):
    """A highlighted region, by any name, is bold and in the accent; all others keep their ink."""
    ax = draw(growth, highlight=["渝", "Beijing"])
    found = [text for text in ax.texts if text.get_gid() == "name"]
    bold = [text.get_text() for text in found if text.get_weight() == "bold"]
    assert bold == ["Chongqing", "Beijing"]
    inks = {text.get_text(): text.get_color() for text in found}
    assert same_color(inks["Chongqing"], ps.plot.palette["accent"])
    assert same_color(inks["Shandong"], ps.plot.palette["text"])


@pytest.mark.parametrize("highlight", ["Tibet", ["重庆", "Xizang"], "Atlantis"])
def test_unknown_highlight(growth, highlight):
    """A region that is not shown cannot be set off."""
    with pytest.raises(ps.UnknownRegionError):
        draw(growth, highlight=highlight)


# --- the nation ---------------------------------------------------------------------------------


def nation_line(ax):
    """Return where the nation's line stands, and the band of its range."""
    lines = [c for c in ax.collections if c.get_zorder() == 1.5]
    bands = shapes(ax, 0.55)
    return [line.get_segments()[0][0][0] for line in lines], bands


def test_implied_nation(growth):
    """The line stands at the value that provinces imply, with its range, and says so."""
    ax = draw(growth)
    (at,), (band,) = nation_line(ax)
    assert at == pytest.approx(5.8)
    assert [band[:, 0].min(), band[:, 0].max()] == pytest.approx([5.7, 5.9])
    assert named(ax, "nation") == ["China 5.8% (implied, 5.7–5.9)"]
    assert named(draw(growth, lang="zh"), "nation") == ["全国 5.8%（推算值，5.7–5.9）"]


def test_reported_nation(everywhere):
    """A reported national value is a line with a label, and no row."""
    ax = draw(everywhere)
    assert nation_line(ax)[0] == pytest.approx([2.7])
    assert named(ax, "nation") == ["China 2.7%"]
    assert len(names(ax)) == 31


def test_a_sum_is_no_line(giants):
    """Of what adds up to the nation there is no line, though the total is known."""
    assert nation_line(draw(giants)) == ([], [])
    total = ps.series("rd_expenditure", period=2023, vintage="nbs-rd-bulletin-2023")
    assert "CN" in set(total.data["region"])
    ax = draw(total)
    assert nation_line(ax) == ([], [])
    assert ax.get_xlim()[1] < 6e11


def test_contradicted_nation(growth, monkeypatch):
    """Reports that contradict one another on the nation give no line either."""

    def refuse(_, **__):
        msg = "reports contradict one another"
        raise ps.IncomparableError(msg)

    refuse.__name__ = "gap_to_national"
    monkeypatch.setattr(selections, "gap_to_national", refuse)
    assert nation_line(draw(growth)) == ([], [])


def test_scale_begins_where_the_data_do(giants):
    """Values that cannot be negative have no negative scale, and dots need no zero."""
    starts = [draw(data).get_xlim()[0] for data in (giants, frame([82.1, 80.3]), frame([-3.9, 1]))]
    assert starts[0] == 0
    assert 80 < starts[1] < 80.3
    assert starts[2] < -3.9


# --- words --------------------------------------------------------------------------------------


def test_title_names_a_certain_leader(growth):
    """Who is first is said of those with data; of all nothing needs to be said."""
    first = "Industrial value added grew fastest in Shandong, of 5 provinces with data"
    assert title(draw(growth)) == first
    assert title(draw(growth, lang="zh")) == "有数据的5个省份中，规上工业增加值增长最快的是山东"
    assert title(draw(frame(range(1, 32)))) == "Xinjiang has the highest R&D intensity"


@pytest.mark.parametrize(
    ("values", "indicator", "en", "zh"),
    [
        ([8, 8, 5], "rd_intensity", "Beijing and Tianjin have the highest R&D intensity",
         "研发强度最高的是北京、天津"),
        ([9, 9, 9, 5], "little_giants_new",
         "Beijing, Tianjin and Hebei added the most “little giants”",
         "新增专精特新“小巨人”企业最多的是北京、天津、河北"),
        ([9, 5], "little_giants", "Beijing has the most “little giants”",
         "专精特新“小巨人”企业最多的是北京"),
        ([1, 1, 5, 4], "energy_intensity", "Beijing and Tianjin have the lowest energy ",
         "最低的是北京、天津"),
        ([-1, -3], "rd_expenditure_growth", "Beijing has the highest growth of R&D spending",
         "研发经费增速最高的是北京"),
    ],
)  # fmt: skip
def test_title_names_a_certain_group(values, indicator, en, zh):
    """Where the first is not certain, the first two or three may be as a group."""
    data = frame(values, indicator=indicator, unit="")
    assert title(draw(data)).startswith(en)
    assert title(draw(data)).endswith(f", of {len(values)} provinces with data")
    assert zh in title(draw(data, lang="zh"))


@pytest.mark.parametrize(
    "data",
    [
        frame([8.3, 7.1], nature="forecast"),
        frame([8.3, 8.2], width=0.2),
        frame([8.3, 8.3]),
    ],
    ids=["forecast", "overlap", "tie"],
)
def test_title_claims_no_more_than_is_known(data):
    """Where another may be first too, the title names the indicator."""
    assert title(draw(data)) == "Ratio of R&D expenditure to GDP"


def test_title_of_an_own_indicator():
    """What the catalogue does not know goes by its id."""
    assert title(draw(frame([8, 7], indicator="robots"))).startswith(
        "Beijing has the highest robots"
    )


def test_subtitle_and_footer(growth):
    """Indicator, unit, period and how many stand above, notes and document below."""
    said = " ".join(words(draw(growth))).replace(" · ", " ")
    name = growth.indicator.name_en
    assert f"{name}, % January–November 2024 5 of 31 provinces" in said
    assert "Spindles: the range that each printed figure allows Source: Work of ten" in said


def test_chinese_words(growth):
    """In Chinese all words are Chinese, the title of the document too."""
    ax = draw(growth, lang="zh")
    assert names(ax) == ["山东", "重庆", "浙江", "海南", "北京"]
    assert named(ax, "head") == ["位次", "数值"]
    (subtitle,) = named(ax, "subtitle")
    lead = f"{growth.indicator.name_zh}，% · 2024年1—11月 · 31个省份中的5个"
    assert subtitle.replace("\n", " · ") == lead
    (source,) = named(ax, "source")
    end = "资料来源：十省市工业和信息化主管部门2024年工作总结和2025年工作思路"
    assert source.replace("\n", "").endswith(end)


@pytest.mark.parametrize(
    ("label", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2021/2024", "2021—2024年", "2021–2024"),
        ("2024-H2", "2024年下半年", "second half of 2024"),
        ("2024-Q1", "2024年一季度", "Q1 2024"),
        ("2024-11", "2024年11月", "November 2024"),
        ("2024-01/2024-11", "2024年1—11月", "January–November 2024"),
        ("2023-11/2024-02", "2023年11月—2024年2月", "November 2023–February 2024"),
    ],
)
def test_period_words(label, zh, en):
    """Every kind of period has its words."""
    data = frame([1.0, 2.0], period=label)
    assert f"{zh} · 31个省份中的2个" in named(draw(data, lang="zh"), "subtitle")[0]
    assert f"{en} · 2 of 31 provinces" in named(draw(data), "subtitle")[0].replace("\n", " · ")


def test_forecasts_say_so():
    """A chart of forecasts or targets is not taken for one of outcomes."""
    for nature in ("forecast", "target"):
        assert f" · {nature} · " in named(draw(frame([1.0, 2.0], nature=nature)), "subtitle")[0]


@pytest.mark.parametrize(
    ("ids", "lang", "said"),
    [
        ([2018, 2019, 2020], "zh", "2018—2020年全国科技经费投入统计公报"),
        ([2018, 2020], "zh", "2018、2020年全国科技经费投入统计公报"),
        (
            [2018, 2018],
            "en",
            "Communiqué on National Expenditures on Science and Technology in 2018",
        ),
    ],
)
def test_documents_of_several_years(ids, lang, said):
    """Documents that differ only in the year are named once."""
    own = [f"nbs-rd-bulletin-{year}" for year in ids]
    ax = draw(frame([3.0, 2.0, 1.0][: len(own)], source=own), lang=lang)
    assert named(ax, "source")[0].replace("\n", "" if lang == "zh" else " ").endswith(said)


def test_own_sources():
    """A frame's own sources are named as they are, missing ones are not."""
    data = frame([3.0, 2.0, 1.0], source=["Yearbook", None, ""])
    assert named(draw(data), "source") == ["Source: Yearbook"]
    assert named(draw(data.drop(columns="source")), "source") == []


# --- which period -------------------------------------------------------------------------------


def test_several_periods_of_a_frame():
    """A frame is the caller's own choice: none of its periods is chosen."""
    with pytest.raises(ps.IncomparableError) as caught:
        draw(ps.series("rd_intensity", period=[2022, 2023]).data)
    message = str(caught.value)
    assert "rd_intensity 2022, rd_intensity 2023;" in message
    assert "ps.series('rd_intensity', period='2023')" in message


@pytest.mark.parametrize("chart", [ps.plot.ranking, ps.plot.gap, ps.plot.tilemap])
def test_several_periods_of_an_indicator(chart):
    """Of an id the latest of the fullest periods is drawn, with the nation's value of that one."""
    said = ps.plot.alt_text(chart("rd_intensity", lang="en"))
    last = max(ps.series("rd_intensity", regions="京").periods)
    assert f"{last}, the latest of its " in said
    assert "31 provinces" in said
    national = ps.series("rd_intensity", regions="CN", period=last).data["value"].item()
    assert f"China {national}%" in said


def test_the_fullest_period_comes_first():
    """A later period of fewer provinces gives way."""
    rows = pd.concat([frame([3, 2, 1], period="2022"), frame([2, 5], period="2023")])
    rows = rows.assign(nature="outcome").reset_index(drop=True)
    series = ps.IndicatorSeries(ps.indicator("rd_intensity"), rows)
    assert names(draw(series)) == ["Beijing", "Tianjin", "Hebei"]


def test_many_groups_are_counted():
    """Of very many the first are named, and all are counted."""
    with pytest.raises(ps.IncomparableError, match=r"got \d{3,}: (\w+ \S+, ){8}\.\.\.; choose one"):
        draw(ps.load())


def test_several_indicators():
    """Two indicators have no rank in common."""
    both = [frame([1.0, 2.0]), frame([5.0, 6.0], indicator="little_giants", unit="count")]
    with pytest.raises(ps.IncomparableError, match="rd_intensity 2024, little_giants 2024"):
        draw(pd.concat(both))


# --- units and styles ---------------------------------------------------------------------------


def test_units_that_readers_know():
    """Amounts are in 亿元 or billions by default, and in what is asked for."""
    total = ps.series("rd_expenditure", period=2023, vintage="nbs-rd-bulletin-2023")
    assert "4,802.6" in named(draw(total, lang="zh"), "number")
    assert "亿元" in named(draw(total, lang="zh"), "subtitle")[0]
    assert "480.26" in named(draw(total), "number")
    assert "0.48026" in named(draw(total, lang="zh", unit="万亿元"), "number")
    with pytest.raises(ps.SchemaError, match=r"unit must be one of .*'亿元'.*, got '斤'"):
        draw(total, lang="zh", unit="斤")


def test_house_style(growth):
    """Colours and fonts may be the caller's own; what is no colour of ours is refused."""
    ax = draw(growth, style={"mark": "#B00020", "font": "DejaVu Serif"})
    marks = next(c for c in ax.collections if c.get_zorder() == 3)
    assert same_color(marks.get_facecolor()[0], "#B00020")
    assert {text.get_fontfamily()[0] for text in ax.texts} == {"DejaVu Serif"}
    with pytest.raises(ps.SchemaError, match="got 'acent'; did you mean 'accent'"):
        draw(growth, style={"acent": "red"})


@pytest.mark.parametrize("width", [0.5, "7", True, float("nan")])
def test_no_width(growth, width):
    """Widths are inches."""
    with pytest.raises(ps.SchemaError, match="width must be inches"):
        draw(growth, width=width)


# --- layout -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [3.3, 5.0, 7.2])
def test_every_width_is_readable(everywhere, growth, giants, lang, width):
    """From the column of a paper to a page, in both languages."""
    for data in (everywhere, growth, giants):
        ax = draw(data, lang=lang, width=width, highlight=["京"])
        assert_readable(ax)
        assert ax.figure.get_figwidth() == pytest.approx(width)


def test_words_begin_with_the_names(growth):
    """Title, subtitle, names and footer share one left edge."""
    ax = draw(growth)
    ax.figure.canvas.draw()
    flush = [
        ax._left_title,
        *(t for t in ax.texts if t.get_gid() in {"subtitle", "name", "source"}),
    ]
    starts = [text.get_window_extent().x0 for text in flush]
    assert np.ptp(starts) < 3


def test_own_figure_is_as_high_as_its_rows(growth, everywhere):
    """More rows, a higher figure."""
    assert draw(everywhere).figure.get_figheight() > 2 * draw(growth).figure.get_figheight()


def test_one_region():
    """A chart of one region is still a chart."""
    ax = draw(frame([0.0]))
    assert names(ax) == ["Beijing"]
    assert_readable(ax)
