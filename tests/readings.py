"""What tests of reading share: the fields of a figure, and what a refusal says."""

from __future__ import annotations

import pytest

import provstats as ps


def read(text: str, unit: str | None = None) -> tuple[float, float, float, str, str, str]:
    """Return value, bounds, unit, qualifier and nature of a figure."""
    figure = ps.parse_figure(text, unit=unit)
    assert figure.printed == text
    return (
        figure.value, figure.lower, figure.upper, figure.unit, figure.qualifier, figure.nature
    )  # fmt: skip


def interval(text: str) -> tuple[float, float, float]:
    """Return value and bounds of a figure."""
    return read(text)[:3]


def refusal(text: str, unit: str | None = None) -> str:
    """Return what the refusal of a figure says; it names what was given."""
    with pytest.raises(ps.FigureError) as caught:
        ps.parse_figure(text, unit=unit)
    assert repr(text) in str(caught.value)
    return str(caught.value)
