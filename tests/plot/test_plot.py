"""Charts: what stands where, in which words and inks; artists are looked at, not pixels."""

from __future__ import annotations

import warnings
from itertools import product

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawings import MAINLAND, assert_readable, frame, names, texts
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import same_color, to_rgba

import provstats as ps
from provstats.plot.parts import findings, selections
from provstats.words import fonts, languages

ACCENT, NATION = "#12436D", "#F46A25"


@pytest.fixture
def growth():
    """Rates, with an implied national value."""
    return ps.series("industrial_value_added_growth", period="2024-01/2024-11")


@pytest.fixture
def giants():
    """Return counts, one of them a bound, without a benchmark."""
    return ps.series("little_giants", period="2024")


@pytest.fixture
def all_provinces():
    """Every province and the nation."""
    values = np.random.default_rng(31).normal(3, 1, 31).round(1).clip(0.1)
    data = frame([*values, 2.7], regions=[*MAINLAND, "CN"])
    return data.assign(lower=data["value"] - 0.05, upper=data["value"] + 0.05)


@pytest.fixture
def money():
    """Amounts with intervals of several kinds."""
    trillions = [0.34, 1.2, 2, 4.3]
    return frame(
        np.multiply(trillions, 1e12),
        indicator="software_revenue",
        unit="CNY",
        lower=np.multiply([0.34, 1.15, 2, 4.2], 1e12),
        upper=np.multiply([0.35, 1.25, 3, 4.4], 1e12),
        qualifier=["over", "exact", "over", "about"],
    )


def draw(x, **options):
    """Draw in English, unless told otherwise."""
    return ps.plot.ranking(x, **{"lang": "en", **options})


def written(ax):
    """Return the texts beside title and ticks, in the order of drawing."""
    return [text.get_text() for text in ax.texts]


def dots(ax):
    """Return the collection of dots."""
    return next(c for c in ax.collections if len(c.get_offsets()) == len(ax.get_yticks()))


def bars(ax):
    """Return the collection of intervals."""
    return next(c for c in ax.collections if hasattr(c, "get_segments"))


# --- the marks ----------------------------------------------------------------------------------


def test_rows_stand_by_rank(growth):
    """The first is on top, and every dot stands at its value."""
    ax = draw(growth)
    assert names(ax) == ["Shandong", "Chongqing", "Zhejiang", "Hainan", "Beijing"]
    assert dots(ax).get_offsets().tolist() == [[8.3, 0], [7.6, 1], [7.3, 2], [7.2, 3], [7.0, 4]]
    assert ax.yaxis_inverted()


def test_bars_are_intervals(growth):
    """A bar reaches from lower to upper, in its own row."""
    segments = bars(draw(growth)).get_segments()
    assert segments[-1].tolist() == [[6.5, 4], [7.5, 4]]
    assert segments[0].tolist() == [[8.25, 0], [8.35, 0]]


def test_values_and_ranks_are_printed(growth):
    """A rank is a range only where intervals overlap; 7% is not 7.0%."""
    labels = written(draw(growth))
    assert labels[1:6] == ["1", "2", "3–4", "3–5", "3–5"]
    assert labels[6:11] == ["8.3%", "7.6%", "7.3%", "7.2%", "7%"]


def test_bounds_are_printed(giants):
    """What was printed as "over 1,000" shows how far that may reach; exact counts do not."""
    labels = written(draw(giants))
    assert {"1,000 (1,000 to 2,000)", "2,089", "35"} <= set(labels)


@pytest.mark.parametrize(
    ("value", "width", "printed"),
    [
        (8.3, 0.1, "8.3%"), (7, 1, "7%"), (7, 0.1, "7.0%"), (-3.9, 0.1, "−3.9%"), (-0.0, 0, "0%"),
        (-0.00001, 0.1, "−0.00001%"), (12345, 0, "12,345%"), (78.333333, 0, "78.33%"),
    ],
)  # fmt: skip
def test_numbers(value, width, printed):
    """Digits are those of the figure, signs are true signs, and zero has none."""
    assert printed in written(draw(frame([value], width=width)))


def test_digits_are_alike():
    """Values whose intervals do not come from rounding share their digits."""
    assert {"76.0%", "75.8%"} <= set(written(draw(frame([76, 75.8], width=0.33))))


def test_amounts(money):
    """Amounts are in trillions or billions, and ticks in the same."""
    ax = draw(money)
    printed = {"CNY 4.3 trn (4.2 to 4.4)", "CNY 2 trn (2 to 3)", "CNY 1.2 trn"}
    assert printed <= set(written(ax))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "2", "3", "4"]
    assert "CNY 34.82 bn" in written(draw(money.assign(value=3.482e10, lower=3.48e10, upper=None)))


def test_chinese_amounts(money):
    """In Chinese amounts are in 万亿元 or 亿元, other units follow their number."""
    assert "4.3万亿元 (4.2至4.4)" in written(draw(money, lang="zh"))
    few = frame([3.482e11, 5e8], indicator="software_revenue", unit="CNY")
    assert {"3,482亿元", "5亿元"} <= set(written(draw(few, lang="zh")))
    assert "3 GW" in written(draw(frame([3], unit="GW"), lang="zh"))
    assert "1.8个百分点" in written(draw(frame([1.8], unit="percentage_point"), lang="zh"))


def test_highlight(growth):
    """A highlighted region, by any name, has the one accent; all others are grey."""
    ax = draw(growth, highlight=["渝", "Beijing"])
    inks = [same_color(color, ACCENT) for color in dots(ax).get_facecolors()]
    assert inks == [same_color(bar[:3], to_rgba(ACCENT)[:3]) for bar in bars(ax).get_colors()]
    assert inks == [label.get_color() == ACCENT for label in ax.get_yticklabels()]
    assert inks == [False, True, False, False, True]


def test_highlight_may_be_one_name(growth):
    """One name is one region, not its characters."""
    assert (
        sum(
            label.get_color() == ACCENT
            for label in draw(growth, highlight="重庆").get_yticklabels()
        )
        == 1
    )


@pytest.mark.parametrize("highlight", ["Tibet", ["重庆", "Xizang"], "Atlantis"])
def test_unknown_highlight(growth, highlight):
    """A region that is not shown cannot be set off."""
    with pytest.raises(ps.UnknownRegionError):
        draw(growth, highlight=highlight)


def test_unknown_highlight_is_named(growth):
    """The message says which regions have no value, and which are shown."""
    with pytest.raises(
        ps.UnknownRegionError, match=r"\['Xizang'\] have no value.*'CN-SD', 'CN-CQ'"
    ):
        draw(growth, highlight=["重庆", "Xizang"])


def test_implied_nation(growth):
    """The dashed line stands at the value that provinces imply, and says so."""
    ax = draw(growth)
    (line,) = ax.lines
    assert line.get_xdata() == [5.8, 5.8]
    assert line.get_linestyle() == "--"
    assert same_color(line.get_color(), NATION)
    assert "China 5.8% (implied)" in written(ax)


def test_reported_nation(all_provinces):
    """A reported national value is drawn and labelled as such, and is no row."""
    ax = draw(all_provinces)
    assert ax.lines[0].get_xdata() == [2.7, 2.7]
    assert "China 2.7% (reported)" in written(ax)
    assert len(ax.get_yticks()) == 31


def test_no_nation(giants):
    """Without a benchmark there is no line."""
    assert not draw(giants).lines


def test_contradicted_nation(growth, monkeypatch):
    """Reports that contradict one another on the nation give no line either."""

    def refuse(_):
        msg = "reports contradict one another"
        raise ps.IncomparableError(msg)

    monkeypatch.setattr(selections, "gap_to_national", refuse)
    assert not draw(growth).lines


def test_scale_stays_positive(giants):
    """Values that cannot be negative have no negative scale, and dots need no zero."""
    starts = [
        draw(data).spines["bottom"].get_bounds()[0]
        for data in (giants, frame([82.1, 80.3]), frame([-3.9, 1.2]))
    ]
    assert starts[0] == 0
    assert 80 < starts[1] < 80.3
    assert starts[2] < -3.9


# --- the words ----------------------------------------------------------------------------------


def test_title_names_a_certain_leader(growth):
    """Who leads is said of those that report."""
    assert draw(growth).get_title(loc="left") == "Shandong leads the 5 provinces shown"
    assert draw(frame(range(31))).get_title(loc="left") == "Xinjiang leads, Beijing is last"


@pytest.mark.parametrize(
    ("values", "indicator", "en", "zh"),
    [
        ([8, 8, 5], "rd_intensity", "Beijing and Tianjin are the top two", "北京、天津居前两位"),
        ([9, 9, 9, 5], "little_giants_new", "Beijing, Tianjin and Hebei are the top three",
         "北京、天津、河北新增数居前三位"),
        ([1, 1, 5, 4], "energy_intensity", "Beijing and Tianjin are the lowest two",
         "北京、天津最低"),
    ],
)  # fmt: skip
def test_title_names_a_certain_group(values, indicator, en, zh):
    """Where the first is not certain, the first two or three may be as a group."""
    data, n = frame(values, indicator=indicator), len(values)
    last = "" if indicator != "energy_intensity" else ", Hebei is highest"
    title = draw(data).get_title(loc="left").replace("\n", " ")
    assert title == f"{en} of the {n} provinces shown{last}"
    assert draw(data, lang="zh").get_title(loc="left").startswith(f"所列{n}个省份中{zh}")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_cuts_are_those_that_every_pair_allows(rows):
    """A cut is certain if each before it is above each behind it, whatever the true values are."""
    rows.sort(reverse=True)
    lower, upper = ([v + sign * w for v, *ws in rows for w in [ws[place]]]
                    for place, sign in enumerate((-1, 1)))  # fmt: skip
    certain = [
        k
        for k in range(1, len(rows))
        if all(low > high for low, high in product(lower[:k], upper[k:]))
    ]
    assert findings.certain_cuts(lower, upper) == certain


@pytest.mark.parametrize(
    "data",
    [
        frame([8.3, 7.1], nature="forecast"),
        frame([8.3, 8.2], width=0.2),
        frame([8.3, 8.3]),
        frame([8.3]),
        frame([8.3, 7.1], indicator="robots per head"),
        frame([8.3, 7.1], indicator="future_industry_fields"),
    ],
    ids=["forecast", "overlap", "tie", "alone", "unknown", "neutral"],
)
def test_title_claims_no_more_than_is_known(data):
    """Where another may be first too, or more is not better, the title names the indicator."""
    id_ = data["indicator"].iloc[0]
    title = draw(data).get_title(loc="left")
    assert title == ("robots per head" if " " in id_ else ps.indicator(id_).name_en)


def test_leader_of_a_lower_is_better():
    """The leader is the first by rank, which may be the lowest."""
    title = draw(frame([8.3, 7.1], indicator="energy_intensity", unit="tce")).get_title(loc="left")
    assert title == "Tianjin is lowest of the 2 provinces shown"
    three = frame([8.3, 7.1, 7.3], indicator="energy_intensity", unit="tce")
    title = draw(three).get_title(loc="left")
    assert title == "Tianjin is lowest of the 3 provinces shown, Beijing is highest"


def test_subtitle_and_footer(growth):
    """Indicator, unit, period and who reports stand above, the document below."""
    labels = [label.replace("\n", " ").replace(" · ", " ") for label in written(draw(growth))]
    name = growth.indicator.name_en
    assert f"{name} (%) January–November 2024 5 of 31 provinces" in labels
    assert any(label.startswith("Bars: range of each value Source: ") for label in labels)


def test_chinese_words(growth):
    """In Chinese all words are Chinese, the title of the document too."""
    ax = draw(growth, lang="zh")
    assert ax.get_title(loc="left") == "所列5个省份中山东增速居首"
    assert names(ax) == ["山东", "重庆", "浙江", "海南", "北京"]
    words = [label.replace("\n", "") for label in written(ax)]
    assert {"位次", "全国 5.8% (推算值)"} <= set(words)
    assert f"{growth.indicator.name_zh} (%)，2024年1—11月，31个省份中的5个" in words
    assert words[-1].endswith("资料来源：十省市工业和信息化主管部门2024年工作总结和2025年工作思路")


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
    data = frame([1.0], period=label)
    assert f"%，{zh}，31个省份中的1个" in written(draw(data, lang="zh"))
    assert f"% · {en} · 1 of 31 provinces" in written(draw(data))


def test_forecasts_say_so():
    """A chart of forecasts or targets is not taken for one of outcomes."""
    assert any("· forecast ·" in text for text in written(draw(frame([1.0], nature="forecast"))))
    assert any("· target ·" in text for text in written(draw(frame([1.0], nature="target"))))


def test_given_words(growth):
    """The caller's own words stand, dollar signs and all; an empty one is none."""
    ax = draw(growth, title="$5 against $6", subtitle="", source="my own")
    assert ax.get_title(loc="left") == "$5 against $6"
    assert written(ax)[-1] == "Bars: range of each value · Source: my own"
    assert not any("of 31 provinces" in text for text in written(ax))
    assert not any(text.get_parse_math() for text in texts(ax))


@pytest.mark.parametrize(
    ("ids", "lang", "named"),
    [
        ([2018, 2019, 2020], "zh", "2018—2020年全国科技经费投入统计公报"),
        ([2018, 2020], "zh", "2018、2020年全国科技经费投入统计公报"),
        ([2018], "en", "Communiqué on National Expenditures on Science and Technology in 2018"),
    ],
)
def test_documents_of_several_years(ids, lang, named):
    """Documents that differ only in the year are named once."""
    own = [f"nbs-rd-bulletin-{year}" for year in ids]
    footer = written(draw(frame([3.0, 2.0, 1.0][: len(own)], source=own), lang=lang))[-1]
    assert footer.replace("\n", " " if lang == "en" else "").endswith(named)


def test_own_sources():
    """A frame's own sources are named as they are, missing ones are not."""
    data = frame([3.0, 2.0, 1.0], source=["Yearbook", None, ""])
    assert written(draw(data))[-1] == "Source: Yearbook"
    assert written(draw(data.drop(columns="source")))[-1] != "Source: Yearbook"


# --- language and fonts -------------------------------------------------------------------------


@pytest.mark.usefixtures("no_chinese")
def test_chinese_without_a_font(growth):
    """Without a font there is one warning and an English chart, without a Chinese character."""
    with pytest.warns(UserWarning, match="no font with Chinese characters") as caught:
        ax = draw(growth, lang="zh", title="山东", highlight="重庆")
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert ax.get_title(loc="left") == "Shandong leads the 5 provinces shown"
    assert all(ord(c) < 0x2E80 for text in texts(ax) for c in text.get_text())
    ax.figure.canvas.draw()


@pytest.mark.usefixtures("no_chinese")
def test_english_needs_no_chinese_font(growth):
    """English charts name a Chinese document by its English title."""
    footer = written(draw(growth))[-1].replace("\n", " ")
    assert footer.endswith(" and plans for 2025 (China Electronics News)")


@pytest.mark.usefixtures("no_chinese")
def test_frame_with_chinese_words_without_a_font():
    """Chinese words of a frame are left out with a warning, not drawn as boxes."""
    with pytest.warns(UserWarning, match="no font has a glyph for 城 .*, 鉴"):
        ax = draw(frame([3.0, 2.0], indicator="城镇化率", unit="个", source="统计年鉴"))
    assert {"3", "2"} <= set(written(ax))
    assert all(text.get_text().isascii() or "·" in text.get_text() for text in texts(ax))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_text_has_its_fonts(growth, lang):
    """No text relies on the global font; Chinese fonts go first in Chinese only."""
    found = {tuple(text.get_fontfamily()) for text in texts(draw(growth, lang=lang))}
    own, chinese = mpl.rcParams["font.family"], fonts.chinese_families()
    assert found == {tuple([*chinese, *own] if lang == "zh" else [*own, *chinese])}


def test_rare_characters(growth, monkeypatch):
    """What no font can draw is left out with a warning that names it; the rest stands."""
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    with pytest.warns(UserWarning, match=r"no font has a glyph for 𰻞 \(U\+30EDE\);") as caught:
        ax = draw(growth, lang="zh", title="𰻞与山东", subtitle="鄠邑、浉河", source="统计年鉴")
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert ax.get_title(loc="left") == "所列5个省份中山东增速居首"
    assert {"鄠邑、浉河", "横线为取值区间。资料来源：统计年鉴"} <= set(written(ax))
    ax.figure.canvas.draw()


def test_words_written_later(growth):
    """A title and axis labels that the caller sets later may be Chinese, in English charts too."""
    ax = draw(growth)
    ax.set_title("中文")
    ax.set(xlabel="同比增速", ylabel="省份", xticks=[7, 8], xticklabels=["七", "八"])
    ax.figure.canvas.draw()


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ("zh_CN", "山东"),
        ("Chinese (Simplified)_China", "山东"),
        ("de_DE", "Shandong"),
        (None, "Shandong"),
    ],
)
def test_language_of_the_locale(growth, monkeypatch, own, first):
    """By default a Chinese locale has Chinese charts."""
    monkeypatch.setattr(languages.locale, "getlocale", lambda: (own, "UTF-8"))
    assert names(draw(growth, lang=None))[0] == first


def test_language_chosen(growth, monkeypatch):
    """One setting changes the default; what a call asks for stands above it, the locale below."""
    monkeypatch.setattr(languages.locale, "getlocale", lambda: ("de_DE", "UTF-8"))
    ps.set_language("zh")
    assert names(draw(growth, lang=None))[0] == "山东"
    assert names(draw(growth, lang="en"))[0] == "Shandong"
    ps.set_language(None)
    assert names(draw(growth, lang=None))[0] == "Shandong"


def test_language_chosen_must_be_known():
    """A language that is not known is refused, and the setting stays."""
    with pytest.raises(ps.SchemaError, match=r"\['zh', 'en'\] or None, got 'fr'"):
        ps.set_language("fr")
    assert languages._chosen is None


def test_unknown_language(growth):
    """Other languages are refused."""
    with pytest.raises(ps.SchemaError, match=r"\['zh', 'en'\] or None, got 'fr'"):
        draw(growth, lang="fr")


# --- what is refused ----------------------------------------------------------------------------


def test_several_periods():
    """None of several periods is chosen silently, for an id either."""
    with pytest.raises(ps.IncomparableError) as caught:
        draw("technical_upgrade_investment_growth")
    message = str(caught.value)
    assert "growth 2024-01/2024-11, technical_upgrade_investment_growth 2024;" in message
    assert "ps.series('technical_upgrade_investment_growth', period='2024-01/2024-11')" in message


def test_several_indicators():
    """Two indicators have no rank in common."""
    with pytest.raises(ps.IncomparableError, match="rd_intensity 2024, little_giants 2024"):
        draw(pd.concat([frame([1.0]), frame([5.0], indicator="little_giants", unit="count")]))


def test_refusals_leave_no_figure(growth):
    """What is refused draws nothing."""
    with pytest.raises(ps.UnknownRegionError):
        draw(growth, highlight="Xizang")
    assert not plt.get_fignums()


# --- manners ------------------------------------------------------------------------------------


def test_axes_given_are_axes_returned(growth):
    """Only these axes are drawn in, and pyplot's state is left alone."""
    figure = mpl.figure.Figure()
    left, right = figure.subplots(1, 2)
    assert draw(growth, ax=left) is left
    assert not plt.get_fignums()
    assert not right.texts
    assert not right.collections


def test_one_figure_is_made(growth, all_provinces):
    """Without axes there is one new figure, as high as its rows need."""
    small, large = draw(growth).figure, draw(all_provinces).figure
    assert plt.get_fignums() == [small.number, large.number]
    assert large.get_figheight() > 2 * small.get_figheight()


def test_nothing_global_changes(growth):
    """Neither rcParams nor the caller's frame are touched."""
    data = growth.data.sample(frac=1, random_state=1)
    before, copy = dict(mpl.rcParams), data.copy()
    draw(data)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(data, copy)


def test_repeated_index():
    """A frame's index has no part in the chart."""
    data = frame([1.0, 3.0, 2.0]).set_axis([0, 0, 0])
    assert names(draw(data)) == ["Tianjin", "Hebei", "Beijing"]


def test_dark_style(growth):
    """Inks are seen on a dark ground."""
    with plt.style.context("dark_background"):
        ax = draw(growth, highlight="重庆")
        inks = [np.mean(to_rgba(text.get_color())[:3]) for text in texts(ax)]
    assert min(inks) > 0.45


# --- layout -------------------------------------------------------------------------------------

SHAPES = ["growth", "giants", "all_provinces", "money"]


@pytest.mark.parametrize("chart", SHAPES)
def test_own_figure_is_readable(request, chart):
    """From five rows to thirty-one."""
    assert_readable(draw(request.getfixturevalue(chart)))


@pytest.mark.parametrize("chart", ["growth", "giants", "money"])
@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
def test_given_axes_are_readable(request, chart, layout):
    """Axes of a plain figure are shrunk as far as their texts need."""
    _, ax = plt.subplots(layout=layout)
    assert_readable(draw(request.getfixturevalue(chart), ax=ax))


def test_subfigures_are_readable(growth):
    """Axes may stand in a part of a figure."""
    parts = plt.figure(figsize=(12, 4)).subfigures(1, 2)
    assert_readable(draw(growth, ax=parts[1].subplots()))


def test_chinese_figure_is_readable(all_provinces):
    """Chinese words take no less room."""
    assert_readable(draw(all_provinces, lang="zh", highlight="沪"))


def test_long_words_are_wrapped(growth):
    """Long texts break into lines, those without blanks too."""
    assert_readable(draw(growth, title="word " * 40, subtitle="w" * 300, source="s" * 200))


def test_words_begin_with_the_names(growth):
    """Title, subtitle and footer stand flush with the longest name."""
    ax = draw(growth)
    ax.figure.canvas.draw()
    name = min(label.get_window_extent().x0 for label in ax.get_yticklabels())
    flush = [ax.title, ax._left_title, *ax.texts[-2:]]
    starts = [text.get_window_extent().x0 for text in flush if text.get_text()]
    assert starts == pytest.approx([name] * 3, abs=2)


def test_columns_have_room_of_their_own(all_provinces):
    """No dot or bar reaches into the columns of values and ranks."""
    ax = draw(all_provinces)
    ax.figure.canvas.draw()
    column = min(text.get_window_extent().x0 for text in ax.texts[1:63])
    marks = ax.transData.transform(np.concatenate(bars(ax).get_segments()))[:, 0]
    assert marks.max() < column


def test_one_region():
    """A chart of one region is still a chart."""
    ax = draw(frame([0.0]))
    assert names(ax) == ["Beijing"]
    assert_readable(ax)


def test_no_warning_without_a_reason(growth):
    """An ordinary chart is silent."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw(growth).figure.canvas.draw()
