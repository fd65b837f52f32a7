"""What is exported: all observations with their vintage, and the lists of their codes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from provstats.catalogue.table import catalog
from provstats.store import observations as shipped
from provstats.store.breaks import breaks
from provstats.store.keys import FACT
from provstats.store.observations import COLUMNS, load
from provstats.store.regions import regions
from provstats.store.sources import sources

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DESCRIPTION", "KEY", "LICENSE", "NAME", "PUBLISHER", "TITLE", "Table", "build_tables",
    "encode_csv", "find_preparation_date", "load_observations", "read_version",
]  # fmt: skip

NAME: Final = "provstats"
TITLE: Final = "Figures of China's provinces on industry, each with its interval and its source"
DESCRIPTION: Final = (
    "Official figures of China's provinces as documents print them, one a row: what is measured, "
    "the interval that the printed words allow, whether it is an outcome, a forecast or a target, "
    "and the document and paragraph in which it stands. Later documents that restate a figure are "
    "rows of their own."
)
LICENSE: Final = "MIT"
PUBLISHER: Final = "The provstats developers"

#: The key, which differs between any two observations.
KEY: Final = (*FACT, "source")

_VINTAGE: Final = "publication date of the document: a day, a month or a year"
_TITLES: Final = {
    "observations": "All figures, of all natures and vintages, one a row",
    "indicators": "The indicators",
    "regions": "The nation, its provinces and other areas",
    "sources": "The documents",
    "breaks": "Where a series was measured anew",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it is written: its file, what it holds, and what its columns mean."""

    name: str
    title: str
    frame: pd.DataFrame
    key: tuple[str, ...]
    descriptions: dict[str, str]
    content: bytes

    @classmethod
    def from_frame(
        cls, name: str, frame: pd.DataFrame, key: tuple[str, ...], **about: str
    ) -> Table:
        """Write a frame as a table."""
        return cls(name, _TITLES[name], frame, key, about, encode_csv(frame))

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [*map(str, self.frame)]

    @property
    def path(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return sha256(self.content).hexdigest()


def encode_csv(frame: pd.DataFrame) -> bytes:
    r"""Return a frame as CSV, the same bytes on every machine.

    Examples
    --------
    >>> import pandas as pd
    >>> encode_csv(pd.DataFrame({"region": ["CN-SH"], "value": [80000.0]}))
    b'region,value\nCN-SH,80000.0\n'
    """
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")


def load_observations() -> pd.DataFrame:
    """Return all figures, of all natures and vintages."""
    return load(nature=None, vintage=None)


def build_tables() -> list[Table]:
    """Return the observations and the lists beside them."""
    told = {name: text for name, (_, text) in COLUMNS.items()} | {"vintage": _VINTAGE}
    lists = {
        "indicators": (catalog(), ("id",)),
        "regions": (regions(), ("code",)),
        "sources": (sources(), ("id",)),
        "breaks": (breaks(), ("indicator", "region", "before")),
    }
    return [
        Table.from_frame("observations", load_observations(), KEY, **told),
        *(Table.from_frame(name, frame, key) for name, (frame, key) in lists.items()),
    ]


def read_version() -> str:
    """Return the version of the data."""
    return shipped.data_version


def find_preparation_date() -> str:
    """Return the last day on which a document was read: the best date of the data that there is."""
    return str(sources()["accessed"].max())
