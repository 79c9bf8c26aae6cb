"""Commands for service accounts and their tokens."""
