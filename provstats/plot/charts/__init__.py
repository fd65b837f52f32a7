"""Charts: a file for each public chart."""
