"""Amsterdam Schema as plain Python: what a dataset is, without a database."""
