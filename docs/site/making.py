"""Making: the generated pages as tasks, each of which writes its page in both languages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pages import api, data_model, documents, domains, gallery, indicators, provinces
from shipped import group_indicators_by_domain, list_paged_indicators
from shipped import list_provinces as all_provinces
from shipped import load_documents as all_documents
from words import LANGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meanings import Lang
    from writing import Page

__all__ = ["Task", "list_tasks", "make_bilingual_page"]


class Task(NamedTuple):
    """One page in both languages: the section it is listed in, and its subject, if it has one."""

    section: str
    subject: str = ""


@cache
def list_tasks() -> list[Task]:
    """Return all pages, in the order in which lists have them."""
    sections = {
        "indicators": ["", *list_paged_indicators()], "domain": [*group_indicators_by_domain()],
        "provinces": ["", "CN", *all_provinces()],
        "documents": ["", *all_documents()["id"]],
        "gallery": [""], "data_model": [""], "api": ["", *api.list_public_names()],
    }  # fmt: skip
    return [Task(section, subject) for section, many in sections.items() for subject in many]


def make_bilingual_page(task: Task, build: Path) -> tuple[str, dict[Lang, Page]]:
    """Make a page in both languages, and return them without their text."""
    return task.section, {lang: _write_page(task, lang, build) for lang in LANGS}


def _write_page(task: Task, lang: Lang, build: Path) -> Page:
    beside = build / "html" / lang
    page = _make_page(task, lang, beside)
    page.write(build / "source" / lang, beside)
    return replace(page, blocks=())


def _make_page(task: Task, lang: Lang, beside: Path) -> Page:
    section, subject = task
    pages: dict[str, Callable[[], Page]] = {
        "indicators": lambda: indicators.make_page(subject, lang, beside),
        "domain": lambda: domains.make_page(subject, lang),
        "provinces": lambda: provinces.make_page(subject, lang, beside),
        "documents": lambda: documents.make_page(subject, lang),
        "api": lambda: api.make_page(subject, lang),
    }
    lists: dict[str, Callable[[], Page]] = {
        "indicators": lambda: domains.make_index_page(lang),
        "provinces": lambda: provinces.make_index_page(lang),
        "documents": lambda: documents.make_index_page(lang),
        "gallery": lambda: gallery.make_page(lang, beside),
        "data_model": lambda: data_model.make_page(lang),
        "api": lambda: api.make_index_page(lang),
    }
    return (pages if subject else lists)[section]()
