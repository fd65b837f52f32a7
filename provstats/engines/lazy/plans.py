"""Plans: a lazy frame in, one of the same engine out, and nothing run on the way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from provstats.engines.lazy.gap import gap_to_national, share_of_national
from provstats.engines.lazy.parts import PARTED
from provstats.engines.lazy.rank import rank
from provstats.engines.lazy.schemas import refuse_wrong_schema
from provstats.engines.lazy.yoy import yoy
from provstats.engines.recognise import Lazy, find_engine

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["plan_comparison"]

# DuckDB runs no Python on its rows, so each comparison is queries there.
_QUERIES: Final[dict[str, Callable[..., Lazy]]] = {
    "gap_to_national": gap_to_national, "rank": rank, "share_of_national": share_of_national,
    "yoy": yoy,
}  # fmt: skip


def plan_comparison(compare: Callable[..., Any], x: Lazy, **options: object) -> Lazy:
    """Return a comparison of a lazy frame as a lazy frame of the same engine."""
    engine = find_engine(x)
    refuse_wrong_schema(x._meta if engine == "dask" else x)  # noqa: SLF001 - the types without the rows
    if engine in PARTED:
        return PARTED[engine](partial(compare, **options), x)
    return _QUERIES[compare.__name__](x, **options)
