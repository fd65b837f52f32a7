"""The Parquet file: written with its digest, whole or not at all, and read only where it holds."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from provstats import SchemaError
from provstats.store.files import find_data_folder
from provstats.store.parquet import read_parquet, write_parquet

SHIPPED = find_data_folder() / "provinces.parquet"
TABLE = pa.table({"n": [1, 2, 3], "word": ["a", "b", "c"]})


@pytest.fixture
def written(tmp_path):
    """Return a small file, as it is written."""
    path = tmp_path / "small.parquet"
    write_parquet(TABLE, path)
    return path


def test_what_is_written_is_read(written):
    """A file gives back its table."""
    assert read_parquet(written).equals(TABLE)


def test_the_digest_stands_in_the_metadata(written):
    """Whoever opens the file finds the digest by its name, and any reader can read it."""
    assert re.fullmatch(b"[0-9a-f]{64}", pq.read_metadata(written).metadata[b"provstats.sha256"])
    assert pq.read_table(written).equals(TABLE)


def test_every_byte_of_a_small_file_is_guarded(written):
    """Wherever one bit has changed, the file is refused by name."""
    raw = written.read_bytes()
    for at in range(len(raw)):
        damaged = bytearray(raw)
        damaged[at] ^= 1 << at % 8
        written.write_bytes(damaged)
        with pytest.raises(SchemaError, match=r"small\.parquet is damaged"):
            read_parquet(written)


def test_no_flipped_bit_of_the_shipped_file_is_read(tmp_path):
    """Of the shipped file, three hundred places and both its ends are tried."""
    raw, path = SHIPPED.read_bytes(), tmp_path / "flipped.parquet"
    chosen = random.Random(1).sample(range(len(raw)), 300)  # noqa: S311 - any places do
    for at in [0, 3, *chosen, *range(len(raw) - 20, len(raw))]:
        damaged = bytearray(raw)
        damaged[at] ^= 1 << at % 8
        path.write_bytes(damaged)
        with pytest.raises(SchemaError, match="digest does not hold"):
            read_parquet(path)


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: raw + b"\0", lambda raw: raw[1:],
     lambda raw: raw[: len(raw) // 2], lambda _: b"",
     lambda raw: raw.replace(b"provstats.sha256", b"provstats.sha512"), lambda raw: raw + raw,
     lambda raw: raw[:200] + bytes(50) + raw[250:]],
    ids=["end", "one more", "start", "half", "empty", "no digest", "twice", "scratch"],
)  # fmt: skip
def test_other_damage_is_found(written, damage):
    """So is what is cut, doubled, scratched, or has no digest."""
    written.write_bytes(damage(written.read_bytes()))
    with pytest.raises(SchemaError, match="reinstall provstats"):
        read_parquet(written)


def test_a_file_of_another_writer_has_no_digest(tmp_path):
    """Rows that no build has checked are refused, in whatever table they stand."""
    doubled = pq.read_table(SHIPPED)
    pq.write_table(pa.concat_tables([doubled, doubled.slice(0, 1)]), tmp_path / "own.parquet")
    with pytest.raises(SchemaError, match=r"own\.parquet"):
        read_parquet(tmp_path / "own.parquet")


def test_two_builds_at_once_do_not_meet(tmp_path):
    """Each writes a draft of its own, and the file is one of theirs at every moment."""
    path = tmp_path / "shared.parquet"
    tables = [pa.table({"n": [number] * 5000}) for number in range(8)]
    write_parquet(tables[0], path)
    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write_parquet, tables[n % 8], path) for n in range(64)]
        while not all(task.done() for task in writing):
            current = read_parquet(path)
            assert any(current.equals(table) for table in tables)
        assert [task.result() for task in writing] == [None] * 64
    assert [file.name for file in tmp_path.iterdir()] == ["shared.parquet"]


def test_what_fails_leaves_the_old_file(written, monkeypatch):
    """A write that breaks off changes nothing and leaves no draft."""
    before = written.read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_parquet(TABLE.slice(1), written)
    assert written.read_bytes() == before
    assert [*written.parent.iterdir()] == [written]
