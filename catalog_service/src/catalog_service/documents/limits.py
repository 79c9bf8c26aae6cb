"""How large and how deep a document may be (docs/adr/0010-trust-no-document.md).

Real documents stay far below: 30 levels, 7 MB of JSON.
"""

MAX_JSON_BYTES = 10_000_000
MAX_YAML_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_ALIASES = 10_000
# A longer number is no number that any reader keeps; Python itself stops at 4,300.
MAX_DIGITS = 300
