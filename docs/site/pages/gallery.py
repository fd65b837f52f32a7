"""The gallery: every chart with the call that draws it, as `docs/gallery.py` has them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from charts import draw
from words import say
from writing import Page, make_fenced_block

import provstats as ps

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from gallery import CHARTS, DATA

if TYPE_CHECKING:
    from meanings import Lang
    from writing import Block

__all__ = ["make_page"]

_QUESTIONS: Final = {
    "ranking": "谁领先，有多确定？", "gap": "谁高于全国？", "change": "谁上升，谁下降？",
    "trend": "历年怎样变化？", "bump": "谁超过了谁？", "strip": "整体如何分布，其中一省在哪里？",
    "tilemap": "在国土的哪里？", "industry": "人均工业哪里最多？",
    "cartogram": "各省份的规模有多大？", "funnel": "哪些省份多于与其规模相称的数量？",
    "panels": "每个省份各自如何？", "scorecard": "各省份各方面处在什么位置？",
    "profile": "一个省份处在什么位置？", "coverage": "谁报告什么，何时？",
}  # fmt: skip


def make_page(lang: Lang, folder: Path) -> Page:
    """Return the gallery; its charts are drawn into a folder."""
    data = {name: eval(call, {"ps": ps}) for name, call in DATA.items()}  # noqa: S307 - our own calls
    told = "\n".join(["import provstats as ps", "", *(f"{k} = {call}" for k, call in DATA.items())])
    blocks: list[Block] = [say(lang, "gallery_told"), make_fenced_block(told, "python")]
    for name, (question, call) in CHARTS.items():
        printed = call.replace("lang=lang", f'lang="{lang}"')

        def draw_chart(width: float, call: str = call) -> Any:  # noqa: ANN401 - what the call returns
            names = {"ps": ps, "lang": lang, "width": width, **data}
            return eval(f"{call[:-1]}, width=width)", names)  # noqa: S307 - as above

        blocks += [
            f"## {_QUESTIONS[name] if lang == 'zh' else question}",
            make_fenced_block(printed, "python"),
            draw(draw_chart, folder, f"gallery-{name}"),
        ]
    return Page("gallery", say(lang, "gallery"), blocks, is_leaf=False)
