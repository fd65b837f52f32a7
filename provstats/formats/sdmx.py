"""SDMX-CSV 2.1 and its structure message: the cube of observations for offices of statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provstats.formats.periods import format_sdmx_period
from provstats.formats.structure import AGENCY, FLOW, VERSION, build_structure_message
from provstats.formats.tables import encode_csv, load_observations

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NOT_APPLICABLE", "build_sdmx_files", "build_sdmx_rows"]

#: The code of a dimension that does not apply to a row.
NOT_APPLICABLE: Final = "_Z"
#: The components that stand in the observations under another name.
_COMPONENTS: Final = {"region": "REF_AREA", "unit": "UNIT_MEASURE", "value": "OBS_VALUE"}


def build_sdmx_files() -> dict[str, bytes]:
    """Return the data and their structure message, by name of file."""
    rows = load_observations()
    return {
        "sdmx-observations.csv": encode_csv(build_sdmx_rows(rows)),
        "sdmx-structure.xml": build_structure_message(rows),
    }


def build_sdmx_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations as SDMX-CSV has them: a column for each component of the structure.

    The label of the period is kept as an attribute beside the period of SDMX.
    """
    among = rows["among"].where(rows["among"] != "", NOT_APPLICABLE)
    named = rows.assign(among=among).rename(
        columns=lambda name: _COMPONENTS.get(name, name.upper())
    )
    labels = {label: format_sdmx_period(label) for label in rows["period"].unique()}
    named.insert(0, "STRUCTURE", "dataflow")
    named.insert(1, "STRUCTURE_ID", f"{AGENCY}:{FLOW}({VERSION})")
    named.insert(2, "ACTION", "I")
    named.insert(5, "TIME_PERIOD", rows["period"].map(labels))
    return named
