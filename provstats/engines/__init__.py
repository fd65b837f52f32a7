"""Engines: rank, gap to the nation and change over a year, in memory and for lazy frames."""
