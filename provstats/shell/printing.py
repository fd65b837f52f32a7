"""Printing: an answer as text for people, or as CSV or JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from provstats.shell.columns import format_lines
from provstats.shell.streams import can_print_unicode
from provstats.tables.records import to_records

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = ["FORMATS", "print_answer"]

FORMATS: Final = ("text", "csv", "json")


def print_answer(rows: pd.DataFrame, shown: Callable[[], pd.DataFrame], format_: str) -> None:
    """Print rows: as CSV or JSON all that they have, as text what is shown to people."""
    if format_ == "csv":
        rows.to_csv(sys.stdout, index=False, lineterminator="\n")
    elif format_ == "json":
        _print_json(rows)
    else:
        for line in format_lines(shown()):
            print(line)


def _print_json(rows: pd.DataFrame) -> None:
    """Print a list of records, one a line; a stream without Chinese gets its escapes."""
    ascii_only = not can_print_unicode()
    lines = [
        json.dumps(record, ensure_ascii=ascii_only, allow_nan=False) for record in to_records(rows)
    ]
    print("[\n" + ",\n".join(lines) + "\n]" if lines else "[]")
