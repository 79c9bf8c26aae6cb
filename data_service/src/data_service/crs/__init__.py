"""Coordinate reference systems: their names, their axes, and the way between them."""
