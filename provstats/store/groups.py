"""Groups: named sets of provinces, each with the document that defines it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from provstats.errors import SchemaError, UnknownRegionError
from provstats.store.files import find_data_folder, read_table
from provstats.store.regions import Region, list_province_codes, load_regions, region

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    # A code may be a number of any kind.
    Name = str | float | Region
    Names = Name | Iterable[Name]

__all__ = [
    "Group", "Names", "convert_names_to_list", "find_group", "find_region_codes", "groups",
    "load_groups", "load_regions_and_groups",
]  # fmt: skip


_COLUMNS: Final = (
    "id", "name_zh", "name_en", "members", "document", "publisher", "published", "url", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """One named group of provinces."""

    id: str
    name_zh: str
    name_en: str
    members: tuple[str, ...]
    document: str
    publisher: str
    published: str
    url: str
    note: str

    def __post_init__(self) -> None:
        unknown = set(self.members) - list_province_codes()
        if unknown or not re.fullmatch("[a-z]+(-[a-z]+)*", self.id) or not self.document:
            msg = f"group {self.id!r} needs an id, a document and provinces; unknown: {unknown}"
            raise SchemaError(msg)

    @property
    def keys(self) -> set[str]:
        """The texts that find the group, each in one form."""
        return {_make_group_key(text) for text in (self.id, self.name_zh, self.name_en)}


def _make_group_key(name: str) -> str:
    return re.sub(r"[\s-]|地区$|城市群$", "", name).casefold()


@cache
def load_groups() -> Mapping[str, Group]:
    """Return all groups by id, in the order of the table."""
    rows = read_table(find_data_folder() / "groups.tsv", _COLUMNS)
    made = [Group(**{**row, "members": tuple(row["members"].split())}) for row in rows]  # type: ignore[arg-type]
    return {group.id: group for group in made}


@cache
def load_regions_and_groups() -> Mapping[str, Region | Group]:
    """Return all regions and groups by code: all that figures can be about.

    Examples
    --------
    >>> (
    ...     load_regions_and_groups()["CN-SD"].name_zh,
    ...     load_regions_and_groups()["yangtze-river-delta"].name_zh,
    ... )
    ('山东', '长三角')
    """
    return {**load_groups(), **load_regions()}


def groups() -> pd.DataFrame:
    """Return the named groups of provinces, each with the document that defines it.

    Wherever regions are asked for, the name of a group stands for its members.

    Returns
    -------
    DataFrame
        One row a group: ``id``, ``name_zh``, ``name_en``, ``members`` (codes joined by blanks),
        ``document``, ``publisher``, ``published``, ``url`` (empty where none is known) and ``note``
        (such as that a plan covers only parts of a province); all text.

    Examples
    --------
    >>> groups().set_index("name_zh").loc["长三角", "members"]
    'CN-SH CN-JS CN-ZJ CN-AH'
    """
    import pandas as pd

    rows = read_table(find_data_folder() / "groups.tsv", _COLUMNS)
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def find_group(name: str) -> Group | None:
    """Return the group of this id or name, with or without 地区; None if there is none.

    Examples
    --------
    >>> find_group("长三角地区").id, find_group("山东")
    ('yangtze-river-delta', None)
    """
    return _index_groups().get(_make_group_key(str(name)))


@cache
def _index_groups() -> Mapping[str, Group]:
    """Return the groups by their keys; of two with the same key, the first."""
    listed = [*load_groups().values()]
    return {key: group for group in reversed(listed) for key in group.keys}


def find_region_codes(names: Names) -> list[str]:
    """Return the codes of regions, for a group those of its members; each once.

    The group itself is added too, as documents may print figures of the group as a whole.

    Examples
    --------
    >>> find_region_codes("京津冀")
    ['CN-BJ', 'CN-TJ', 'CN-HE', 'jing-jin-ji']
    """
    codes: list[str] = []
    for name in convert_names_to_list(names):
        group = find_group(str(name))
        codes += group.members if group else ()
        codes.append(_find_own_code(name, group))
    return list(dict.fromkeys(codes))


def convert_names_to_list(names: Names) -> list[Name]:
    """Return the names of regions, whether one or several are given, as a list.

    Examples
    --------
    >>> convert_names_to_list("京"), convert_names_to_list(iter(["京", 120000]))
    (['京'], ['京', 120000])
    """
    if isinstance(names, str | Region) or not isinstance(names, Iterable):
        return [names]
    return [*names]


def _find_own_code(name: Name, group: Group | None) -> str:
    """Return the code of a region, or of a group as a whole."""
    try:
        return region(name).code
    except UnknownRegionError:
        if group is None:
            raise
        return group.id
