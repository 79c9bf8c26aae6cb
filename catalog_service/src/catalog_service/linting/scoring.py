"""A score from 0 to 100, that anybody can work out from the findings.

Begin with 100. A rule that is broken takes off

- when it is an error: 4 points, and 1 more for each place where it is broken, up to 10;
- when it is a warning: 1 point, and a tenth more for each place, up to 2;
- when it is information: nothing.

The score is never below 0. What is left is rounded down, so that 100 means that nothing
was found. Mending a finding never lowers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .findings import Finding, Severity

# In tenths of a point: for the rule, for each place, at most.
_COSTS = {
    Severity.ERROR: (40, 10, 100),
    Severity.WARN: (10, 1, 20),
    Severity.INFO: (0, 0, 0),
}


def score(findings: Iterable[Finding]) -> int:
    """Return the score of a document with these findings."""
    places = Counter((finding.rule, finding.severity) for finding in findings)
    cost = sum(_cost(severity, count) for (_, severity), count in places.items())
    return max(0, (1000 - cost) // 10)


def _cost(severity: Severity, count: int) -> int:
    once, each, at_most = _COSTS[severity]
    return min(once + each * count, at_most)
