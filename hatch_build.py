"""Cut the Chinese font of the charts from Noto Sans SC, and put it into the wheel.

The repository holds no font. The one that is cut from comes with a package of the registry, which
is only read here, never imported: importing it would change Matplotlib's settings. The cut is
written beside the data, where a checkout and an editable install find it, and is the same byte for
byte each time. Without it no wheel is built. Why so: docs/decisions/0006.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE: Final = "zhplot"
_SOURCE: Final = "zhplot/fonts/NotoSansSC-Regular.ttf"
_SHA256: Final = "5cf8b2a0576d5680284ab03a7a8219499d59bbe981a79bb3dc0031f251c39736"
_TARGET: Final = "data/fonts/ProvstatsSansSC-Regular.ttf"
# A reserved name may not be kept, and a name of its own is not mistaken for an installed font.
_FAMILY: Final = "Provstats Sans SC"
_NAMES: Final = {
    1: _FAMILY,
    2: "Regular",
    3: "2.004;ProvstatsSansSC-Regular",
    4: _FAMILY,
    6: "ProvstatsSansSC-Regular",
    10: "A subset of Noto Sans SC, without hints and layout features, for charts of provstats",
}
# Copyright, version, trademark, designers, licence and where it stands.
_KEPT_NAMES: Final = {0, 5, 7, 9, 13, 14}
# Where the words of charts stand: names, units, phrases.
_WORDS: Final = ("data/*.tsv", "provstats/**/*.py")
# Latin with its accents, Greek, punctuation, superscripts, currencies, letterlike symbols, number
# forms, arrows, operators with the true minus, shapes; Chinese punctuation, squared units and
# full-width forms. Of these as many as there are.
_BLOCKS: Final = (
    range(0x20, 0x180), range(0x370, 0x400), range(0x2000, 0x2400), range(0x25A0, 0x2600),
    range(0x3000, 0x3040), range(0x3380, 0x33E0), range(0xFF00, 0xFFF0),
)  # fmt: skip
# Of counties and districts, and common in other names; GB 2312 lacks them.
_PLACES: Final = "埇沚浉瀍猇硚鄠堽㵲镕喆堃垚珺"


class FontHook(BuildHookInterface[Any]):
    """Make the font before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Write the font beside the data, and add it to the wheel."""
        target = Path(self.root, _TARGET)
        written = chain(*(Path(self.root).glob(files) for files in _WORDS))
        words = "".join(file.read_text(encoding="utf-8") for file in written)
        needed = {ord(char) for char in _gb2312() + _PLACES + words if char.isprintable()}
        target.write_bytes(_cut(_source(), needed))
        build_data["force_include"][str(target)] = f"provstats/{_TARGET}"


def _source() -> bytes:
    """Return the font to cut from, or say what is wrong with it."""
    try:
        path = Path(str(distribution(_PACKAGE).locate_file(_SOURCE)))
    except PackageNotFoundError as error:
        msg = f"{_PACKAGE}, whose font the charts need, is not installed; see [build-system]"
        raise RuntimeError(msg) from error
    font = path.read_bytes()
    if sha256(font).hexdigest() != _SHA256:
        msg = f"{path} is not the font that was reviewed: its SHA-256 is not {_SHA256}"
        raise RuntimeError(msg)
    return font


def _gb2312() -> str:
    """Return all characters of GB 2312: 6,763 hanzi, kana, Greek, Cyrillic, symbols."""
    pairs = product(range(0xA1, 0xF8), range(0xA1, 0xFF))
    return "".join(bytes(pair).decode("gb2312", errors="ignore") for pair in pairs)


def _cut(source: bytes, needed: set[int]) -> bytes:
    """Return a font with the needed characters, and those of the blocks."""
    options = subset.Options(hinting=False, name_IDs=_KEPT_NAMES)
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx"]
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    if lacking := needed - font.getBestCmap().keys():
        msg = f"{_SOURCE} lacks {''.join(map(chr, sorted(lacking)))}"
        raise RuntimeError(msg)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=needed.union(*_BLOCKS))
    subsetter.subset(font)
    for id_, name in _NAMES.items():
        font["name"].setName(name, id_, 3, 1, 0x409)
    cut = BytesIO()
    font.save(cut)
    return cut.getvalue()
