"""Names: an indicator found by its id, or by any name or alias that is its alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from provstats.catalogue.entries import known_indicator, listed
from provstats.catalogue.wordings import WORDINGS
from provstats.errors import UnknownIndicatorError, nearest
from provstats.reading.script import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provstats.catalogue.entries import Indicator

__all__ = ["ids_named", "indicator", "one_dress"]

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
    found = known_indicator(name) if isinstance(name, str) else None
    return found or _only_one(name, ids_named(name) if isinstance(name, str) else [])


def _only_one(name: object, ids: list[str]) -> Indicator:
    if len(ids) == 1 and (known := known_indicator(ids[0])):
        return known
    if ids:
        several = " or ".join(f"{id_!r}" for id_ in ids[:_NAMED])
        msg = f"{name!r} is a name of several indicators; choose {several}"
        raise UnknownIndicatorError(msg)
    near = nearest(str(name), _suggested())
    msg = f"unknown indicator {name!r}{near or '.'} ps.search(text) finds ids by name."
    raise UnknownIndicatorError(msg)


def _suggested() -> list[str]:
    """Return the ids of the table, those that follow from them by rule, and the names."""
    ends = ("", *(f"_{suffix}" for suffix in WORDINGS))
    ids = [id_ + end for id_ in listed() for end in ends]
    return ids + [name for entry in listed().values() for name in (entry.name_zh, entry.name_en)]


def ids_named(text: str) -> list[str]:
    """Return the ids that a text names; a growth or an addition is found by its wording.

    Examples
    --------
    >>> ids_named("little giants, year-on-year growth")
    ['little_giants_growth']
    """
    return [text] if known_indicator(text) else _ids_of_key(one_dress(text), _DEEPEST)


def _ids_of_key(key: str, depth: int) -> list[str]:
    found = _by_name().get(key)
    return found or (list(dict.fromkeys(_ids_worded(key, depth))) if depth else [])


def _ids_worded(key: str, depth: int) -> Iterator[str]:
    """Find what follows from an indicator: a wording of growth and so on around its name."""
    for before, after, suffix in _affixes():
        inner = key.removeprefix(before).removesuffix(after)
        if len(inner) == len(key) - len(before) - len(after) > 0:
            ids = (f"{stem}_{suffix}" for stem in _ids_of_key(inner, depth - 1))
            yield from (id_ for id_ in ids if known_indicator(id_))


@cache
def _affixes() -> list[tuple[str, str, str]]:
    """Return the words before and after a name, and the suffix they mean; longest first."""
    affixes = []
    for suffix, words in WORDINGS.items():
        for wording in (words.zh, words.en, *words.spoken_zh, *words.spoken_en):
            before, _, after = wording.partition("{}")
            affixes.append((one_dress(before), one_dress(after), suffix))
    return sorted(affixes, key=lambda affix: -len(affix[0] + affix[1]))


@cache
def _by_name() -> dict[str, list[str]]:
    """Return the listed ids by normal name; a name of an indicator is no alias of others."""
    own, aliases = (
        _inverted({id_: texts(entry) for id_, entry in listed().items()})
        for texts in (_own, _aliases)
    )
    return aliases | own


def _own(entry: Indicator) -> tuple[str, ...]:
    return entry.id, entry.name_zh, entry.name_en


def _aliases(entry: Indicator) -> tuple[str, ...]:
    return entry.aliases


def _inverted(texts: dict[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, names in texts.items():
        for key in dict.fromkeys(map(one_dress, names)):
            found.setdefault(key, []).append(id_)
    return found


def one_dress(text: str) -> str:
    """Return a name without what does not matter: case, script, blanks and punctuation.

    Examples
    --------
    >>> one_dress("專精特新“小巨人” 企業"), one_dress("Value-added of industry")
    ('专精特新小巨人企业', 'valueaddedofindustry')
    """
    plain = simplified(normalize("NFKC", text).casefold())
    return "".join(filter(str.isalnum, plain))
