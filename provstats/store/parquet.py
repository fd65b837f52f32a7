"""The Parquet file: it carries a digest of itself, and is read only where the digest holds.

The digest stands in the metadata of the file, and covers all its other bytes: a single bit that
has changed anywhere is found before anything is read.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from provstats.errors import SchemaError

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

__all__ = ["read_parquet", "write_parquet"]

_KEY: Final = "provstats.sha256"
#: The level of compression, high as writing may be slow, and how many rows a value must have on
#: average to make its column a dictionary.
_LEVEL: Final = 19
_TIMES: Final = 10
#: What stands in the place of the digest while it is worked out.
_BLANK: Final = b"0" * 64
# Between the two stand the marks of the format: what follows is a text, so and so long.
_DIGEST: Final = re.compile(_KEY.encode() + rb".{1,4}([0-9a-f]{64})", re.DOTALL)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table with its digest: whole or not at all, whoever else writes at the same time."""
    draft = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        draft.write_bytes(_insert_digest(_serialize_table(table)))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _serialize_table(table: pa.Table) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = pa.BufferOutputStream()
    form = {
        "compression": "zstd",
        "compression_level": _LEVEL,
        "use_dictionary": _find_dictionary_columns(table),
    }
    with pq.ParquetWriter(written, table.schema, **form) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({_KEY: _BLANK.decode()})  # since pyarrow 17
    raw: bytes = written.getvalue().to_pybytes()
    return raw


def _find_dictionary_columns(table: pa.Table) -> list[str]:
    """Return the columns whose values stand several times each: these become dictionaries."""
    import pyarrow.compute as pc

    few = table.num_rows // _TIMES
    return [name for name in table.column_names if pc.count_distinct(table[name]).as_py() <= few]


def _insert_digest(raw: bytes) -> bytes:
    start, end = _find_digest(raw)
    return raw[:start] + _compute_digest(raw, start, end) + raw[end:]


def read_parquet(path: Path) -> pa.Table:
    """Read a table; a file that is missing or damaged, or that no build wrote, is refused."""
    # From the bytes that were proved, in memory: reading by stream can abort the process at exit.
    import pyarrow as pa
    import pyarrow.parquet as pq

    raw = _read_verified_bytes(path)
    try:
        return pq.ParquetFile(pa.BufferReader(raw)).read()
    except (OSError, ValueError) as error:
        msg = f"data file {path} cannot be read by the installed pyarrow: {error}"
        raise SchemaError(msg) from error


def _read_verified_bytes(path: Path) -> bytes:
    """Return the bytes of a file whose digest holds."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        msg = f"data file {path} is missing or cannot be read: {error.strerror}"
        raise SchemaError(msg + "; reinstall provstats") from error
    start, end = _find_digest(raw)
    if start == end or raw[start:end] != _compute_digest(raw, start, end):
        msg = f"data file {path} is damaged, or no data file of provstats: its digest does not hold"
        raise SchemaError(msg + "; reinstall provstats")
    return raw


def _find_digest(raw: bytes) -> tuple[int, int]:
    """Return where the digest stands; an empty place where there is none."""
    found = _DIGEST.search(raw, max(0, raw.rfind(_KEY.encode())))
    return found.span(1) if found else (0, 0)


def _compute_digest(raw: bytes, start: int, end: int) -> bytes:
    """Return the digest of a file whose own place is blank."""
    whole = sha256(memoryview(raw)[:start])
    whole.update(_BLANK)
    whole.update(memoryview(raw)[end:])
    return whole.hexdigest().encode()
