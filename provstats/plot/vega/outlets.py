"""Outlets: a specification as a picture, and the program that shows it in a page.

All of it is in the package vl-convert, JavaScript too, so nothing is fetched.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import SchemaError
from provstats.plot.vega.glyphs import build_font_faces
from provstats.store.files import find_data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_installed", "load_program", "render_png", "render_svg"]

# Nothing may be fetched for a picture either.
_OFFLINE: Final[dict[str, Any]] = {"allowed_base_urls": []}


def is_installed() -> bool:
    """Tell whether pictures and pages can be made."""
    return find_spec("vl_convert") is not None


def render_png(spec: Mapping[str, Any], scale: float) -> bytes:
    """Return a picture with `scale` pixels for each of the chart's."""
    return bytes(_load_converter().vegalite_to_png(spec, scale=scale, **_OFFLINE))


def render_svg(spec: Mapping[str, Any]) -> str:
    """Return a drawing whose texts are texts, with the glyphs that they need."""
    drawing = str(_load_converter().vegalite_to_svg(spec, **_OFFLINE))
    head, end, rest = drawing.partition(">")
    return f"{head}{end}<style>{build_font_faces(drawing)}</style>{rest}"


@cache
def load_program() -> str:
    """Return the JavaScript that shows a specification; it defines ``vegaEmbed``."""
    return str(_load_converter().javascript_bundle())


@cache
def _load_converter() -> Any:  # noqa: ANN401 - a module without types
    """Return the converter, with the fonts of the package."""
    try:
        import vl_convert
    except ImportError:
        msg = (
            "pages and pictures of engine='vega' need provstats[interactive]: "
            "pip install 'provstats[interactive]'"
        )
        raise SchemaError(msg) from None
    vl_convert.register_font_directory(str(find_data_folder() / "fonts"))
    return vl_convert
