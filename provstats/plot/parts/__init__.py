"""Parts: what the charts are made of."""
