"""Finding APIs and operations by words, paths and facts."""
