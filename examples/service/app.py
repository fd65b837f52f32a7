"""A small web service: comparisons as JSON, a table of one's own read, a chart, and a page.

It needs ``pip install "provstats[service]"``. Run it in this folder, and open http://127.0.0.1:8000:

    uvicorn app:app
"""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from matplotlib.figure import Figure

import provstats as ps

app = FastAPI(title="provstats")
PAGE = Path(__file__).with_name("page.html")
Records = list[dict[str, Any]]
Lang = Literal["zh", "en"]
COMPARISONS = {
    "rank": ps.rank, "gap": ps.gap_to_national, "share": ps.share_of_national, "yoy": ps.yoy,
}  # fmt: skip
#: What is not there, or cannot be compared, is the caller's to mend; so is what does not hold.
STATUS = {"UnknownIndicatorError": 404, "UnknownRegionError": 404}


@app.exception_handler(ps.ProvstatsError)
def answer_error(_: Request, error: ps.ProvstatsError) -> JSONResponse:
    """Answer with the named error and what it says."""
    kind = type(error).__name__
    return JSONResponse({"error": kind, "message": str(error)}, STATUS.get(kind, 422))


@app.get("/")
def send_page() -> FileResponse:
    """Show the page."""
    return FileResponse(PAGE)


@app.get("/indicators")
def list_indicators(search: str = "") -> Records:
    """Return the catalogue, or what a search finds in it."""
    return ps.to_records(ps.search(search) if search else ps.catalog())


@app.get("/{comparison}/{indicator}")
def compare_provinces(
    comparison: Literal["rank", "gap", "share", "yoy"], indicator: str, period: str | None = None
) -> Records:
    """Return a comparison of the provinces, each number with its interval and its document."""
    series = ps.series(indicator, period=period)
    return ps.to_records(COMPARISONS[comparison](series))


@app.get("/scorecard")
def make_scorecard(region: Annotated[list[str], Query()]) -> Records:
    """Return provinces in all their indicators."""
    return ps.to_records(ps.scorecard(region))


@app.get("/table")
def make_table(indicator: str, period: str | None = None, lang: Lang = "zh") -> Records:
    """Return a ranking as a reader wants it: names, units, ranks with their ranges."""
    ranked = ps.rank(ps.series(indicator, period=period)).sort_values("rank")
    return ps.to_records(ps.table(ranked, lang=lang))


@app.get("/citations")
def list_citations(
    indicator: str, style: Literal["gb7714", "bibtex", "apa"] = "gb7714"
) -> list[str]:
    """Return the documents of an indicator as references."""
    return ps.cite(indicator, style).splitlines()


@app.get("/chart.svg")
def draw_chart(indicator: str, period: str | None = None, lang: Lang = "zh") -> Response:
    """Return a ranking as a picture; a figure of its own, for requests come side by side."""
    figure = Figure((7.2, 8.4))
    ps.plot.ranking(ps.series(indicator, period=period), lang=lang, ax=figure.subplots())
    picture = io.BytesIO()
    figure.savefig(picture, format="svg")
    return Response(picture.getvalue(), media_type="image/svg+xml")


@app.post("/tidy")
def tidy_file(
    file: Annotated[bytes, Body(media_type="application/octet-stream")],
    indicator: str | None = None,
    unit: str | None = None,
    year: int | None = None,
    *,
    cumulative: bool | None = None,
) -> dict[str, Any]:
    """Read the table that is sent, and tell what it was taken for."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(file)
        known = ps.understand(
            path, indicator=indicator, unit=unit, year=year, cumulative=cumulative
        )
    return {
        "encoding": known.encoding,
        "rows": ps.to_records(known.frame),
        "remarks": ps.to_records(known.remarks),
    }
