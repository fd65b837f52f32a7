"""`export`: the shipped data in an open format, for other programs."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from provstats.errors import SchemaError, suggest_nearest
from provstats.formats.croissant import build_croissant_files
from provstats.formats.datapackage import build_datapackage_files
from provstats.formats.folders import write_files
from provstats.formats.sdmx import build_sdmx_files

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "export"]

Format = Literal["datapackage", "sdmx-csv", "croissant"]

#: What makes the files of each format.
FORMATS: Final[dict[str, Callable[[], dict[str, bytes]]]] = {
    "datapackage": build_datapackage_files,
    "sdmx-csv": build_sdmx_files,
    "croissant": build_croissant_files,
}


def export(folder: str | Path, format: Format) -> Path:  # noqa: A002 - what it is
    """Write all shipped figures into a folder, in a format that other programs know.

    Every row is written, of all natures and vintages, with all columns of `load` and ``vintage``,
    so that nothing is lost on the way. The same data give the same bytes.

    Parameters
    ----------
    folder : str or Path
        Where to; it is made if need be. Files of the same names that are there are replaced.
    format : {"datapackage", "sdmx-csv", "croissant"}
        Data Package v2: ``datapackage.json`` beside a CSV file of the observations and of each list
        (indicators, regions, sources, breaks), each with its SHA-256. SDMX-CSV 2.1:
        ``sdmx-observations.csv`` and its structure message ``sdmx-structure.xml`` (ML 3.0), with
        periods as SDMX has them (``2024-01-01/P11M``) and the label as an attribute. Croissant:
        ``croissant.json`` beside the same CSV files as in a Data Package. All three may share a
        folder.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    SchemaError
        If there is no such format, a file is in the way, or the folder cannot be written. Nothing
        is then changed: there is all of an export, or nothing of it.

    Examples
    --------
    >>> import provstats as ps, tempfile
    >>> folder = ps.export(tempfile.mkdtemp() + "/open", "sdmx-csv")
    >>> sorted(path.name for path in folder.iterdir())
    ['sdmx-observations.csv', 'sdmx-structure.xml']
    """
    place = _parse_folder(folder)
    write_files(place, _find_builder(format)())
    return place


def _parse_folder(folder: Any) -> Path:  # noqa: ANN401 - anything may be given
    if not isinstance(folder, str | PathLike) or not str(folder):
        msg = f"folder must be a path, got {folder!r}"
        raise SchemaError(msg)
    return Path(folder)


def _find_builder(name: Any) -> Callable[[], dict[str, bytes]]:  # noqa: ANN401 - anything may be given
    if not isinstance(name, str) or name not in FORMATS:
        msg = f"format must be one of {[*FORMATS]}, got {name!r}"
        raise SchemaError(msg + suggest_nearest(str(name), FORMATS))
    return FORMATS[name]
