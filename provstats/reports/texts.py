"""Texts: a report as paragraphs and sentences in one form, with the places of the original.

Rules look at the normalized text: no blanks, quotes, footnote marks or explanations in brackets,
one form of digits, commas and characters. Every place in it leads back to the paragraph as printed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provstats.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "load_text", "normalize_paragraph", "read_report_text", "split_sentences"]

_TRADITIONAL: Final = (
    "萬億兩個項條輛臺場戶噸畝點餘約過達預計將減長續連總與較幾門處種類級國內為區淨標爭確東數於劃負動頃時來幣準"
    "間對組塊顆輪張屆頭隻華產業規額資術專軍車開發電會費機創網絡製貿樓價漲務試驗強導財縣鎮農鄉糧實現積極稅歲進"
    "營稱財報導儲備幫員質環齊齡歷圍優勢聯繫號訂書層體億從傳統廣應當義務領協調損雙獎勵論議設計劃還選變運輸轉換斷"
    "釋陸衛視覺讀許該詳誤課談請謝譜鋼鐵銅鋁銷鏈鍵鏡閱陣陽陰際隨險雜難離雲靈靜項順須頂類顯風飛養館馬驅駐騰驗魚鳥"
    "佔羣裏規範圓滿穩臨紅綠簡單獨軟硬構築觀鞏屬擴闊佈啟遠邊疆寧陝遼蘇魯滬瓊貴龍濱莊嶺"
)
_SIMPLIFIED: Final = (
    "万亿两个项条辆台场户吨亩点余约过达预计将减长续连总与较几门处种类级国内为区净标争确东数于划负动顷时来币准"
    "间对组块颗轮张届头只华产业规额资术专军车开发电会费机创网络制贸楼价涨务试验强导财县镇农乡粮实现积极税岁进"
    "营称财报导储备帮员质环齐龄历围优势联系号订书层体亿从传统广应当义务领协调损双奖励论议设计划还选变运输转换断"
    "释陆卫视觉读许该详误课谈请谢谱钢铁铜铝销链键镜阅阵阳阴际随险杂难离云灵静项顺须顶类显风飞养馆马驱驻腾验鱼鸟"
    "占群里规范圆满稳临红绿简单独软硬构筑观巩属扩阔布启远边疆宁陕辽苏鲁沪琼贵龙滨庄岭"
)
_WIDE: Final = "".join(chr(0xFF01 + i) for i in range(94))
_ASCII: Final = "".join(chr(0x21 + i) for i in range(94))
# This form keeps the full-width marks of sentences, which are no part of a number.
_DRESS: Final = str.maketrans(
    f"{_TRADITIONAL}{_WIDE}‐‑‒–—―−～〜﹣", f"{_SIMPLIFIED}{_ASCII}----------"
) | {ord(mark): mark for mark in "，；：！？（）"}
_DROPPED: Final = re.compile(
    r"[\s\u200b\ufeff\u00a0“”„‟\"'‘’「」『』《》]+"
    r"|[\[［【〔〖][0-9０-９①-⑳]{1,3}[\]］】〕〗]|[①-⑳]"
    r"|(?<=[0-9０-９])[,，](?=[0-9０-９]{3}(?![0-9０-９]))"
    # 固定资产投资（不含房地产） is another one.
    r"|[（(](?![一二三四五六七八九十]{1,3}[)）]|不含(?!农户))[^（）()]{0,60}[)）]"
)
_TAG: Final = re.compile("<(?:!doctype|html|head|body|div|p|span|td|tr|br)[ />]", re.IGNORECASE)
_FEW_TAGS: Final = 2
_SENTENCE: Final = re.compile("[^。；！？;!?]*[。；！？;!?]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: as printed, normalized, and for each character left its printed place."""

    number: int
    printed: str
    text: str
    places: tuple[int, ...]

    def find_printed_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the normalized text stands in the print."""
        return self.places[start], self.places[end - 1] + 1


def read_report_text(text_or_path: str | Path) -> str:
    """Return the text itself, or that of a file in UTF-8; refuse one without anything to read."""
    text = load_text(text_or_path, "report")
    if problem := _check_report_text(text):
        raise SchemaError(problem)
    return text


def load_text(given: str | Path, noun: str) -> str:
    """Return the given text, or that of the file; refuse the name of a file as text."""
    if isinstance(given, Path):
        return _decode_file(given, noun)
    if not isinstance(given, str):
        msg = f"a {noun} is a text or a Path to one, got {type(given).__name__}"
        raise SchemaError(msg)
    if _is_file_name(given):
        msg = f"the {noun} {given!r} is the name of a file; Path({given!r}) reads the file"
        raise SchemaError(msg)
    return given


def _is_file_name(text: str) -> bool:
    with suppress(OSError, ValueError):
        return "\n" not in text and Path(text).is_file()
    return False  # too long for a name


def _check_report_text(text: str) -> str:
    if not text.strip():
        return "the report is empty: there is no text to read"
    if len(_TAG.findall(text)) > _FEW_TAGS:
        return "the report is a page of HTML: give its text, a paragraph a line"
    if not re.search("[一-龥]", text):
        return f"the report is in no Chinese, which alone is read: {text.strip()[:40]!r}"
    return ""


def _decode_file(path: Path, noun: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        msg = f"cannot read the {noun} {str(path)!r}: {error.strerror}"
        raise SchemaError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"the {noun} {str(path)!r} is not a text in UTF-8: {error.reason} at {error.start}"
        raise SchemaError(msg) from error


def normalize_paragraph(number: int, printed: str) -> Line:
    """Normalize one paragraph."""
    kept: list[int] = []
    last = 0
    for dropped in _DROPPED.finditer(printed):
        kept.extend(range(last, dropped.start()))
        last = dropped.end()
    kept.extend(range(last, len(printed)))
    plain = printed.translate(_DRESS)
    return Line(number, printed, "".join(plain[place] for place in kept), tuple(kept))


def split_sentences(line: Line) -> Iterator[tuple[int, int]]:
    """Return the places of the sentences of a normalized paragraph; a semicolon ends one too."""
    return (found.span() for found in _SENTENCE.finditer(line.text) if found.end() > found.start())
