"""Plans: rank, gap to the nation and change over a year, expressed for any engine, run by none.

Each is written once, by windows within keys and joins on keys, and asks nothing of the order of
rows. What they mean is told in `provstats.compare`, how far engines go in docs/engines.md.
"""
