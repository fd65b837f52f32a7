"""Languages: which one is spoken, and where warnings point to."""

from __future__ import annotations

import warnings

import pytest
from drawings import frame, names

import provstats as ps
from provstats.words import fonts, languages
from provstats.words.cautions import warn_caller


def draw(**options):
    """Draw two provinces."""
    return ps.plot.ranking(frame([3.0, 2.0]), **options)


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ("zh_CN", "北京"),
        ("Chinese (Simplified)_China", "北京"),
        ("de_DE", "Beijing"),
        (None, "Beijing"),
    ],
)
def test_language_of_the_locale(monkeypatch, own, first):
    """By default a Chinese locale has Chinese charts."""
    monkeypatch.setattr(languages.locale, "getlocale", lambda: (own, "UTF-8"))
    assert names(draw())[0] == first


def test_language_chosen(monkeypatch):
    """One setting changes the default; what a call asks for stands above it, the locale below."""
    monkeypatch.setattr(languages.locale, "getlocale", lambda: ("de_DE", "UTF-8"))
    ps.set_language("zh")
    assert names(draw())[0] == "北京"
    assert names(draw(lang="en"))[0] == "Beijing"
    ps.set_language(None)
    assert names(draw())[0] == "Beijing"


def test_language_chosen_must_be_known():
    """A language that is not known is refused, and the setting stays."""
    with pytest.raises(ps.SchemaError, match=r"\['zh', 'en'\] or None, got 'fr'"):
        ps.set_language("fr")
    assert languages._chosen is None


# --- what no font can draw ----------------------------------------------------------------------


def said(ax):
    """Return all that is written, on one line."""
    texts = [ax.get_title(loc="left"), *(text.get_text() for text in ax.texts)]
    return " ".join(texts).replace("\n", "")


def test_rare_characters(monkeypatch):
    """What no font can draw is left out with a warning that names it; the rest stands."""
    monkeypatch.setattr(fonts, "_SYSTEM", ())
    with pytest.warns(UserWarning, match=r"no font has a glyph for 𰻞 \(U\+30EDE\);") as caught:
        ax = draw(lang="zh", title="𰻞与山东", subtitle="鄠邑、浉河", source="统计年鉴")
    assert [warning.filename for warning in caught] == [__file__]
    assert "𰻞" not in said(ax)
    assert "鄠邑、浉河" in said(ax)
    assert "资料来源：统计年鉴" in said(ax)
    ax.figure.canvas.draw()


def test_a_title_is_of_one_weight():
    """A heading with a character that the bold font lacks is not bold at all."""
    bold = draw(lang="zh", title="山东领先")._left_title
    plain = draw(lang="zh", title="龠领先")
    assert bold.get_weight() == "bold"
    assert plain._left_title.get_weight() == "normal"


@pytest.mark.usefixtures("no_chinese")
def test_frame_with_chinese_words_without_a_font():
    """Chinese words of a frame are left out with a warning, not drawn as boxes."""
    rows = frame([3.0, 2.0], indicator="城镇化率", unit="个", source="统计年鉴")
    with pytest.warns(UserWarning, match="no font has a glyph for 城 .*, 鉴"):
        ax = ps.plot.ranking(rows, lang="en")
    assert all(ord(char) < 0x2E80 for char in said(ax))


@pytest.mark.usefixtures("no_chinese")
def test_english_needs_no_chinese_font():
    """English charts name a Chinese document by its English title."""
    growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    assert "and plans for 2025 (China Electronics News)" in said(ps.plot.ranking(growth, lang="en"))


def test_words_written_later():
    """A title and axis labels that the caller sets later may be Chinese, in English charts too."""
    ax = draw(lang="en")
    ax.set_title("中文")
    ax.set(xlabel="同比增速", ylabel="省份", xticks=[2, 3], xticklabels=["七", "八"])
    ax.figure.canvas.draw()


def test_warnings_point_at_the_caller():
    """However deep they are given."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_caller("careful")
    assert caught[0].filename == __file__
