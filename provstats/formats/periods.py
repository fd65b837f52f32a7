"""Periods as SDMX has them."""

from __future__ import annotations

from provstats.reading.periods import parse_period

__all__ = ["format_sdmx_period"]


def format_sdmx_period(label: str) -> str:
    """Return the label of a period as SDMX writes it; a span has its start and its length.

    Examples
    --------
    >>> (
    ...     format_sdmx_period("2024"),
    ...     format_sdmx_period("2024-Q1"),
    ...     format_sdmx_period("2024-H2"),
    ...     format_sdmx_period("2024-11"),
    ... )
    ('2024', '2024-Q1', '2024-S2', '2024-11')
    >>> format_sdmx_period("2024-01/2024-11"), format_sdmx_period("2021/2024")
    ('2024-01-01/P11M', '2021-01-01/P4Y')
    """
    if "/" not in label:
        return label.replace("-H", "-S")
    span = parse_period(label)
    is_years = "-" not in label
    length = f"{span.months // 12}Y" if is_years else f"{span.months}M"
    return f"{span.start.isoformat()}/P{length}"
