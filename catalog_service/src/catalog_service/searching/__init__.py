"""Finding APIs among those that the catalogue lists."""
