"""Fonts: the shipped one has every character that is needed, and charts need no other."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager, get_font

import provstats as ps
from provstats.plot.parts import line_breaks
from provstats.store.files import find_data_folder
from provstats.words import fonts

FOLDER = find_data_folder() / "fonts"
FONT, BOLD = FOLDER / "ProvstatsSansSC-Regular.ttf", FOLDER / "ProvstatsSansSC-Bold.ttf"
LATIN = FOLDER / "ProvstatsSans-Regular.ttf", FOLDER / "ProvstatsSans-Bold.ttf"
GB2312 = "".join(
    bytes(pair).decode("gb2312", errors="ignore")
    for pair in product(range(0xA1, 0xF8), range(0xA1, 0xFF))
)


def lacking(*texts, font=FONT):
    """Return the characters of the texts that one shipped font alone has no glyph for."""
    assert font.is_file(), "the fonts are made by a build: run python -m pip install -e ."
    charmap = get_font(font).get_charmap()
    return {
        char for text in texts for char in text if char.isprintable() and ord(char) not in charmap
    }


# --- what the shipped font has ------------------------------------------------------------------


def test_gb2312():
    """All of GB 2312 is there, its 6,763 hanzi among it."""
    assert sum("\u4e00" <= char <= "\u9fff" for char in GB2312) == 6763
    assert lacking(GB2312) == set()


def test_bold_titles():
    """Of the bold one the first level of GB 2312, and every name that a title may have."""
    first_level = GB2312[GB2312.index("啊") : GB2312.index("亍")]
    assert len(first_level) == 3755
    names = [*ps.regions()["name_zh"], *ps.catalog()["name_zh"], "鄠邑堽城㵲阳"]
    assert lacking(first_level, *names, font=BOLD) == set()


@pytest.mark.parametrize("font", LATIN)
def test_latin_partner(font):
    """It has Latin letters and signs, no hanzi, and signs as narrow as English has them."""
    assert lacking("Aa À ü ǎ 0–9 — … · ± × ÷ − ‘’ “” % ← → ≥ ≤ ² °", font=font) == set()
    assert lacking("山东，", font=font) == set("山东，")
    widths = {char: fonts._measure_character(char, (str(font),)) for char in "’“·±0"}
    assert widths["’"] < 0.35
    assert widths["“"] < 0.6
    assert widths["·"] < 0.5
    assert widths["±"] < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "".join(map(chr, range(0x20, 0x7F))), "ÀÿÜüāēīōūǎǐǒǔǚ", "αβγΔΩμ", "−±×÷≈≠≤≥√∞∑",
        "–—…·•‘’“”‰′″", "¹²³⁴€¥£℃№㎡←↑→↓↔", "，。、；：？！（）《》「」【】〇　", "０９ＡＺ％￥",
        "○●□■△▲▼◆★☆", "埇桥沚浉河瀍河猇亭硚口鄠邑堽㵲镕喆堃垚珺",
    ],
)  # fmt: skip
def test_symbols_and_places(text):
    """Latin, Greek, signs, punctuation, full-width forms, and the rarer names of places."""
    assert lacking(text) == set()


@pytest.mark.parametrize("table", [ps.regions, ps.catalog, ps.sources])
def test_names_of_the_data(table):
    """Every name in the registry, the catalogue and the documents, in both languages."""
    words = table().reset_index().astype(str).to_numpy().ravel()
    assert lacking(*words) == set()


@pytest.mark.parametrize(
    "table", sorted(find_data_folder().glob("*.tsv")), ids=lambda path: path.stem
)
def test_characters_of_the_data(table):
    """Every character of the tables, the other names of regions and the figures as printed too."""
    assert lacking(table.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "module",
    # The ends of ranges of characters, within which lines break, are no words.
    sorted(
        file
        for room in ("words", "plot")
        for file in (Path(ps.__file__).parent / room).rglob("*.py")
        if file != Path(line_breaks.__file__)
    ),
    ids=lambda path: path.stem,
)
def test_words_of_the_code(module):
    """Every string of the rooms where the words of charts are kept."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    assert lacking(*(string for string in strings if isinstance(string, str))) == set()


def test_licence_and_name():
    """The font has a name of its own, keeps its notices, and its licence lies beside it."""
    names = get_font(FONT).get_sfnt()
    text = {id_: value.decode("utf-16-be") for (platform, *_, id_), value in names.items()}
    assert {text[id_] for id_ in (1, 4)} == {"Provstats Sans SC"}
    assert get_font(BOLD).style_name == "Bold"
    assert get_font(BOLD).family_name == "Provstats Sans SC"
    assert not any("Source" in text[id_] or "Noto" in text[id_] for id_ in (1, 3, 4, 6))
    assert text[0].startswith("(c) 2014-2021 Adobe")
    assert "SIL Open Font License, Version 1.1" in text[13]
    licence = (FONT.parent / "OFL.txt").read_text(encoding="utf-8")
    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


# --- families -----------------------------------------------------------------------------------


def test_registered_once():
    """Asking again adds no second font, and no setting changes."""
    before = dict(mpl.rcParams)
    assert fonts.chinese_families()[0] == fonts.chinese_families()[0] == "Provstats Sans SC"
    assert fonts.list_latin_families() == ["Provstats Sans"]
    known = [(entry.name, str(entry.weight)) for entry in fontManager.ttflist]
    for family in ("Provstats Sans SC", "Provstats Sans"):
        assert sorted(weight for name, weight in known if name == family) == ["400", "700"]
    assert dict(mpl.rcParams) == before


def test_installed_family_comes_last(monkeypatch):
    """One installed family follows, the first of the list that is there."""
    monkeypatch.setattr(fonts, "get_font_names", lambda: ["SimHei", "Comic", "PingFang SC"])
    monkeypatch.setattr(fonts, "_register_family", lambda family: [family])
    assert fonts.chinese_families() == ["Provstats Sans SC", "PingFang SC"]
    monkeypatch.setattr(fonts, "get_font_names", lambda: ["Comic"])
    assert fonts.chinese_families() == ["Provstats Sans SC"]


def test_checkout_without_a_build(monkeypatch, tmp_path):
    """Where no font was made there is none, which is no error."""
    monkeypatch.setattr(fonts, "find_data_folder", lambda: tmp_path)
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    assert fonts.chinese_families() == []


@pytest.mark.parametrize(
    ("families", "lost"),
    [
        (["DejaVu Sans"], "山东"),
        (["Provstats Sans SC"], "ض𰻞"),
        (["sans-serif", "Provstats Sans SC"], "𰻞"),
        (["Provstats Sans SC", "Nowhere Sans"], "ض𰻞"),
        (["Nowhere Sans"], "山东"),
        ([], "山东"),
    ],
)
def test_undrawable(families, lost):
    """A character is lost where no family of the list has it, as in Matplotlib itself."""
    fonts.chinese_families()
    text = "山东 8%\n−²" + "ض𰻞" * (lost != "山东")
    assert fonts.find_undrawable(text, families) == lost


# --- charts on a machine without Chinese fonts --------------------------------------------------

CHART = """
import sys
import matplotlib as mpl
from matplotlib import font_manager
own = font_manager.fontManager.ttflist
own[:] = [font for font in own if font.fname.startswith(mpl.get_data_path())]
before = dict(mpl.rcParams)
import provstats as ps
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
ax = ps.plot.ranking(growth, lang="zh", highlight=["重庆"], title="鄠邑区（㎡，−5）")
for kind in ("png", "svg", "pdf"):
    ax.figure.savefig(sys.argv[1] + "/chart." + kind)
assert dict(mpl.rcParams) == before
assert mpl.get_backend() == "svg"
"""


def test_chinese_charts_without_an_installed_font(tmp_path):
    """PNG, SVG and PDF have their glyphs from the shipped font, without a warning or a log line."""
    environment = {**os.environ, "MPLCONFIGDIR": str(tmp_path), "MPLBACKEND": "svg"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHART, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=Path(ps.__file__).parents[1],
        env=environment,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "chart.png").stat().st_size > 10_000
    assert "<!-- 重庆 -->" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert b"ProvstatsSansSC" in (tmp_path / "chart.pdf").read_bytes()


def test_a_damaged_font(tmp_path, monkeypatch):
    """A file that is no font is named in one warning, and charts are in English."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / FONT.name).write_bytes(b"junk" * 99)
    monkeypatch.setattr(fonts, "find_data_folder", lambda: tmp_path)
    monkeypatch.setattr(fonts, "get_font_names", list)
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    fonts._register_font.cache_clear()
    with pytest.warns(UserWarning, match=r"ProvstatsSansSC-Regular\.ttf, is damaged"):
        assert fonts.chinese_families() == []
    assert fonts.chinese_families() == []
    fonts._register_font.cache_clear()


@given(
    st.text(st.sampled_from("Aag0123456789.%−+ ，（山东黑龙江·—"), min_size=1, max_size=12),
    st.booleans(),
)
def test_widths_are_those_of_matplotlib(text, bold):
    """Widths added up are what a layout gives, but for the rounding to pixels."""
    families = [*fonts.chinese_families()[:1], *fonts.list_latin_families()]
    figure = Figure(dpi=720)
    drawn = figure.text(
        0, 0, f"|{text}|", fontfamily=families, fontsize=10, parse_math=False,
        fontweight="bold" if bold else "normal",
    )  # fmt: skip
    wide = drawn.get_window_extent().width / 10
    known = fonts.measure_line(f"|{text}|", 10, families, bold=bold)
    assert known == pytest.approx(wide, abs=1.5)
