"""Cut the fonts of the charts from Noto Sans SC, and put them into the wheel with their bill.

The repository holds no font. The one that is cut from comes with a package of the registry, which
is only read here, never imported. The cuts are written beside the data, where a checkout and an
editable install find them, and are the same byte for byte each time. Without them no wheel is
built. ``python hatch_build.py`` writes them too. Why so: docs/decisions/0006.

They are all that a wheel holds of others, so they are what its software bill of materials lists
(CycloneDX, in the folder that PEP 770 names).
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from typing import Any, Final, NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE: Final = "justmytype-intl-cjk"
_SOURCE: Final = "justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_SHA256: Final = "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da"
_FOLDER: Final = "data/fonts"
_BILL: Final = "fonts.cdx.json"
_MADE: Final = (
    "A subset of Noto Sans SC, without hints and layout features, for charts of provstats"
)
# Copyright, version, trademark, designers, licence and where it stands.
_KEPT_NAMES: Final = {0, 5, 7, 9, 13, 14}
# Where the words of charts stand: names, units, phrases.
_WORDS: Final = ("data/*.tsv", "provstats/words/*.py", "provstats/plot/**/*.py")
# Latin with its accents, Greek, punctuation, superscripts, currencies, letterlike symbols, number
# forms, arrows, operators with the true minus, shapes. Of these as many as there are.
_LATIN: Final = (
    range(0x20, 0x180), range(0x1CD, 0x1DD), range(0x370, 0x400), range(0x2000, 0x2400),
    range(0x25A0, 0x2600),
)  # fmt: skip
# Chinese punctuation, squared units and full-width forms.
_CHINESE: Final = (range(0x3000, 0x3040), range(0x3380, 0x33E0), range(0xFF00, 0xFFF0))
# Of counties and districts, and common in other names; GB 2312 lacks them.
_PLACES: Final = "埇沚浉瀍猇硚鄠堽㵲镕喆堃垚珺"
# A Chinese font draws these as wide as a hanzi; in English they need no more than their own width,
# and so much air, in thousandths of the size.
_TOO_WIDE: Final = {"·": 180, "±": 80, "×": 80, "÷": 80}


class _Cut(NamedTuple):
    """One font: its name, its weight, and the rows of GB 2312 that it has."""

    family: str
    style: str
    weight: int
    hanzi: range

    @property
    def name(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}"


# A reserved name may not be kept, and names of its own are not mistaken for an installed font.
# Titles are bold: for these the first level of GB 2312 will do, with all words of the package.
_ALL, _FIRST_LEVEL, _NONE = range(0xA1, 0xF8), range(0xA1, 0xD8), range(0)
_CUTS: Final = (
    _Cut("Provstats Sans SC", "Regular", 400, _ALL),
    _Cut("Provstats Sans SC", "Bold", 700, _FIRST_LEVEL),
    _Cut("Provstats Sans", "Regular", 400, _NONE),
    _Cut("Provstats Sans", "Bold", 700, _NONE),
)


class FontHook(BuildHookInterface[Any]):
    """Make the fonts before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Write the fonts beside the data, and add them to the wheel, with a bill of them."""
        fonts = write_fonts(Path(self.root))
        for font in fonts:
            build_data["force_include"][str(font)] = _find_wheel_path(font)
        bill = json.dumps(_make_bill(self.metadata.version, fonts), indent=2)
        (Path(self.root) / _FOLDER / _BILL).write_bytes(f"{bill}\n".encode())
        build_data["sbom_files"].append(f"{_FOLDER}/{_BILL}")


def write_fonts(root: Path) -> list[Path]:
    """Write the fonts beside the data of a checkout."""
    source = _read_source_font()
    words = "".join(
        file.read_text(encoding="utf-8")
        for file in chain(*(root.glob(files) for files in _WORDS))
        if "fonts" not in file.parts
    )
    written = []
    for cut in _CUTS:
        target = root / _FOLDER / f"{cut.name}.ttf"
        target.write_bytes(_cut_font(source, cut, words))
        written.append(target)
    return written


def _find_wheel_path(font: Path) -> str:
    """Return where a font stands in the wheel."""
    return f"provstats/{_FOLDER}/{font.name}"


def _make_bill(version: str, fonts: list[Path]) -> dict[str, Any]:
    """Return the bill of materials of a wheel: what it holds of others, and its origin.

    It has no time and no number of its own, so that the same wheel has the same bill.
    """
    wheel = f"pkg:pypi/provstats@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library", "bom-ref": wheel, "name": "provstats", "version": version,
                "licenses": [{"expression": "MIT AND OFL-1.1"}], "purl": wheel,
            }
        },
        "components": [_make_component(font) for font in fonts],
        "dependencies": [{"ref": wheel, "dependsOn": [_find_wheel_path(font) for font in fonts]}],
    }  # fmt: skip


def _make_component(font: Path) -> dict[str, Any]:
    """Return a font as a component, with the one that it was cut from."""
    ancestor = {
        "type": "file", "name": "Noto Sans SC", "version": "2.004", "hashes": _make_hashes(_SHA256),
        "purl": f"pkg:pypi/{_PACKAGE}@{distribution(_PACKAGE).version}",
    }  # fmt: skip
    place, digest = _find_wheel_path(font), sha256(font.read_bytes()).hexdigest()
    return {
        "type": "file", "bom-ref": place, "name": place, "hashes": _make_hashes(digest),
        "licenses": [{"license": {"id": "OFL-1.1"}}],
        "copyright": font.with_name("OFL.txt").read_text(encoding="utf-8").splitlines()[0],
        "pedigree": {"ancestors": [ancestor], "notes": _MADE},
    }  # fmt: skip


def _make_hashes(digest: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest}]


def _read_source_font() -> bytes:
    """Return the font to cut from; a missing or another font is refused."""
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


def _list_characters(cut: _Cut, words: str) -> set[int]:
    """Return the characters that a font needs: its rows of GB 2312, and words of the package."""
    pairs = product(cut.hanzi, range(0xA1, 0xFF))
    hanzi = "".join(bytes(pair).decode("gb2312", errors="ignore") for pair in pairs)
    needed = hanzi + _PLACES + words if cut.hanzi else ""
    return {ord(char) for char in needed if char.isprintable()}


def _cut_font(source: bytes, cut: _Cut, words: str) -> bytes:
    """Return one weight of the font with what is needed, and the characters of the blocks."""
    font = TTFont(BytesIO(source), recalcTimestamp=False)
    needed, narrow = _list_characters(cut, words), _find_narrow_glyphs(font)
    if lacking := needed - font.getBestCmap().keys():
        msg = f"{_SOURCE} lacks {''.join(map(chr, sorted(lacking)))}"
        raise RuntimeError(msg)
    options = subset.Options(hinting=False, name_IDs=_KEPT_NAMES, notdef_outline=True)
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "gasp", "prep"]
    subsetter = subset.Subsetter(options)
    blocks = (*_LATIN, *_CHINESE) if cut.hanzi else _LATIN
    subsetter.populate(unicodes=needed.union(*blocks), glyphs=[] if cut.hanzi else narrow.values())
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": cut.weight}, inplace=True)
    if not cut.hanzi:
        _narrow_signs(font, narrow)
    _rename_font(font, cut)
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _find_narrow_glyphs(font: TTFont) -> dict[int, str]:
    """Return the glyphs of proportional width of those Latin signs that have a wide one too."""
    gsub, glyphs = font["GSUB"].table, font.getBestCmap()
    lookups = {
        lookup
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for lookup in record.Feature.LookupListIndex
    }
    tables = [table for lookup in lookups for table in gsub.LookupList.Lookup[lookup].SubTable]
    mapping = {
        wide: narrow
        for table in tables
        for wide, narrow in getattr(table, "ExtSubTable", table).mapping.items()
    }
    latin = set().union(*_LATIN)
    return {code: mapping[glyphs[code]] for code in latin if glyphs.get(code) in mapping}


def _narrow_signs(font: TTFont, narrow: dict[int, str]) -> None:
    """Give Latin signs the width that they have in English."""
    for table in font["cmap"].tables:
        table.cmap.update({code: glyph for code, glyph in narrow.items() if code in table.cmap})
    outlines, glyphs = font["glyf"], font.getBestCmap()
    for char, air in _TOO_WIDE.items():
        name = glyphs[ord(char)]
        outline = outlines[name]
        outline.coordinates.translate((air // 2 - outline.xMin, 0))
        outline.recalcBounds(outlines)
        font["hmtx"][name] = (outline.xMax + air // 2, outline.xMin)


def _rename_font(font: TTFont, cut: _Cut) -> None:
    is_bold = cut.style == "Bold"
    names = {
        1: cut.family, 2: cut.style, 3: f"2.004;{cut.name}", 6: cut.name,
        4: f"{cut.family} {cut.style}" if is_bold else cut.family,
        10: _MADE,
    }  # fmt: skip
    for id_ in (16, 17, 25):
        font["name"].removeNames(nameID=id_)
    for id_, name in names.items():
        font["name"].setName(name, id_, 3, 1, 0x409)
    font["OS/2"].usWeightClass = cut.weight
    font["OS/2"].fsSelection = 1 << 5 if is_bold else 1 << 6
    font["head"].macStyle = int(is_bold)


if __name__ == "__main__":
    write_fonts(Path(__file__).parent)
