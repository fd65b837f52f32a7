"""Pages: one HTML file with a chart in it, which fetches nothing and may not.

The page is ``page.html`` beside this module, with the chart, its words, the program that shows it
and the glyphs that it needs written into it. The program is compressed, which makes the page less
than half as large; every browser since 2023 unpacks it.
"""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provstats.plot.parts.palette import choose_readable_ink
from provstats.plot.vega import outlets
from provstats.plot.vega.glyphs import build_font_faces
from provstats.words.languages import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provstats.words.languages import Lang

__all__ = ["build_page"]

_PLACE: Final = re.compile(r"\{\{([A-Z]+)\}\}")
_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def build_page(spec: Mapping[str, Any], title: str, alt_text: str, lang: Lang) -> str:
    """Return the page of a chart."""
    say, data = Language(lang).say, json.dumps({**spec, "$schema": ""}, ensure_ascii=False)
    menu = {f"{kind}_ACTION": say("save_as", kind=kind) for kind in ("SVG", "PNG")}
    menu["CLICK_TO_VIEW_ACTIONS"] = say("save_chart")
    words = "".join([data, title, *menu.values()])
    parts = {
        "LANG": _TAGS[lang],
        "TITLE": escape(title),
        "ALT": escape(alt_text),
        "FONTS": build_font_faces(words),
        "FAMILY": escape(spec["config"]["font"], quote=False),
        "GROUND": spec["background"],
        "INK": choose_readable_ink(spec["background"]),
        "SPEC": _escape_json(data),
        "MENU": _escape_json(json.dumps(menu, ensure_ascii=False)),
        "PROGRAM": _pack_program(),
    }
    template = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: parts[place[1]], template)


def _escape_json(data: str) -> str:
    """Return JSON with escapes, so that no text in it can end the script."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _pack_program() -> str:
    return b64encode(gzip.compress(outlets.load_program().encode(), 9, mtime=0)).decode()
