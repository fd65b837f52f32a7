"""Building: the text tables become the Parquet file, and are proved against the documents."""
