"""Interactive charts: a specification of Vega-Lite with its words, and what it is written to."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from provstats.errors import SchemaError, suggest_nearest
from provstats.plot.vega import outlets
from provstats.plot.vega.page import build_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from provstats.words.languages import Lang

__all__ = ["InteractiveChart"]

#: The type by which notebooks know a specification.
_MIME: Final = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True, slots=True, eq=False)
class InteractiveChart:
    """A chart with tooltips, as ``engine="vega"`` makes it; nothing of it is ever fetched.

    Notebooks show it by themselves. Saving a page or a picture needs ``provstats[interactive]``;
    the specification needs nothing.

    Parameters
    ----------
    spec : dict
        The specification in Vega-Lite 5, with the data in it.
    title : str
        The title, as the chart has it.
    alt_text : str
        What the chart shows in words, for those who cannot see it.
    lang : {"zh", "en"}
        The language of the words.

    Examples
    --------
    >>> import provstats as ps
    >>> growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
    >>> chart = ps.plot.ranking(growth, engine="vega", lang="en")
    >>> chart
    <InteractiveChart: Industrial value added grew fastest in Shandong, of 5 provinces with data>
    >>> chart.spec["data"]["values"][0]["name"]
    'Shandong'
    """

    spec: dict[str, Any] = field(repr=False)
    title: str
    alt_text: str
    lang: Lang

    def __repr__(self) -> str:
        return f"<InteractiveChart: {self.title}>"

    def to_html(self, path: str | Path | None = None) -> str:
        """Return one self-contained page, and write it if there is a path.

        Parameters
        ----------
        path : str or Path, optional
            The file to write, in UTF-8; one that is there is replaced.

        Returns
        -------
        str
            The page: the chart, the program that shows it and the glyphs that it needs. Its own
            policy forbids it to fetch anything.

        Raises
        ------
        SchemaError
            If ``provstats[interactive]`` is not installed.
        """
        page = build_page(self.spec, self.title, self.alt_text, self.lang)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def save(self, path: str | Path, *, scale: float = 2.0) -> Path:
        """Write the chart in the form that the ending names.

        Parameters
        ----------
        path : str or Path
            A file that ends in ``.html`` (a page), ``.json`` (the specification), ``.svg`` (with
            texts as texts, and the glyphs that they need) or ``.png``.
        scale : float
            How many pixels of a PNG make one of the page.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        SchemaError
            If the ending is another, or ``provstats[interactive]`` is not installed and needed.
        """
        path = Path(path)
        written = _choose_writer(path)(self, scale)
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
        return path

    def _repr_mimebundle_(
        self,
        include: Any = None,  # noqa: ANN401, ARG002 - as notebooks call it
        exclude: Any = None,  # noqa: ANN401, ARG002 - as notebooks call it
    ) -> dict[str, Any]:
        """Return what notebooks show: the chart where they know how, else a picture of it.

        There is no HTML, which they would prefer: a notebook that is not trusted strips its script.
        """
        shown: dict[str, Any] = {_MIME: deepcopy(self.spec), "text/plain": repr(self)}
        if outlets.is_installed():
            shown["image/png"] = outlets.render_png(self.spec, 1.0)
        return shown


_WRITERS: Final[dict[str, Callable[[InteractiveChart, float], str | bytes]]] = {
    ".html": lambda chart, _: chart.to_html(),
    ".json": lambda chart, _: json.dumps(chart.spec, ensure_ascii=False, indent=1) + "\n",
    ".svg": lambda chart, _: outlets.render_svg(chart.spec),
    ".png": lambda chart, scale: outlets.render_png(chart.spec, scale),
}


def _choose_writer(path: Path) -> Callable[[InteractiveChart, float], str | bytes]:
    ending = path.suffix.lower()
    if ending not in _WRITERS:
        near = suggest_nearest(ending, _WRITERS)
        msg = f"a chart is saved as one of {list(_WRITERS)}, got {path.name!r}{near}"
        raise SchemaError(msg)
    return _WRITERS[ending]
