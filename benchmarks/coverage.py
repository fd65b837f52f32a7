"""How often the confidence sets for ranks hold the true ranks, in 1,000 simulated surveys.

Run it with ``python benchmarks/coverage.py``. Each survey estimates 31 means with independent,
normal errors. A marginal set must hold the rank of its region in at least 95 of 100 surveys, for
each region; the simultaneous sets must hold all ranks at once in as many. Where some means are
equal, every rank from the first to the last that they may share is theirs, and the set must hold
the best of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

SURVEYS, REGIONS = 1000, 31
#: The true means, in standard errors, and the standard errors.
CASES = {
    "all equal": (np.zeros(REGIONS), np.ones(REGIONS)),
    "half a standard error apart": (np.arange(REGIONS) / 2, np.ones(REGIONS)),
    "two standard errors apart": (np.arange(REGIONS) * 2.0, np.ones(REGIONS)),
    "two groups": (np.repeat([0.0, 4.0], [15, 16]), np.ones(REGIONS)),
    "unequal errors": (np.arange(REGIONS) / 2, np.linspace(0.2, 3.0, REGIONS)),
}


def count_coverage(
    means: np.ndarray, errors: np.ndarray, chance: np.random.Generator
) -> tuple[float, ...]:
    """Return the least share of a region's marginal sets, and that of all sets, that hold."""
    from provstats.engines.confidence import Estimates, compute_rank_sets  # noqa: PLC0415

    rank = 1 + (means[:, None] > means[None, :]).sum(axis=0)
    held = np.zeros(REGIONS)
    all_held = 0
    for _ in range(SURVEYS):
        values = means + errors * chance.standard_normal(REGIONS)
        estimates = Estimates(values, values, errors)
        low, high = compute_rank_sets(estimates)
        held += (low <= rank) & (rank <= high)
        low, high = compute_rank_sets(estimates, together=True)
        all_held += ((low <= rank) & (rank <= high)).all()
    return held.min() / SURVEYS, held.mean() / SURVEYS, all_held / SURVEYS


def main() -> None:
    """Print the shares of each case."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print(f"{'case':32} {'marginal, least':>16} {'marginal, mean':>16} {'simultaneous':>14}")
    for number, (case, (means, errors)) in enumerate(CASES.items()):
        found = count_coverage(means, errors, np.random.default_rng(number))
        print(f"{case:32} {found[0]:16.3f} {found[1]:16.3f} {found[2]:14.3f}")


if __name__ == "__main__":
    main()
