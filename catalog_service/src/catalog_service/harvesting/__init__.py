"""Reading what sources tell: which APIs there are, and what their documents say."""
