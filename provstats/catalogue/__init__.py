"""Catalogue: what is measured, how it is named, found and linked, and its series."""
