"""Vega: the charts of one indicator as specifications of Vega-Lite, and where these are written."""
