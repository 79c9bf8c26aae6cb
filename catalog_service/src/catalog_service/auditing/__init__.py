"""The audit log: every change of an API, and the feeds that tell of them."""
