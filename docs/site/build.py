"""Build the site in both languages: ``python docs/site/build.py``.

It needs ``pip install ".[site]"`` and nothing from the network, and writes to
``docs/site/_build/html``.
Charts and pages are made first, in as many processes as there are processors, then Sphinx runs once
for each language. A warning, a link that leads nowhere, or anything that a browser would fetch from
elsewhere ends it with an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("MPLBACKEND", "Agg")

from links import find_broken_links, find_outside_addresses, find_unpaired_pages
from making import list_tasks, make_bilingual_page
from root_files import write_root_files
from running import run_pages
from staging import list_hand_written_pages, stage_pages
from words import LANGS

if TYPE_CHECKING:
    from writing import Page

HERE: Final = Path(__file__).resolve().parent
BUILD: Final = HERE / "_build"
SITE: Final = BUILD / "html"


def main() -> int:
    """Build the site, and check it."""
    started = time.monotonic()
    shutil.rmtree(BUILD, ignore_errors=True)
    by_hand = {lang: stage_pages(HERE, BUILD, lang) for lang in LANGS}
    made = make_generated_pages()
    pages = {lang: [*by_hand[lang], *made[lang]] for lang in LANGS}
    say_time(f"{sum(map(len, pages.values()))} pages made", started)
    processes = [start_sphinx(lang) for lang in LANGS]
    codes = [process.wait() for process in processes]
    if any(codes):
        return 1
    say_time("built", started)
    write_root_files(SITE, pages)
    found = [*find_broken_links(SITE), *find_outside_addresses(SITE), *find_unpaired_pages(SITE)]
    print(*found, sep="\n")
    count = len([*SITE.rglob("*.html")])
    say_time(f"{count} pages checked, {len(found)} faults", started)
    return 1 if found else 0


def make_generated_pages() -> dict[str, list[tuple[str, Page]]]:
    """Run the examples, make the generated pages, and return these by language in their order."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        runs = [
            pool.submit(run_pages, list_hand_written_pages(BUILD / "source" / lang))
            for lang in LANGS
        ]
        made = [*pool.map(make_bilingual_page, list_tasks(), [BUILD] * len(list_tasks()))]
        print(*(run.result() for run in runs), "pages run", flush=True)
    return {lang: [(section, pages[lang]) for section, pages in made] for lang in LANGS}


def start_sphinx(lang: str) -> subprocess.Popen[bytes]:
    """Start Sphinx for a language."""
    command = [
        sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-c", str(HERE),
        "-d", str(BUILD / "doctrees" / lang), str(BUILD / "source" / lang), str(SITE / lang),
    ]  # fmt: skip
    return subprocess.Popen(command, env={**os.environ, "PROVSTATS_SITE_LANGUAGE": lang})  # noqa: S603 - our own


def say_time(what: str, started: float) -> None:
    """Say what is done, and after how long."""
    print(f"{what} after {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
