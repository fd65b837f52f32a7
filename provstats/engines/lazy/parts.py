"""Parts: the comparison in memory as a step in the plan of an engine that runs Python.

polars hands over all its rows at once. Dask and Spark spread theirs: the rows of an indicator and
of all that tells of it belong together, so they are shuffled into one part, and each part is
compared by itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from provstats.engines.memory.panel import Panel
from provstats.indicators import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provstats.engines.recognise import Lazy

    Compare = Callable[[Any], Any]

__all__ = ["PARTED"]

# An indicator and those that tell of it are compared together.
_TELLING: Final = f"(?:_(?:{'|'.join(SUFFIXES)}))+$"
_CONCEPT: Final = "provstats_concept"
# Rows of which nothing is kept: they show the types of an answer.
_EXAMPLE: Final = {
    "region": ["CN", "CN-BJ", "CN-SH"], "indicator": ["example"] * 3, "period": ["2024"] * 3,
    "value": [0.0] * 3,
}  # fmt: skip


def compare_in_polars(compare: Compare, frame: Lazy) -> Lazy:
    """Compare all rows of a lazy frame of polars when it is collected."""
    import polars as pl

    types = _compare_part(compare, pl.DataFrame(_EXAMPLE)).schema
    # In pandas 2 texts that are all missing have no type.
    added = {
        name: pl.String() if types[name] == pl.Null else types[name] for name in _list_added(types)
    }
    schema = frame.collect_schema() | added
    # An engine that runs in batches hands over many pieces: to take rows from one is quicker.
    return frame.map_batches(lambda part: compare(part.rechunk()).cast(added), schema=schema)


def compare_in_dask(compare: Compare, frame: Lazy) -> Lazy:
    """Compare the parts of a frame of Dask when it is computed."""
    concept = frame["indicator"].astype(str).str.replace(_TELLING, "", regex=True)
    together = frame.assign(**{_CONCEPT: concept}).shuffle(on=[_CONCEPT])
    own = frame._meta  # noqa: SLF001 - the types without the rows
    types = _compare_part(compare, pd.DataFrame(_EXAMPLE)).head(0)
    meta = own.assign(**{name: types[name].array for name in _list_added(types)})
    work = partial(_compare_pandas_part, compare, meta)
    return together.map_partitions(work, meta=meta)


def _compare_pandas_part(compare: Compare, meta: pd.DataFrame, part: pd.DataFrame) -> pd.DataFrame:
    own = part.drop(columns=_CONCEPT)
    return _compare_part(compare, own) if len(own) else meta


def compare_in_spark(compare: Compare, frame: Lazy) -> Lazy:
    """Compare the parts of a frame of Spark when an action runs it."""
    import pyarrow as pa
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_schema
    from pyspark.sql.types import StructType

    types = _compare_part(compare, pa.table(_EXAMPLE)).schema
    added = {name: from_arrow_type(types.field(name).type) for name in _list_added(types.names)}
    schema = StructType([field for field in frame.schema if field.name not in added])
    for name, kind in added.items():
        schema = schema.add(name, kind)
    work = partial(_compare_arrow_parts, compare, to_arrow_schema(schema))
    concept = f.regexp_replace("indicator", _TELLING, "")
    return frame.repartition(concept).mapInArrow(work, schema)


def _compare_arrow_parts(compare: Compare, schema: Any, batches: Iterable[Any]) -> Iterator[Any]:  # noqa: ANN401 - of Arrow
    import pyarrow as pa

    if part := [batch for batch in batches if len(batch)]:
        answer = _compare_part(compare, pa.Table.from_batches(part))
        yield from answer.select(schema.names).cast(schema).to_batches()


def _compare_part(compare: Compare, rows: Any) -> Any:  # noqa: ANN401 - a frame of any library
    """Compare the rows of a part; one with nothing to compare is no error."""
    panel = Panel(rows)
    panel.is_part = True
    return compare(panel)


def _list_added(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in _EXAMPLE]


#: The engines that compare so, each with its way.
PARTED: Final = {"dask": compare_in_dask, "polars": compare_in_polars, "spark": compare_in_spark}
