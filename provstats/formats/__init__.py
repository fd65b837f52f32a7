"""The shipped data in open formats: Data Package, SDMX-CSV and Croissant."""
