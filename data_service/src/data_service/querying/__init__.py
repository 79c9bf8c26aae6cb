"""From an address and its parameters to the rows that they mean."""
