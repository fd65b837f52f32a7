"""Files: bytes become sheets. The first bytes of a file tell its kind, not its name."""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from provstats.errors import SchemaError
from provstats.store.regions import list_province_codes, load_regions
from provstats.tables.sheets import Sheet, build_sheet_from_cells, build_sheet_from_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_sheets"]

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS: Final = ",\t;|"
#: So many bytes show whether each character takes two.
_HEAD: Final = 4096
#: So many lines tell how a text file is delimited.
_SAMPLE: Final = 200


def read_sheets(path: Path, sheet: str | int | None) -> tuple[list[Sheet], str]:
    """Return the sheets of a file, one or all, and the encoding of a text file."""
    if not path.is_file():
        msg = f"there is no file {str(path)!r}; a text given to ps.tidy is the path of a file"
        raise SchemaError(msg)
    data = path.read_bytes()
    if not data.strip():
        msg = f"{path.name} is empty"
        raise SchemaError(msg)
    if data.startswith(_WORKBOOKS):
        return _read_workbook(path, data, sheet), ""
    text, encoding = _decode_text(path.name, data)
    return [_read_text_sheet(path, text)], encoding


# --- workbooks ----------------------------------------------------------------------------------


def _read_workbook(path: Path, data: bytes, sheet: str | int | None) -> list[Sheet]:
    if _ENCRYPTED in data:
        raise SchemaError(_explain_protection(path))
    book = _open_workbook(path, data)
    names = [*map(str, book.sheet_names)]
    chosen = names if sheet is None else [_choose_sheet(names, sheet, path)]
    return [build_sheet_from_cells(name, _read_sheet_cells(book, name)) for name in chosen]


def _read_sheet_cells(book: pd.ExcelFile, name: str) -> pd.DataFrame:
    return pd.read_excel(book, sheet_name=name, header=None, dtype=object, na_filter=False)


def _explain_protection(path: Path) -> str:
    return f"{path.name} is protected by a password; save it without one"


def _open_workbook(path: Path, data: bytes) -> pd.ExcelFile:
    try:
        return pd.ExcelFile(io.BytesIO(data), engine="calamine")
    except ImportError:
        msg = f"{path.name} is a workbook: install provstats[excel] to read it"
        raise SchemaError(msg) from None
    except Exception as error:  # noqa: BLE001 - of the reader's own kind
        if "password" in str(error).lower():
            raise SchemaError(_explain_protection(path)) from None
        msg = f"{path.name} is no workbook that can be read: {error}"
        raise SchemaError(msg) from None


def _choose_sheet(names: list[str], sheet: str | int, path: Path) -> str:
    if isinstance(sheet, int) and 0 <= sheet < len(names):
        return names[sheet]
    if str(sheet) in names:
        return str(sheet)
    msg = f"{path.name} has no sheet {sheet!r}; it has {names}"
    raise SchemaError(msg)


# --- texts --------------------------------------------------------------------------------------


def _decode_text(name: str, data: bytes) -> tuple[str, str]:
    """Return the text and its encoding: by its mark, else UTF-8, else by trial."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _try_decoding(data, encoding) or _refuse_unreadable_file(
                name
            ), encoding.removesuffix("-sig")
    if b"\0" in data[:_HEAD]:
        return _decode_by_trial(name, data, ("utf-16-le", "utf-16-be"))
    if (text := _try_decoding(data, "utf-8")) is not None:
        return text, "utf-8"
    return _decode_by_trial(name, data, ("gb18030", "big5hkscs"))


def _decode_by_trial(name: str, data: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    """Return the text and the encoding in which most names of provinces appear."""
    read = {encoding: _try_decoding(data, encoding) for encoding in encodings}
    found = {encoding: text for encoding, text in read.items() if text}
    if not found:
        _refuse_unreadable_file(name)
    best = max(
        found, key=lambda encoding: sum(word in found[encoding] for word in _list_province_names())
    )
    return found[best], best


def _try_decoding(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _refuse_unreadable_file(name: str) -> str:
    msg = f"{name} is neither a workbook nor text in UTF-8, UTF-16, GB18030 or Big5"
    raise SchemaError(msg)


@cache
def _list_province_names() -> list[str]:
    places = (place for code, place in load_regions().items() if code in list_province_codes())
    return [name for place in places for name in (place.name_zh, place.name_traditional)]


def _read_text_sheet(path: Path, text: str) -> Sheet:
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<?xml")):
        msg = (
            f"{path.name} is a page (HTML or XML) under the name of a table; save it as CSV or XLSX"
        )
        raise SchemaError(msg)
    delimiter = _guess_delimiter(text)
    rows = [*_find_comment_rows(text, delimiter)]
    cells = _read_delimited_cells(_skip_lines(text, len(rows)), delimiter, path)
    if '="' in text:
        cells = cells.replace(r'^="(.*)"$', r"\1", regex=True)
    if rows:
        head = pd.DataFrame({0: rows}, dtype=object)
        cells = pd.concat([head, cells], ignore_index=True).fillna("")
    return build_sheet_from_texts(cells)


def _guess_delimiter(text: str) -> str:
    """Return the sign between cells: that by which most first lines have the same width."""
    lines = [*_read_first_lines(text, _SAMPLE)]

    def measure_regularity(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        return max(widths.values(), default=0), -_DELIMITERS.index(delimiter)

    return max(_DELIMITERS, key=measure_regularity)


def _read_first_lines(text: str, most: int) -> Iterator[str]:
    stream = io.StringIO(text, newline="")
    for _ in range(most):
        if not (line := stream.readline()):
            return
        yield line


def _find_comment_rows(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines at the top that are comments, whatever delimiters stand in them."""
    for line in _read_first_lines(text, _SAMPLE):
        if not line.lstrip("\"' ").startswith("#"):
            return
        yield line.strip().rstrip(delimiter).strip("\"' ")


def _skip_lines(text: str, lines: int) -> str:
    start = 0
    for _ in range(lines):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    return text[start:] if start else text


def _read_delimited_cells(text: str, delimiter: str, path: Path) -> pd.DataFrame:
    if not text.strip():
        return pd.DataFrame()
    width = max(line.count(delimiter) for line in io.StringIO(text)) + 1
    try:
        return pd.read_csv(
            io.StringIO(text), sep=delimiter, header=None, names=range(width), dtype=object,
            keep_default_na=False, na_filter=False, skip_blank_lines=False, engine="c",
            low_memory=False,
        )  # fmt: skip
    except pd.errors.ParserError as error:
        msg = f"{path.name} is no table: {error}"
        raise SchemaError(msg) from None
