"""`python -m development.bench`: makes files to measure with, and measures.

python -m development.bench rows --rows 1000000 > rows.csv
python -m development.bench areas --rows 100000 > areas.geojsonl
"""

import argparse
import sys

from development.bench import made_up
from development.errors import finish

_FILES = {"rows": made_up.write_rows, "areas": made_up.write_areas}


def main() -> int:
    """Do what the first argument says."""
    parser = argparse.ArgumentParser(prog="python -m development.bench")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, write in _FILES.items():
        verb = verbs.add_parser(name, help=(write.__doc__ or "").splitlines()[0])
        verb.add_argument("--rows", type=int, default=1_000_000)
        verb.add_argument("--seed", type=int, default=made_up.SEED)
    options = parser.parse_args()
    _FILES[options.verb](sys.stdout, options.rows, options.seed)
    return 0


if __name__ == "__main__":
    finish(main)
