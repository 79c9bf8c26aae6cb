"""The versions of the API Design Rules that a document can be held against."""

from __future__ import annotations

from enum import StrEnum


class RuleSet(StrEnum):
    """A version of the NLGov REST API Design Rules."""

    ADR_2_0 = "adr-2.0"
    ADR_2_1 = "adr-2.1"
    ADR_2_2 = "adr-2.2"

    @property
    def full_name(self) -> str:
        """Its name, for people."""
        return f"NLGov REST API Design Rules {self.value.removeprefix('adr-')}"


DEFAULT_RULE_SET = RuleSet.ADR_2_2
