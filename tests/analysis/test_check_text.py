"""Texts against the data: wordings in both languages, seeded errors, true sentences, bad input."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from provstats import SchemaError, check_text, load, regions
from provstats.indicators import look_up_indicator, split_id
from provstats.words.languages import Language
from provstats.words.numbers import choose_scale

TELLS = ["text", "verdict"]


def verdicts(text, **options):
    """Return the verdict on each figure."""
    return check_text(text, **options)["verdict"].to_list()


# --- wordings -------------------------------------------------------------------------------------

WORDINGS = {
    "2023年，北京研发强度为6.73%。": ["supported"],
    "2023年，北京研发强度约为6.7%": ["supported"],
    "2023年北京市研究与试验发展经费投入强度超过6%。": ["supported"],
    "2023年北京研发强度不足6%。": ["contradicted"],
    "2023年北京研发强度为6.732%。": ["unknown"],
    "北京研发强度为6.73%。": ["unknown"],
    "2023年研发强度为6.73%。": ["unknown"],
    "2023年北京为6.73%。": ["unknown"],
    "2023年，北京、上海研发强度分别为6.73%和4.34%。": ["supported", "supported"],
    "2023年，北京、上海研发强度分别为4.34%和6.73%。": ["contradicted", "contradicted"],
    "2023年，北京、上海研发强度为6.73%。": ["unknown"],
    "2023年，北京研发强度为6.73%；上海为4.34%。": ["supported", "supported"],
    "2023年北京研发强度居全国第1位，2022年居全国第2位。": ["supported", "contradicted"],
    "2024年1—11月，重庆规上工业增加值增长7.6%，高于全国1.8个百分点，居全国第13位。": [
        "supported", "supported", "supported",
    ],
    "2024年1—11月，重庆规上工业增加值同比下降7.6%。": ["contradicted"],
    "2024年1—11月，重庆规上工业增加值增长7.6%，低于全国1.8个百分点。": [
        "supported", "contradicted",
    ],
    "2024年，上海有国家级专精特新“小巨人”企业857家。": ["supported"],
    "2024年，上海有国家级专精特新“小巨人”企业超857家。": ["contradicted"],
    "2024年，上海有国家级专精特新“小巨人”企业超800家。": ["supported"],
    "2023年北京研发强度6.73个百分点。": ["contradicted"],
    "2023年，广东研发经费增长9%。": ["supported"],
    "2020—2023年，广东研发经费年均增长11.6%。": ["supported"],
    "2020—2023年，广东研发经费年均增长9.5%。": ["contradicted"],
    "2023年，北京海洋研发强度为1.2%。": ["unknown"],
    "2018年，全国研发强度为2.19%。": ["supported"],
    "北京2023年研发强度6.73%，比上年降低0.1个百分点。": ["supported", "supported"],
    "2023年，广东R&D经费投入4802.6亿元，占全国的14.4%。": ["supported", "supported"],
    "2023年，广东R&D经费投入4802.6亿元，占全国的24.4%。": ["supported", "contradicted"],
    "2023年全国研发经费投入33357.1亿元，比上年增长9.4%，研发强度为2.75%。": [
        "supported", "contradicted", "contradicted",
    ],
    "2024年，广东拥有2089家国家级专精特新“小巨人”企业。": ["supported"],
    "2024年，广东拥有3089家国家级专精特新“小巨人”企业。": ["contradicted"],
    "2023年，江苏研发强度3.29%，浙江3.10%，安徽2.69%。": ["supported", "contradicted", "supported"],
    "2023年，研发强度超过全国平均水平的省（市）有7个。": ["unknown"],
    "2023年，北京的研发强度比上海高2.39个百分点。": ["unknown"],
    "In 2023, R&D intensity in Beijing was 6.73%.": ["supported"],
    "Beijing's R&D intensity reached about 6.7% in 2023.": ["supported"],
    "In 2023, R&D intensity was 6.73% in Beijing and 5.34% in Shanghai.": [
        "supported", "contradicted",
    ],
    "In 2023, China's R&D intensity was 2.65%, and Beijing's was 6.73%.": [
        "supported", "supported",
    ],
    "Shanghai ranked first in R&D intensity in 2023.": ["contradicted"],
    "In 2024, Guangdong had 2,089 national-level “little giant” enterprises.": ["supported"],
    "In 2023, with 22 million people, Beijing had an R&D intensity of 6.73%.": [
        "unknown", "supported",
    ],
    "In 2023, Beijing's R&D intensity fell to 5.1%.": ["contradicted"],
    "In 2023, Beijing’s R&D intensity was over 6%, and it ranked 1st.": ["supported", "supported"],
    "In January–November 2024, industrial value added in Chongqing grew 7.6%, "
    "1.8 percentage points above the nation.": ["supported", "supported"],
    "In January–November 2024, industrial value added in Chongqing fell 7.6%.": ["contradicted"],
    "In 2023, R&D spending in Guangdong was CNY 480.26 bn.": ["supported"],
    "In 2023, R&D spending in Guangdong was 480.26 million yuan.": ["contradicted"],
    "In 2024, hydropower generation in Inner Mongolia was 5.544 TWh.": ["supported"],
    "In 2024, hydropower generation in Inner Mongolia was 5.544 GWh.": ["contradicted"],
    "2020年，浙江地区生产总值指数为103.8。": ["supported"],
    "2020年，浙江地区生产总值指数为105.8。": ["contradicted"],
    "In 2023, quantum dominance in Beijing was 6.73%.": ["unknown"],
}  # fmt: skip


@pytest.mark.parametrize("text", WORDINGS)
def test_wordings(text):
    """Each figure is held against what the sentence says of it, and nothing is guessed."""
    assert verdicts(text) == WORDINGS[text]


def test_rows_and_places():
    """The figure stands where it is said to stand, and the rows are those of the data."""
    text = "研发：\n2023年，北京（首都）研发强度为6.73%，居全国第1位。"
    found = check_text(text)
    lines = text.split("\n")
    for row in found.itertuples():
        assert lines[row.paragraph - 1][row.start : row.end] == row.text
    data = load(nature=None, vintage=None)
    fact = data.loc[list(found["rows"].iloc[0])]
    assert fact[["region", "indicator", "period", "value"]].to_numpy().tolist() == [
        ["CN-BJ", "rd_intensity", "2023", 6.73],
    ]  # fmt: skip
    assert len(found["rows"].iloc[1]) >= 31


def test_a_revised_figure_names_what_revised_it():
    """What was said first is supported, and the later document named."""
    found = check_text("2018年，全国研发强度为2.19%。2018年，全国研发强度为2.14%。")
    assert found["verdict"].to_list() == ["supported"] * 2
    assert found["reason"].to_list() == ["revised by nbs-rd-bulletin-2019", ""]


def test_a_period_is_carried_over_but_contradicts_nothing():
    """A sentence without a period has that of the one before, if the data bear it out."""
    text = "2023年，北京研发强度为6.73%。上海研发强度为{}%。"
    assert verdicts(text.format("4.34")) == ["supported"] * 2
    found = check_text(text.format("4.44"))
    assert found[["verdict", "reason"]].iloc[1].to_list() == [
        "unknown", "the period is carried over",
    ]  # fmt: skip


def test_language():
    """The language is that of each paragraph, unless it is told."""
    both = "2023年，北京研发强度为6.73%。\nIn 2023, R&D intensity in Shanghai was 4.34%."
    assert verdicts(both) == ["supported"] * 2
    assert verdicts("In 2023, R&D intensity in Shanghai was 4.34%.", lang="en") == ["supported"]


def test_a_text_without_figures_has_no_rows():
    """There is nothing to hold against the data."""
    found = check_text("北京领先。")
    assert found.empty
    assert list(found.columns) == list(check_text("2023年北京研发强度为6.73%。").columns)


def test_a_file(tmp_path):
    """The Path of a file is read."""
    path = tmp_path / "text.txt"
    path.write_text("2023年，北京研发强度为6.73%。", encoding="utf-8")
    assert verdicts(path) == ["supported"]


def test_the_name_of_a_file(tmp_path):
    """A text that names a file is refused, with the way to read it."""
    path = tmp_path / "text.txt"
    path.write_text("2023年，北京研发强度为6.73%。", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"the name of a file; Path\("):
        check_text(str(path))


@pytest.mark.parametrize("text", ["", " \n", None, 7])
def test_no_text(text):
    """What is no text, or an empty one, is refused."""
    with pytest.raises(SchemaError, match="text"):
        check_text(text)


def test_bad_options(tmp_path):
    """A language that is not known and a file that is not there are refused."""
    with pytest.raises(SchemaError, match="lang"):
        check_text("2023年", lang="fr")
    with pytest.raises(SchemaError, match="cannot read"):
        check_text(tmp_path / "none.txt")


# --- sentences made from the data -----------------------------------------------------------------

QUALIFIED = {
    "exact": ("{}", "{}"), "over": ("超{}", "over {}"), "nearly": ("近{}", "nearly {}"),
    "about": ("约{}", "about {}"), "under": ("不足{}", "under {}"),
}  # fmt: skip
LANGS = pytest.mark.parametrize("lang", ["zh", "en"])


def shipped():
    """Return outcomes of the documents that have always been there, levels and growth."""
    data = load()
    places = set(regions().query("kind != 'area'")["code"])
    is_old = data["source"].str.startswith(("nbs-rd-bulletin", "cena-", "miit-"))
    suffixes = data["indicator"].map(lambda id_: split_id(id_)[1])
    kept = is_old & data["region"].isin(places) & suffixes.isin(["", "growth", "share", "new"])
    # An effect or a change by its name has no words for its sign.
    return data[kept & ((data["value"] >= 0) | (suffixes == "growth"))].reset_index(drop=True)


def sentence(row, lang):
    """Say what a row says; nothing where its indicator is no growth of another."""
    language, side = Language(lang), ("zh", "en").index(lang)
    stem, suffix = split_id(row["indicator"])
    if suffix == "growth" and look_up_indicator(stem) is None:
        return ""
    known = look_up_indicator(stem if suffix == "growth" else row["indicator"])
    ends = sorted((abs(row["lower"]), abs(row["upper"])))
    label = choose_scale(pd.DataFrame([row]), language).format_value(abs(row["value"]), *ends)
    said = QUALIFIED[row["qualifier"]][side].format(label)
    name, period = language.name_region(row["region"]), language.name_period(row["period"])
    verb = ("为", "was")
    if suffix == "growth":
        verb = ("同比增长", "grew") if row["value"] >= 0 else ("同比下降", "fell")
    if lang == "zh":
        return f"{period}，{name}{known.name_zh}{verb[0]}{said}。"
    return f"In {period}, {known.name_en} in {name} {verb[1]} {said}."


@LANGS
def test_true_sentences_are_never_contradicted(lang):
    """Of 200 sentences that say what a row says none is contradicted, and most are supported."""
    rows = shipped().sample(200, random_state=1).to_dict("records")
    texts = [text for row in rows if (text := sentence(row, lang))]
    found = check_text("\n".join(texts), lang=lang)
    assert found[found["verdict"] == "contradicted"].empty
    assert (found["verdict"] == "supported").mean() > 0.95


def other(rows, row, column):
    """Return another period or region, of which the data hold a value that lies apart."""
    same = rows[rows["indicator"] == row["indicator"]]
    fixed = "region" if column == "period" else "period"
    apart = (same["lower"] > row["upper"]) | (same["upper"] < row["lower"])
    return same.loc[(same[fixed] == row[fixed]) & apart, column].to_list()


def seeded(rows, row, chance):
    """Return the row with one error: another value, year, region, direction or qualifier."""
    ends = ("value", "lower", "upper")
    step = max(2 * (row["upper"] - row["lower"]), abs(row["value"]) / 4, 1.0)
    errors = [{end: row[end] + step for end in ends}]
    errors += [{column: chance.choice(found)} for column in ("period", "region")
               if (found := other(rows, row, column))]  # fmt: skip
    if split_id(row["indicator"])[1] == "growth" and row["value"]:
        errors.append({"value": -row["value"], "lower": -row["upper"], "upper": -row["lower"]})
    turned = {"over": "nearly", "nearly": "over"}.get(row["qualifier"])
    errors += [{"qualifier": turned}] if turned else []
    return row | chance.choice(errors)


@LANGS
def test_seeded_errors_are_found(lang):
    """Of 200 sentences with an error nearly all are contradicted, and none is supported."""
    rows, chance = shipped(), random.Random(1)  # noqa: S311 - no secret
    sampled = rows.sample(200, random_state=2).to_dict("records")
    texts = [text for row in sampled if (text := sentence(seeded(rows, row, chance), lang))]
    found = check_text("\n".join(texts), lang=lang)
    assert (found["verdict"] == "contradicted").mean() > 0.97
    assert found.loc[found["verdict"] == "supported", TELLS].empty


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2024年广东常住人口为1.9亿人。", "the data say 127,800,000"),
        ("2023年北京研发强度为9.99%。", "the data say 6.22 percent"),
        ("2023年广东地区生产总值为12万亿元。", "the data say 13,790,540,000,000 CNY"),
        ("2024年上海5G室外基站超9万个。", "the data say 超8万个"),
    ],
)
def test_what_the_data_say_has_its_unit(text, reason):
    """A cell of a table is a number alone; what it means is told."""
    assert check_text(text)["reason"].tolist() == [reason]
