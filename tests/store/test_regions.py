"""Regions: every name finds its region, none is guessed, and the codes are the official ones."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import provstats as ps
from provstats.store import files
from provstats.store import regions as places
from provstats.store.regions import NATION, Region, list_mainland_codes, load_regions, region

PROVINCES = [r for r in load_regions().values() if r.kind == "province"]
NAMES = [(name, r.code) for r in load_regions().values() for name in r.names]
# GB/T 2260, typed here a second time.
ADCODES = {
    "CN-BJ": 11, "CN-TJ": 12, "CN-HE": 13, "CN-SX": 14, "CN-NM": 15, "CN-LN": 21, "CN-JL": 22,
    "CN-HL": 23, "CN-SH": 31, "CN-JS": 32, "CN-ZJ": 33, "CN-AH": 34, "CN-FJ": 35, "CN-JX": 36,
    "CN-SD": 37, "CN-HA": 41, "CN-HB": 42, "CN-HN": 43, "CN-GD": 44, "CN-GX": 45, "CN-HI": 46,
    "CN-CQ": 50, "CN-SC": 51, "CN-GZ": 52, "CN-YN": 53, "CN-XZ": 54, "CN-SN": 61, "CN-GS": 62,
    "CN-QH": 63, "CN-NX": 64, "CN-XJ": 65, "CN-TW": 71, "CN-HK": 81, "CN-MO": 82,
}  # fmt: skip
# Chinese names in the order of ADCODES: short, one-character, traditional full.
CHINESE = """
北京 京 北京市|天津 津 天津市|河北 冀 河北省|山西 晋 山西省|内蒙古 蒙 內蒙古自治區
辽宁 辽 遼寧省|吉林 吉 吉林省|黑龙江 黑 黑龍江省|上海 沪 上海市|江苏 苏 江蘇省|浙江 浙 浙江省
安徽 皖 安徽省|福建 闽 福建省|江西 赣 江西省|山东 鲁 山東省|河南 豫 河南省|湖北 鄂 湖北省
湖南 湘 湖南省|广东 粤 廣東省|广西 桂 廣西壯族自治區|海南 琼 海南省|重庆 渝 重慶市
四川 川 四川省|贵州 贵 貴州省|云南 云 雲南省|西藏 藏 西藏自治區|陕西 陕 陝西省|甘肃 甘 甘肅省
青海 青 青海省|宁夏 宁 寧夏回族自治區|新疆 新 新疆維吾爾自治區|台湾 台 臺灣省
香港 港 香港特別行政區|澳门 澳 澳門特別行政區
"""


# --- every name ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_every_name_finds_its_region(name: str, code: str) -> None:
    """Every name of every region finds that region, in any case and with blanks around it."""
    found = load_regions()[code]
    assert region(name) is found
    assert region(name.upper()) is region(name.lower()) is region(f"  {name}\u3000") is found


@pytest.mark.parametrize(
    ("names", "code"), [*zip(re.split(r"[|\n]", CHINESE.strip()), ADCODES, strict=True)]
)
def test_chinese_names(names: str, code: str) -> None:
    """Each province is found by its short, one-character and full traditional Chinese name."""
    assert {ps.region(name).code for name in names.split()} == {code}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("渝", "CN-CQ"),
        ("cn-bj", "CN-BJ"),
        ("bj", "CN-BJ"),
        (110000, "CN-BJ"),
        ("110000", "CN-BJ"),
        (330200, "ningbo"),
        ("陕西", "CN-SN"),
        ("陝西", "CN-SN"),
        ("Shaanxi", "CN-SN"),
        ("山西", "CN-SX"),
        ("Shanxi", "CN-SX"),
        ("吉林", "CN-JL"),
        ("吉林省", "CN-JL"),
        ("Inner Mongolia", "CN-NM"),
        ("innermongolia", "CN-NM"),
        ("Nei Mongol", "CN-NM"),
        ("neimenggu", "CN-NM"),
        ("HONG KONG", "CN-HK"),
        ("Macau", "CN-MO"),
        ("Macao", "CN-MO"),
        ("Tibet", "CN-XZ"),
        ("Guangxi Zhuang Autonomous Region", "CN-GX"),
        ("Xinjiang Uygur Autonomous Region", "CN-XJ"),
        ("台灣", "CN-TW"),
        ("滬", "CN-SH"),
        ("申", "CN-SH"),
        ("秦", "CN-SN"),
        ("全国", "CN"),
        ("中国", "CN"),
        ("中华人民共和国", "CN"),
        ("中華人民共和國", "CN"),
        ("China", "CN"),
        ("京津冀", "jing-jin-ji"),
        ("成渝地区双城经济圈", "chengdu-chongqing"),
        ("宁波市", "ningbo"),
        ("Xiong’an", "xiongan"),
        # as people write them
        ("广西省", "CN-GX"),
        ("西藏省", "CN-XZ"),
        ("新疆省", "CN-XJ"),
        ("宁夏省", "CN-NX"),
        ("内蒙古省", "CN-NM"),
        ("廣西省", "CN-GX"),
        ("新疆自治区", "CN-XJ"),
        ("新疆维吾尔", "CN-XJ"),
        ("新疆維吾爾", "CN-XJ"),
        ("新疆维吾尔族自治区", "CN-XJ"),
        ("广西壮族", "CN-GX"),
        ("宁夏回族", "CN-NX"),
        ("香港特區", "CN-HK"),
        ("台灣地區", "CN-TW"),
        ("Ningxia Hui", "CN-NX"),
        ("Guangxi Zhuang", "CN-GX"),
        ("Xinjiang Uyghur", "CN-XJ"),
        ("Nei Mongolia", "CN-NM"),
        ("Inner-Mongolia", "CN-NM"),
        ("Inner_Mongolia", "CN-NM"),
        ("Hongkong", "CN-HK"),
        ("Beijing Shi", "CN-BJ"),
        ("Hebei Sheng", "CN-HE"),
        ("Chongqing City", "CN-CQ"),
        ("全国合计", "CN"),
        ("全国总计", "CN"),
        ("全國平均", "CN"),
        ("National Total", "CN"),
        ("PRC", "CN"),
        ("北  京", "CN-BJ"),
        ("北\u3000京", "CN-BJ"),
        ("北\u200b京市\t", "CN-BJ"),
        ("\ufeff北京", "CN-BJ"),
        ("ＢＪ", "CN-BJ"),
        ("cn_bj", "CN-BJ"),
        # codes in other lengths
        (11, "CN-BJ"),
        ("11", "CN-BJ"),
        ("65", "CN-XJ"),
        ("110000000000", "CN-BJ"),
        (110000000000, "CN-BJ"),
        ("330200000000", "ningbo"),
        ("CN-11", "CN-BJ"),
        ("110000.0", "CN-BJ"),
        (110000.0, "CN-BJ"),
        (44.0, "CN-GD"),
    ],
)
def test_names(name: str | int, code: str) -> None:
    """Codes, Chinese, pinyin and English names find the region, whatever case and blanks."""
    assert ps.region(name).code == code


@settings(deadline=None)
@given(st.sampled_from(NAMES), st.randoms())
def test_case_and_blanks_do_not_matter(named: tuple[str, str], random: object) -> None:
    """A name in mixed case with blanks between its characters finds the same region."""
    name, code = named
    spaced = re.sub(r"(?<!\d)(?=.)|(?=\D)", " ", name)
    chars = [c.upper() if random.random() < 0.5 else c.lower() for c in spaced]  # type: ignore[attr-defined]
    assert region("".join(chars)).code == code


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "吉林市", "长春", "深圳", "Guangzhou", "西部", "长三角", "江浙沪", "北京省", "北",
        "CN-XX", "XX", "", " ", "Beijng", "999999", 999999, None, float("nan"), True, "北京、天津",
        "CN-BJ;CN-TJ", "合计", "总计", "Total", "天津省", "广东市", "海南藏族自治州",
        "新疆生产建设兵团",
        "吉林(shi)", "1 1", "11 0000", "1-1", 1.1, 10, "00", "1100", 110100, "110101000000",
        "CN-33.0.0",
        "Shannxi", "Taipei", "呼和浩特",
    ],
)  # fmt: skip
def test_unknown(name: object) -> None:
    """What is no region is refused, and the message names it and says what is allowed."""
    with pytest.raises(ps.UnknownRegionError) as caught:
        ps.region(name)  # type: ignore[arg-type]
    assert repr(name) in str(caught.value)
    assert "ps.regions()" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "near"),
    [("Beijng", "Beijing"), ("Shanxii", "Shanxi"), ("吉林市", "吉林省"), ("CN-BJJ", "CN-BJ"),
     ("Inner Mongolja", "Inner Mongolia"), ("110001", "110000")],
)  # fmt: skip
def test_unknown_gives_the_nearest(name: str, near: str) -> None:
    """An unknown name is answered with the nearest names, each of them once."""
    with pytest.raises(ps.UnknownRegionError, match="did you mean") as caught:
        ps.region(name)
    suggested = re.findall(r"'([^']*)'", str(caught.value).partition("did you mean")[2])
    assert near in suggested
    assert len(suggested) == len(set(suggested))


def test_one_character_is_not_suggested() -> None:
    """One character is too near to everything to be a suggestion."""
    with pytest.raises(ps.UnknownRegionError) as caught:
        ps.region("京京")
    assert "'京'" not in str(caught.value)


def test_jilin_city_is_refused_as_a_city() -> None:
    """吉林 is the province; 吉林市 is refused, and the message says why."""
    assert ps.region("吉林").code == "CN-JL"
    with pytest.raises(ps.UnknownRegionError, match="cities are not taken for provinces"):
        ps.region("吉林市")


def test_ambiguous(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of two regions is refused, and the message names it and both."""
    monkeypatch.setattr(places, "_index_regions", lambda: {"宁": {"CN-NX", "ningbo"}})
    with pytest.raises(ps.UnknownRegionError, match=r"'宁' is ambiguous.*CN-NX or ningbo"):
        region("宁")


@settings(deadline=None, max_examples=1000)
@given(st.text(max_size=12) | st.text("吉林省市北京南山西陕CN-BJ 01", max_size=6) | st.integers())
def test_any_name_is_found_or_refused(name: str | int) -> None:
    """Any text or number finds a region that bears it as a name, or raises."""
    try:
        found = region(name)
    except ps.UnknownRegionError as error:
        assert repr(name) in str(error)  # noqa: PT017
    else:
        bare = re.sub(r"[\s'’_-]", "", str(name)).casefold()
        assert bare in {re.sub(r"[\s'’_-]", "", n).casefold() for n in found.names}


# --- the registry --------------------------------------------------------------------------------


def test_codes_are_iso_3166_2() -> None:
    """The 34 provinces are the subdivisions that ISO 3166-2 lists, under their codes."""
    iso = {s.code: s.name for s in pycountry.subdivisions.get(country_code="CN")}
    assert {r.code for r in PROVINCES} == set(iso)
    assert len(PROVINCES) == 34
    for found in PROVINCES:
        assert iso[found.code].startswith((found.name_en, "Nei Mongol"))


def test_adcodes_are_gb_2260() -> None:
    """The provinces have the GB/T 2260 codes, and no code is given twice."""
    assert {r.code: r.adcode for r in PROVINCES} == {c: f"{n}0000" for c, n in ADCODES.items()}
    adcodes = Counter(r.adcode for r in load_regions().values() if r.adcode)
    assert set(adcodes.values()) == {1}
    assert all(re.fullmatch("[1-9][0-9]{5}", adcode) for adcode in adcodes)


def test_mainland() -> None:
    """National statistics cover 31 provinces: all but Taiwan, Hong Kong and Macao."""
    assert list_mainland_codes() == set(ADCODES) - {"CN-TW", "CN-HK", "CN-MO"}


def test_kinds() -> None:
    """There is one nation, there are 34 provinces, and the rest are areas with ids of their own."""
    assert [r.code for r in load_regions().values() if r.kind == "nation"] == [NATION]
    areas = {r.code for r in load_regions().values() if r.kind == "area"}
    assert {"jing-jin-ji", "chengdu-chongqing"} <= areas
    assert not any(code.startswith("CN") for code in areas)


def test_no_name_is_of_two_regions() -> None:
    """No two regions share a name, so that none of the registry's own names is ambiguous."""
    codes: dict[str, set[str]] = {}
    for name, code in NAMES:
        codes.setdefault(name.casefold(), set()).add(code)
    assert {name: c for name, c in codes.items() if len(c) > 1} == {}


def test_regions_frame() -> None:
    """The registry as a frame has one row a region, in the same order, all of it text."""
    frame = ps.regions()
    assert list(frame["code"]) == list(load_regions())
    assert list(frame["name_zh"]) == [r.name_zh for r in load_regions().values()]
    assert list(frame.columns) == [f.name for f in dataclasses.fields(Region)]
    assert frame.map(lambda cell: isinstance(cell, str)).all(axis=None)


def test_regions_frame_is_the_callers_own() -> None:
    """Changing the frame changes neither the registry nor the next frame."""
    frame = ps.regions()
    frame["code"] = "XX"
    assert list(ps.regions()["code"]) == list(load_regions())


@pytest.mark.parametrize(
    "first", ["ps.region('渝')", "ps.rank", "ps.series", "ps.load", "ps.regions"]
)
def test_public_names_stay_functions(first: str) -> None:
    """ps.regions, ps.series and ps.sources are functions whatever was called before them."""
    names = "ps.regions, ps.series, ps.sources"
    code = f"import provstats as ps; {first}; print(*map(callable, [{names}]))"
    root = str(Path(ps.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True"] * 3


# --- the record ----------------------------------------------------------------------------------


def test_region_is_frozen_and_hashable() -> None:
    """A region cannot be changed, and all regions are different in a set."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        region("渝").code = "CN-SC"  # type: ignore[misc]
    assert len(set(load_regions().values())) == len(load_regions())


def test_region_fields() -> None:
    """A region has the fields that the documentation names."""
    found = ps.region("渝")
    assert (found.code, found.adcode, found.name_zh, found.name_en, found.kind) == (
        "CN-CQ", "500000", "重庆", "Chongqing", "province"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "kind"),
    [("CN", "province"), ("BJ", "province"), ("CN-BJ", "nation"), ("CN-BJ", "area"),
     ("Ningbo", "area"), ("ning bo", "area"), ("CN-BJ", "planet"), ("", "area")],
)  # fmt: skip
def test_region_checks_its_code(code: str, kind: str) -> None:
    """A code that does not suit the kind is refused, and the message names both."""
    with pytest.raises(ps.SchemaError) as caught:
        dataclasses.replace(region("北京"), code=code, kind=kind)
    assert repr(code) in str(caught.value)
    assert repr(kind) in str(caught.value)


# --- the text tables -----------------------------------------------------------------------------


def test_read_table(tmp_path: Path) -> None:
    """A text table gives one mapping a row, with quotes and empty cells as they are."""
    table = tmp_path / "t.tsv"
    table.write_text('a\tb\n1\t"x\n\t2\n', encoding="utf-8")
    assert files.read_table(table, ("a", "b")) == [{"a": "1", "b": '"x'}, {"a": "", "b": "2"}]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("a\tc\n1\t2\n", "columns must be"),
        ("b\ta\n1\t2\n", "columns must be"),
        ("", "columns must be"),
        ("a\tb\n1\t2\n3\n", "line 3"),
        ("a\tb\n1\t2\t3\n", "line 2"),
        ("a\tb\n\n", "line 2"),
    ],
)
def test_read_table_refuses(tmp_path: Path, content: str, named: str) -> None:
    """A table with another header or a ragged row is refused with its file and line."""
    table = tmp_path / "t.tsv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(ps.SchemaError, match=rf"t\.tsv.*{named}"):
        files.read_table(table, ("a", "b"))


def test_missing_data_file(tmp_path: Path) -> None:
    """A data file that the installation lacks is refused by its full path."""
    with pytest.raises(ps.SchemaError, match="missing") as caught:
        files.read_table(tmp_path / "nothing.tsv", ("a", "b"))
    assert str(tmp_path / "nothing.tsv") in str(caught.value)
