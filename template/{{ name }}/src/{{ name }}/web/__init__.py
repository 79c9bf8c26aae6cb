"""The pages, and where machines find the API."""
