"""Compare versions, and documents on their way to be one: what clients will notice."""
