"""Glyphs: what a page needs of the shipped fonts, small enough to be written into it."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING, Final

from provstats.store.files import find_data_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_font_faces"]

_FAMILIES: Final = {"ProvstatsSans": "Provstats Sans", "ProvstatsSansSC": "Provstats Sans SC"}
_WEIGHTS: Final = {"Regular": 400, "Bold": 700}


def build_font_faces(text: str) -> str:
    """Return the rules of CSS for the glyphs of a text; none in a checkout that was never built."""
    files = sorted((find_data_folder() / "fonts").glob("Provstats*.ttf"))
    return "\n".join(_build_font_face(file, text) for file in files)


def _build_font_face(file: Path, text: str) -> str:
    stem, _, weight = file.stem.partition("-")
    data = b64encode(_subset_font(file, text)).decode()
    return (
        f'@font-face{{font-family:"{_FAMILIES[stem]}";font-weight:{_WEIGHTS[weight]};'
        f"src:url(data:font/woff;base64,{data})}}"
    )


def _subset_font(file: Path, text: str) -> bytes:
    """Return a font with the characters of a text alone, the same bytes each time."""
    from fontTools import subset

    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    subsetter, written = subset.Subsetter(options), BytesIO()
    subsetter.populate(text=text)
    with subset.load_font(str(file), options) as font:
        subsetter.subset(font)
        subset.save_font(font, written, options)
    return written.getvalue()
