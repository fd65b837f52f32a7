"""Palettes: the colours of the charts, each told apart from its ground and by the colour-blind."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from matplotlib import rcParams
from matplotlib.colors import to_rgb

from provstats.errors import SchemaError, suggest_nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.typing import ColorType

__all__ = ["Palette", "choose_palette", "choose_readable_ink", "compute_contrast", "palette"]

# Below this sRGB is linear.
_LINEAR: Final = 0.04045


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart; marks have a contrast of 3 or more with the ground, texts of 4.5."""

    ground: ColorType = "#FFFFFF"
    text: ColorType = "#1A1A1A"
    quiet_text: ColorType = "#565D64"
    mark: ColorType = "#23282D"
    quiet: ColorType = "#767E86"
    grid: ColorType = "#DFE3E6"
    hair: ColorType = "#EEF0F2"
    panel: ColorType = "#F4F6F7"
    accent: ColorType = "#12436D"
    accent_soft: ColorType = "#5B83A8"
    up: ColorType = "#2073BC"
    down: ColorType = "#C8500A"
    down_text: ColorType = "#B8430B"
    nation: ColorType = "#C8500A"
    nation_text: ColorType = "#B8430B"
    nation_band: ColorType = "#F6E3D6"
    funnel: tuple[ColorType, ...] = ("#DDE3E9", "#EEF1F4")
    #: For several highlighted lines, in this order; none of the first three is near the nation's.
    lines: tuple[ColorType, ...] = ("#12436D", "#1E7B73", "#8757C7", "#B8430B")
    #: Cells below the nation and above it, the farther the darker; and as many in one hue.
    below: tuple[ColorType, ...] = ("#EA9A58", "#F8CBA4", "#FDEEE2")
    above: tuple[ColorType, ...] = ("#3678B0", "#12436D")
    one_hue: tuple[ColorType, ...] = ("#E1ECF7", "#A9CDEE", "#6BACE6", "#2073BC", "#12436D")
    outline: ColorType = "#7A828A"
    #: Cells far below, below, not told apart, above and far above.
    heat: tuple[ColorType, ...] = ("#E4671F", "#FBD9BF", "#FFFFFF", "#C6DBEE", "#12436D")


_LIGHT: Final = Palette()
_DARK: Final = Palette(
    ground="#000000", text="#F2F2F2", quiet_text="#B4BAC0", mark="#DDE1E4", quiet="#8B939A",
    grid="#33393E", hair="#22272B", panel="#14181B", accent="#6BACE6", accent_soft="#4E82B0",
    up="#4F9BE0", down="#F07A3A", down_text="#F59A66", nation="#F07A3A", nation_text="#F59A66",
    nation_band="#4A2A18", funnel=("#2A3036", "#1B1F23"),
    lines=("#6BACE6", "#5CC8BE", "#BBA6E8", "#F59A66"),
    heat=(*_LIGHT.heat[:2], "#000000", *_LIGHT.heat[3:]),
)  # fmt: skip

#: The colours by name, which ``style=`` of every chart may replace.
palette: Final[Mapping[str, Any]] = asdict(_LIGHT)


def choose_palette(style: Mapping[str, Any] | None) -> Palette:
    """Return the colours for the ground that Matplotlib's style has, with those of the caller."""
    is_dark = _compute_luminance(rcParams["text.color"]) > _compute_luminance(
        rcParams["figure.facecolor"]
    )
    own = {name: given for name, given in (style or {}).items() if name != "font"}
    known = [field.name for field in fields(Palette)]
    if wrong := [name for name in own if name not in known]:
        hint = suggest_nearest(wrong[0], known)
        msg = f"style must be of {['font', *known]}, got {wrong[0]!r}{hint}"
        raise SchemaError(msg)
    return replace(_DARK if is_dark else _LIGHT, **own)


def compute_contrast(one: ColorType, other: ColorType) -> float:
    """Return the contrast of two colours that WCAG 2 defines, from 1 to 21.

    Examples
    --------
    >>> round(compute_contrast("black", "white"))
    21
    """
    dark, light = sorted([_compute_luminance(one) + 0.05, _compute_luminance(other) + 0.05])
    return light / dark


def choose_readable_ink(ground: ColorType) -> str:
    """Return black or white, whichever stands out more.

    Examples
    --------
    >>> choose_readable_ink("#E1ECF7"), choose_readable_ink("#12436D")
    ('black', 'white')
    """
    return max("black", "white", key=lambda ink: compute_contrast(ink, ground))


def _compute_luminance(color: ColorType) -> float:
    """Return the relative luminance that WCAG 2 defines."""
    linear = (c / 12.92 if c <= _LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color))
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
