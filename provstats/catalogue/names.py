"""Names: an indicator found by its id, or by any name or alias that is its alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from provstats.catalogue.entries import load_indicators, look_up_indicator
from provstats.catalogue.wordings import WORDINGS
from provstats.errors import UnknownIndicatorError, suggest_nearest
from provstats.reading.script import simplify_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.catalogue.entries import Indicator

__all__ = ["find_ids", "indicator", "normalize_name"]

# Of so many candidates an error names the first.
_NAMED: Final = 6
# Such as the change of the rank by the growth of an addition: no name is longer.
_DEEPEST: Final = 4


def indicator(name: str, /) -> Indicator:
    """Return one indicator.

    Parameters
    ----------
    name : str
        Its id, or any name or alias that is its alone; case, blanks, quotation marks and script
        (traditional, simplified) do not matter. `search` finds ids by parts of names.

    Returns
    -------
    Indicator

    Raises
    ------
    UnknownIndicatorError
        If there is none, or the name is one of several; the message has the candidates.

    Examples
    --------
    >>> indicator("industrial_value_added_growth_gap").unit
    'percentage_point'
    >>> indicator("规上工业增加值增速").id
    'industrial_value_added_growth'
    """
    found = look_up_indicator(name) if isinstance(name, str) else None
    return found or _require_one_indicator(name, find_ids(name) if isinstance(name, str) else [])


def _require_one_indicator(name: object, ids: list[str]) -> Indicator:
    if len(ids) == 1 and (known := look_up_indicator(ids[0])):
        return known
    if ids:
        several = " or ".join(f"{id_!r}" for id_ in ids[:_NAMED])
        msg = f"{name!r} is a name of several indicators; choose {several}"
        raise UnknownIndicatorError(msg)
    near = suggest_nearest(str(name), _list_suggestions())
    msg = f"unknown indicator {name!r}{near or '.'} ps.search(text) finds ids by name."
    raise UnknownIndicatorError(msg)


def _list_suggestions() -> list[str]:
    """Return the ids of the table, those that follow from them by rule, and the names."""
    ends = ("", *(f"_{suffix}" for suffix in WORDINGS))
    ids = [id_ + end for id_ in load_indicators() for end in ends]
    return ids + [
        name for entry in load_indicators().values() for name in (entry.name_zh, entry.name_en)
    ]


def find_ids(text: str) -> list[str]:
    """Return the ids that a text names; a growth or an addition is found by its wording.

    Examples
    --------
    >>> find_ids("little giants, year-on-year growth")
    ['little_giants_growth']
    """
    return [text] if look_up_indicator(text) else _find_ids_by_key(normalize_name(text), _DEEPEST)


def _find_ids_by_key(key: str, depth: int) -> list[str]:
    found = _index_names().get(key)
    return found or (list(dict.fromkeys(_find_ids_by_wording(key, depth))) if depth else [])


def _find_ids_by_wording(key: str, depth: int) -> Iterator[str]:
    """Find what follows from an indicator: a wording of growth and so on around its name."""
    for before, after, suffix in _list_affixes():
        inner = key.removeprefix(before).removesuffix(after)
        if len(inner) == len(key) - len(before) - len(after) > 0:
            ids = (f"{stem}_{suffix}" for stem in _find_ids_by_key(inner, depth - 1))
            yield from (id_ for id_ in ids if look_up_indicator(id_))


@cache
def _list_affixes() -> list[tuple[str, str, str]]:
    """Return the words before and after a name, and the suffix they mean; longest first."""
    affixes = []
    for suffix, words in WORDINGS.items():
        for wording in (words.zh, words.en, *words.spoken_zh, *words.spoken_en):
            before, _, after = wording.partition("{}")
            affixes.append((normalize_name(before), normalize_name(after), suffix))
    return sorted(affixes, key=lambda affix: -len(affix[0] + affix[1]))


@cache
def _index_names() -> dict[str, list[str]]:
    """Return the listed ids by normal name; a name of an indicator is no alias of others."""
    own, aliases = (
        _invert_names({id_: texts(entry) for id_, entry in load_indicators().items()})
        for texts in (_list_own_names, _list_aliases)
    )
    return aliases | own


def _list_own_names(entry: Indicator) -> tuple[str, ...]:
    return entry.id, entry.name_zh, entry.name_en


def _list_aliases(entry: Indicator) -> tuple[str, ...]:
    return entry.aliases


def _invert_names(texts: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, names in texts.items():
        for key in dict.fromkeys(map(normalize_name, names)):
            found.setdefault(key, []).append(id_)
    return found


def normalize_name(text: str) -> str:
    """Return a name without what does not matter: case, script, blanks and punctuation.

    Examples
    --------
    >>> normalize_name("專精特新“小巨人” 企業"), normalize_name("Value-added of industry")
    ('专精特新小巨人企业', 'valueaddedofindustry')
    """
    plain = simplify_characters(normalize("NFKC", text).casefold())
    return "".join(filter(str.isalnum, plain))
