"""Changes: which figures one version of the data has added, changed or withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from provstats.errors import SchemaError
from provstats.store.files import find_data_folder
from provstats.store.keys import FACT

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["compare_data_files", "summarize_changes"]

_KEY: Final = [*FACT, "source"]
#: What makes a figure another one.
_FIGURE: Final = ["value", "lower", "upper", "unit", "qualifier", "printed"]
#: What several of a kind are called where they are told in one line.
_FOLDED: Final = {
    "indicator": "{} indicators", "region": "{} regions", "period": "{} periods", "before": "…",
    "after": "…", "what": "…",
}  # fmt: skip
#: A column that older data have not, with what it was for all rows.
_LATER: Final = {"among": ""}


def compare_data_files(old: Path, new: Path | None = None) -> pd.DataFrame:
    """Return what became of the figures between two data files.

    Parameters
    ----------
    old, new : Path
        ``provinces.parquet`` of two versions; the new one is by default that which is installed.

    Returns
    -------
    DataFrame
        One row a figure that is not the same in both, sorted by what became of it: ``change``
        (``added``, ``changed`` or ``withdrawn``), ``region``, ``indicator``, ``period``,
        ``nature``, ``among``, ``source``, ``before`` and ``after`` (as printed; missing where there
        is none) and ``what`` (which columns of a changed figure differ, joined by blanks). A figure
        that moved to another key, such as a renamed indicator, is withdrawn and added.

    Raises
    ------
    SchemaError
        If a file is missing or holds no observations.

    Examples
    --------
    >>> len(compare_data_files(find_data_folder() / "provinces.parquet"))
    0
    """
    before, after = (
        _read_data_file(Path(old)),
        _read_data_file(new or find_data_folder() / "provinces.parquet"),
    )
    both = before.merge(after, "outer", _KEY, suffixes=("_before", "_after"), indicator="side")
    both = both.assign(what=_list_changed_columns(both))
    side = both["side"].astype(str)
    said = side.map({"left_only": "withdrawn", "right_only": "added", "both": "changed"})
    found = both.assign(change=said)[(side != "both") | (both["what"] != "")]
    renamed = found.rename(columns={"printed_before": "before", "printed_after": "after"})
    answer = renamed[["change", *_KEY, "before", "after", "what"]]
    return answer.sort_values(["change", *_KEY], ignore_index=True)


def summarize_changes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return changes in short, as a new table alone adds thousands.

    Parameters
    ----------
    rows : DataFrame
        Of `compare_data_files`.

    Returns
    -------
    DataFrame
        One row for what was added of a document, and one for what was changed or withdrawn of an
        indicator of a document: ``change``, ``source``, ``figures`` (how many), then
        ``indicator``, ``region``, ``period``, ``before``, ``after`` and ``what``, each the one that
        all share, or how many there are.

    Examples
    --------
    >>> import pandas as pd
    >>> shared = {"region": "CN-SD", "period": "2024", "source": "x", "after": "5%", "what": ""}
    >>> rows = pd.DataFrame([{"indicator": name} for name in ("gdp", "gdp_growth")])
    >>> summarize_changes(rows.assign(change="added", before="", **shared)).iloc[0, 3:6].to_list()
    ['2 indicators', 'CN-SD', '2024']
    """
    import pandas as pd

    of_indicators = rows["indicator"].where(rows["change"] != "added", "")
    groups = rows.fillna("").groupby(["change", "source", of_indicators], sort=True)
    lines = [
        {"change": change, "source": source, "figures": len(group), **_summarize_columns(group)}
        for (change, source, _), group in groups
    ]
    return pd.DataFrame(lines, columns=["change", "source", "figures", *_FOLDED])


def _summarize_columns(rows: pd.DataFrame) -> dict[str, str]:
    """Return for each column the one entry of all rows, or how many entries there are."""
    unique = {name: rows[name].unique().tolist() for name in _FOLDED}
    return {
        name: cells[0] if len(cells) == 1 else _FOLDED[name].format(len(cells))
        for name, cells in unique.items()
    }


def _read_data_file(path: Path) -> pd.DataFrame:
    """Read a data file of any version; it may have been built before it carried its digest."""
    import pyarrow.parquet as pq

    try:
        rows: pd.DataFrame = pq.read_table(path).to_pandas()
    except (OSError, ValueError) as error:
        msg = f"{path} is missing, or no data file: {str(error).splitlines()[0]}"
        raise SchemaError(msg) from error
    rows = rows.assign(**{name: text for name, text in _LATER.items() if name not in rows})
    if missing := [name for name in (*_KEY, *_FIGURE) if name not in rows]:
        msg = f"{path} holds no observations: columns {missing} are not in it"
        raise SchemaError(msg)
    return rows[[*_KEY, *_FIGURE]]


def _list_changed_columns(both: pd.DataFrame) -> list[str]:
    """Return for each figure of both files which of its columns differ."""
    is_both = both["side"] == "both"
    differs = {
        name: (is_both & (both[f"{name}_before"] != both[f"{name}_after"])).to_numpy()
        for name in _FIGURE
    }
    return [
        " ".join(name for name in _FIGURE if differs[name][place]) for place in range(len(both))
    ]
