"""What a rule is: a check with its sentence, its severities and its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .description import Description
from .findings import Kind, Severity
from .nodes import Node
from .rule_sets import RuleSet
from .sentences import Sentence

_PREFIX = "nlgov:"
_DESIGN_RULES = "https://gitdocumentatie.logius.nl/publicatie/api/adr/2.2.0/#"
_SPECIFICATION = "https://spec.openapis.org/oas/latest.html#"


@dataclass(frozen=True)
class Breach:
    """A place where a rule is broken.

    `sentence` says it more exactly than the rule's own; `words` fill its gaps.
    """

    node: Node
    words: dict[str, object] = field(default_factory=dict)
    sentence: Sentence | None = None
    stricter: bool = False


Check = Callable[[Description], Iterable[Breach]]


@dataclass(frozen=True)
class Rule:
    """One rule; its file under `rules` is all there is to it.

    The good and the bad example are as much of a document as shows the difference.
    `inert_in` names the rule sets in which the official linter never reports it.
    """

    id: str
    severities: Mapping[RuleSet, Severity]
    sentence: Sentence
    link: str
    good: Any
    bad: Any
    check: Check
    kind: Kind = Kind.DESIGN
    inert_in: frozenset[RuleSet] = frozenset()

    def id_in(self, rule_set: RuleSet) -> str:
        """Return its id as the rule set has it: only 2.2 has the prefix."""
        if rule_set is RuleSet.ADR_2_2:
            return self.id
        return self.id.removeprefix(_PREFIX)

    @property
    def newest_id(self) -> str:
        """Its id in the newest rule set that has it: no other rule has this one."""
        return self.id_in(max(self.severities))


def everywhere() -> dict[RuleSet, Severity]:
    """Make a rule an error in every rule set."""
    return dict.fromkeys(RuleSet, Severity.ERROR)


def severities(
    *, in_2_0: str = "", in_2_1: str = "", in_2_2: str = ""
) -> dict[RuleSet, Severity]:
    """Give a rule a severity in some of the rule sets; in the others it is not."""
    stated = zip(RuleSet, (in_2_0, in_2_1, in_2_2), strict=True)
    return {rule_set: Severity(name) for rule_set, name in stated if name}


def design_rule(name: str) -> str:
    """Return the link to a rule of the API Design Rules."""
    return f"{_DESIGN_RULES}/core/{name}"


def specification(section: str) -> str:
    """Return the link to a section of the OpenAPI Specification."""
    return f"{_SPECIFICATION}{section}"
