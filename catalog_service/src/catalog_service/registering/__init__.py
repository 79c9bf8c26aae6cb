"""Telling the catalogue of sources, and taking them away."""
