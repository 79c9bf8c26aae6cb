"""Where the API of a dataset deviates from the API Design Rules, and why.

The document says so itself, for everybody who reads it (ADR 0007, ADR 0028); the whole
list of differences, with the other side, is in docs/differences.md.
"""

from __future__ import annotations

EXPLAINED_DEVIATIONS = (
    {
        "rule": "nlgov:query-keys-camel-case",
        "reason": (
            "Parameters of the service begin with an underscore (_sort), so that no "
            "field can take their names, and filters name their operator "
            "(name[like]): as in dso-api, so that its clients change little."
        ),
    },
    {
        "rule": "nlgov:paths-kebab-case",
        "reason": (
            "Tables are called as in the schema of the dataset. What belongs to the "
            "dataset itself begins with an underscore (_downloads): no table does."
        ),
    },
    {
        "rule": "nlgov:schema-camel-case",
        "pointer": "/components/schemas",
        "reason": "Schemas are called as their tables; rows link to them by that name.",
    },
    {
        "rule": "nlgov:property-casing",
        "pointer": "/components/schemas/Problem",
        "reason": "Problems name faults in invalid-params, as in RFC 7807 and dso-api.",
    },
)
