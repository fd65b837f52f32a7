"""Places: the nation, the 34 province-level divisions, and the other areas that reports name.

Codes are ISO 3166-2 (letters, as revised in 2017) beside GB/T 2260. A name that is not in the
registry is refused, never guessed: 吉林 is the province, 吉林市 is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Final, Literal, get_args

from provstats.errors import SchemaError, UnknownRegionError, suggest_nearest
from provstats.reading.dress import normalize_characters
from provstats.store.files import find_data_folder, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = [
    "NATION", "Kind", "Region", "list_mainland_codes", "list_province_codes", "load_regions",
    "region", "regions",
]  # fmt: skip

Kind = Literal["nation", "province", "area"]

#: The code of the nation.
NATION: Final = "CN"

_BEYOND_MAINLAND: Final = ("CN-TW", "CN-HK", "CN-MO")
_COLUMNS: Final = (
    "code", "adcode", "name_zh", "name_full", "name_traditional", "abbreviations", "pinyin",
    "name_en", "aliases", "kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """One region of the registry.

    Parameters
    ----------
    code : str
        ISO 3166-2 (``CN-BJ``), ``CN`` for the nation, a lower-case id for other areas.
    adcode : str
        GB/T 2260, six digits; empty where there is none.
    name_zh, name_full, name_traditional : str
        Short, full and traditional Chinese names.
    abbreviations : tuple of str
        One-character names, the official one first.
    pinyin, name_en : str
        Pinyin without tones; the English name as NBS writes it.
    aliases : tuple of str
        Further names that find the region.
    kind : str
        ``nation``, ``province`` (all 34 province-level divisions) or ``area``.

    Raises
    ------
    SchemaError
        If the code does not suit the kind.

    Examples
    --------
    >>> region("渝").code, region("Shaanxi").code, region("山西").code
    ('CN-CQ', 'CN-SN', 'CN-SX')
    """

    code: str
    adcode: str
    name_zh: str
    name_full: str
    name_traditional: str
    abbreviations: tuple[str, ...]
    pinyin: str
    name_en: str
    aliases: tuple[str, ...]
    kind: Kind

    def __post_init__(self) -> None:
        forms = {"nation": "CN", "province": "CN-[A-Z]{2}", "area": "[a-z]+(-[a-z]+)*"}
        if self.kind not in get_args(Kind) or not re.fullmatch(forms[self.kind], self.code):
            msg = f"region {self.code!r} cannot be of kind {self.kind!r}; kinds: {get_args(Kind)}"
            raise SchemaError(msg)

    @property
    def names(self) -> tuple[str, ...]:
        """Every text that finds the region."""
        chinese = (self.name_zh, self.name_full, self.name_traditional, *self.abbreviations)
        names = (*self._codes, *chinese, self.pinyin, self.name_en, *self.aliases)
        return tuple(filter(None, names))

    @property
    def _codes(self) -> tuple[str, ...]:
        """The code in letters; GB/T 2260 in 6, 12 and 2 digits, and as ISO had it before 2017."""
        codes = (self.code, self.code.removeprefix("CN-"), self.adcode)
        two = self.adcode[:2] if self.kind == "province" else ""
        return (*codes, f"{self.adcode}000000" if self.adcode else "", two, two and f"CN-{two}")


def _make_region(row: dict[str, str]) -> Region:
    lists = {c: tuple(filter(None, row[c].split(";"))) for c in ("abbreviations", "aliases")}
    return Region(**{**row, **lists})  # type: ignore[arg-type]


@cache
def load_regions() -> Mapping[str, Region]:
    """Return all regions by code, in the registry's order.

    Examples
    --------
    >>> len([r for r in load_regions().values() if r.kind == "province"])
    34
    """
    rows = map(_make_region, read_table(find_data_folder() / "regions.tsv", _COLUMNS))
    return {row.code: row for row in rows}


@cache
def list_province_codes() -> frozenset[str]:
    """Return the codes of the 34 province-level divisions.

    Examples
    --------
    >>> len(list_province_codes())
    34
    """
    return frozenset(r.code for r in load_regions().values() if r.kind == "province")


@cache
def list_mainland_codes() -> frozenset[str]:
    """Return the codes of the 31 province-level divisions that national statistics cover.

    Examples
    --------
    >>> len(list_mainland_codes())
    31
    """
    return list_province_codes().difference(_BEYOND_MAINLAND)


# Not those between digits, which may be two codes.
_BLANK: Final = re.compile(r"(?<!\d) | (?!\d)")
# Apostrophes, the hyphens of Inner-Mongolia, and the zero of a column of codes with gaps: 110000.0.
_LOOSE: Final = re.compile(r"['’]|(?<=[a-z])[-_](?=[a-z])|(?<=\d)\.0$")


def _make_region_key(name: str) -> str:
    plain = re.sub(r"\s+", " ", normalize_characters(name).casefold())
    return _LOOSE.sub("", _BLANK.sub("", plain))


@cache
def _index_regions() -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for code, found in load_regions().items():
        for name in found.names:
            index.setdefault(_make_region_key(name), set()).add(code)
    return index


def region(name: str | float | Region) -> Region:
    """Find a region by any of its names.

    Parameters
    ----------
    name : str, int or Region
        ISO 3166-2 or GB/T 2260 code (in 2, 6 or 12 digits), Chinese short, full, traditional or
        one-character name, pinyin or English name; case, blanks and hyphens do not matter.

    Returns
    -------
    Region

    Raises
    ------
    UnknownRegionError
        If no region, or more than one, has that name.

    Examples
    --------
    >>> region("內蒙古").name_en
    'Inner Mongolia'
    """
    codes = _index_regions().get(_make_region_key(_convert_name_to_text(name)), set())
    if len(codes) == 1:
        return load_regions()[next(iter(codes))]
    if codes:
        msg = f"region {name!r} is ambiguous: it may be {' or '.join(sorted(codes))}"
        raise UnknownRegionError(msg)
    # Only whole names are suggested: one character is too near to everything.
    known = [n for r in load_regions().values() for n in r.names if len(n) > 1]
    msg = (
        f"unknown region {name!r}{suggest_nearest(str(name), known) or '.'} "
        "Allowed are the codes and names of ps.regions(); cities are not taken for provinces."
    )
    raise UnknownRegionError(msg)


def _convert_name_to_text(name: object) -> str:
    """Return a name as text; a code may be a number of any kind."""
    if isinstance(name, Region):
        return name.code
    if isinstance(name, Real) and not isinstance(name, bool) and float(name).is_integer():
        return str(int(float(name)))
    return str(name)


def regions() -> pd.DataFrame:
    """Return the registry of regions.

    Returns
    -------
    DataFrame
        One row a region: ``code``, ``adcode``, ``name_zh``, ``name_full``, ``name_traditional``,
        ``abbreviations``, ``pinyin``, ``name_en``, ``aliases`` (the two lists joined by ``;``) and
        ``kind``; all text, empty where there is none.

    Examples
    --------
    >>> regions().query("kind == 'province'")["code"].nunique()
    34
    """
    import pandas as pd

    return pd.DataFrame(
        read_table(find_data_folder() / "regions.tsv", _COLUMNS), columns=list(_COLUMNS)
    )
