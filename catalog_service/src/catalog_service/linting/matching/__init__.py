"""Tell whether an example fits its schema.

A validator of our own, because the schemas are as little trusted as the examples: one
can be written so that a common validator takes ages, goes round in circles or looks
for a schema on the network. Here the work is counted, and too much is left undecided.
"""

from ..source import Source
from .keywords import KEYWORDS, is_of_type
from .matcher import Fault, Matcher

__all__ = ["Fault", "Matcher", "is_of_type", "matcher_of"]


def matcher_of(source: Source) -> Matcher:
    """Return what holds the examples of a document against its schemas."""
    return Matcher(source, KEYWORDS)
