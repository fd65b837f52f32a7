"""Draw every chart in both languages, and write the page that shows them: docs/gallery.md.

Run it with ``python docs/gallery.py``; it reads nothing but the data in the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import matplotlib.pyplot as plt
from PIL import Image

import provstats as ps

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = Path(__file__).parent
# What is drawn, as it is printed on the page and as it is made. Intensity from 2019 to 2022: the
# product of the provinces was measured anew after the censuses of 2018 and 2023.
DATA = {
    "growth": 'ps.series("industrial_value_added_growth", period="2024-01/2024-11")',
    "intensity": 'ps.series("rd_intensity", period=range(2019, 2023))',
    "first_and_last": 'ps.series("rd_intensity", period=[2019, 2022])',
    "latest": 'ps.series("rd_intensity", period=2024)',
    "industry": 'ps.per(ps.series("industry_value_added", period=2024), "population")',
    "factories": 'ps.series("green_factories_new", period=2021)',
}

# Of each chart the question that it answers, and the call.
CHARTS = {
    "ranking": (
        "Who leads, and how sure is it?",
        'ps.plot.ranking(growth, highlight="重庆", lang=lang)',
    ),
    "gap": ("Who is above the nation?", 'ps.plot.gap(latest, highlight="重庆", lang=lang)'),
    "change": (
        "Who gained, who lost?",
        'ps.plot.change(first_and_last, highlight="重庆", lang=lang)',
    ),
    "trend": (
        "How did it come to this?",
        'ps.plot.trend(intensity, highlight=["北京", "重庆", "安徽"], lang=lang)',
    ),
    "bump": (
        "Who overtook whom?",
        "ps.plot.bump(intensity, lang=lang)",
    ),
    "strip": (
        "How do all lie, and one among them?",
        'ps.plot.strip(intensity, highlight="安徽", lang=lang)',
    ),
    "tilemap": ("Where in the country?", "ps.plot.tilemap(latest, lang=lang)"),
    "industry": (
        "Where is most industry, a head?",
        'ps.plot.tilemap(industry, highlight="重庆", lang=lang)',
    ),
    "cartogram": (
        "And how much does each place weigh?",
        'ps.plot.cartogram(latest, size="population", lang=lang)',
    ),
    "funnel": (
        "Who has more than their size would give?",
        'ps.plot.funnel(factories, "population", highlight="重庆", lang=lang)',
    ),
    "panels": ("What did each province do?", "ps.plot.panels(intensity, lang=lang)"),
    "scorecard": ("Who stands where in what?", "ps.plot.scorecard(lang=lang)"),
    "profile": ("How does one province stand?", 'ps.plot.profile("重庆", lang=lang)'),
    "coverage": ("Who reports what, and when?", "ps.plot.coverage(lang=lang)"),
}
# One of them as a page of its own.
INTERACTIVE = CHARTS["trend"][1].replace("lang=lang", 'engine="vega", lang="en"')


def save_picture(figure: Figure, path: Path) -> None:
    """Save a picture twice as fine as it is shown, in few colours: charts have no more."""
    figure.savefig(path, dpi=200)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, method=Image.Quantize.MEDIANCUT).save(
            path, optimize=True
        )


def make_page() -> str:
    """Return the page, where each picture has a text for those who cannot see it."""
    parts = [
        "# Gallery",
        "",
        "Every chart in both languages, made by `python docs/gallery.py` from",
        "",
    ]
    parts += [f"    {name} = {call}" for name, call in DATA.items()]
    data = {name: eval(call) for name, call in DATA.items()}  # noqa: S307 - our own calls, made as printed
    chart = eval(INTERACTIVE, {"ps": ps, **data})  # noqa: S307 - as above
    chart.save(FOLDER / "gallery" / "trend-en.html")
    parts += [
        "",
        "[The trend with tooltips](gallery/trend-en.html) is a page that fetches nothing:",
    ]
    parts += ["", f"`{INTERACTIVE}` ([more](interactive.md))"]
    for name, (question, call) in CHARTS.items():
        parts += ["", f"## {question}", "", f"`{call}`", ""]
        for lang in ("en", "zh"):
            chart = eval(call, {"ps": ps, "lang": lang, **data})  # noqa: S307 - as above
            save_picture(chart.figure, FOLDER / "gallery" / f"{name}-{lang}.png")
            parts.append(f"![{ps.plot.alt_text(chart)}](gallery/{name}-{lang}.png)")
            plt.close(chart.figure)
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    mpl.use("agg")
    (FOLDER / "gallery").mkdir(exist_ok=True)
    (FOLDER / "gallery.md").write_text(make_page(), encoding="utf-8")
