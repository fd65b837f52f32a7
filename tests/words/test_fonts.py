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
from matplotlib.font_manager import fontManager, get_font

import provstats as ps
from provstats.plot.parts import line_breaks
from provstats.store.files import data_folder
from provstats.words import fonts

FONT = data_folder() / "fonts" / "ProvstatsSansSC-Regular.ttf"
GB2312 = "".join(
    bytes(pair).decode("gb2312", errors="ignore")
    for pair in product(range(0xA1, 0xF8), range(0xA1, 0xFF))
)


def lacking(*texts):
    """Return the characters of the texts that the shipped font alone has no glyph for."""
    assert FONT.is_file(), "the font is made by a build: run python -m pip install -e ."
    charmap = get_font(FONT).get_charmap()
    return {
        char for text in texts for char in text if char.isprintable() and ord(char) not in charmap
    }


# --- what the shipped font has ------------------------------------------------------------------


def test_gb2312():
    """All of GB 2312 is there, its 6,763 hanzi among it."""
    assert sum("\u4e00" <= char <= "\u9fff" for char in GB2312) == 6763
    assert lacking(GB2312) == set()


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


@pytest.mark.parametrize("table", sorted(data_folder().glob("*.tsv")), ids=lambda path: path.stem)
def test_characters_of_the_data(table):
    """Every character of the tables, the other names of regions and the figures as printed too."""
    assert lacking(table.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "module",
    # The ends of ranges of characters, within which lines break, are no words.
    sorted(set(Path(ps.__file__).parent.rglob("*.py")) - {Path(line_breaks.__file__)}),
    ids=lambda path: path.stem,
)
def test_words_of_the_code(module):
    """Every string of the package, wherever the words of charts are kept."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    assert lacking(*(string for string in strings if isinstance(string, str))) == set()


def test_licence_and_name():
    """The font has a name of its own, keeps its notices, and its licence lies beside it."""
    names = get_font(FONT).get_sfnt()
    text = {id_: value.decode("utf-16-be") for (platform, *_, id_), value in names.items()}
    assert {text[id_] for id_ in (1, 4)} == {"Provstats Sans SC"}
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
    assert sum(entry.name == "Provstats Sans SC" for entry in fontManager.ttflist) == 1
    assert dict(mpl.rcParams) == before


def test_installed_family_comes_last(monkeypatch):
    """One installed family follows, the first of the list that is there."""
    monkeypatch.setattr(fonts, "get_font_names", lambda: ["SimHei", "Comic", "PingFang SC"])
    monkeypatch.setattr(fonts, "_shipped", lambda: ["Provstats Sans SC"])
    assert fonts.chinese_families() == ["Provstats Sans SC", "PingFang SC"]
    monkeypatch.setattr(fonts, "get_font_names", lambda: ["Comic"])
    assert fonts.chinese_families() == ["Provstats Sans SC"]


def test_checkout_without_a_build(monkeypatch, tmp_path):
    """Where no font was made there is none, which is no error."""
    monkeypatch.setattr(fonts, "data_folder", lambda: tmp_path)
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
    assert fonts.undrawable(text, families) == lost


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
