"""The REST API of the catalogue, under /v1 (docs/catalog-api.md)."""
