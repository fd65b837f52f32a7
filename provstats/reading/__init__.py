"""Reading: printed text becomes value, interval, period and unit."""
