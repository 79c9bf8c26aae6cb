"""Taking documents into the catalogue: versions, what is found by, what is recorded."""
