"""Plans: comparisons of lazy frames, which nothing runs before the caller does.

polars, Dask and Spark run Python: there the comparison in memory is a step of the plan (`parts`).
DuckDB does not, so there each comparison is queries. How far they go is told in docs/engines.md.
"""
