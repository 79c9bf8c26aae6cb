"""`python -m development.bench`: makes files to measure with, and measures.

python -m development.bench rows --rows 1000000 > rows.csv
python -m development.bench areas --rows 100000 > areas.geojsonl
python -m development.bench import --rows 1000000 --runs 3
python -m development.bench read http://127.0.0.1:8001=PID http://127.0.0.1:8099=PID PID
python -m development.bench export http://127.0.0.1:8001=PID PID
"""

import argparse
import sys

from development.bench import exporting, importing, made_up, reading
from development.errors import finish

_FILES = {"rows": made_up.write_rows, "areas": made_up.write_areas}


def main() -> int:
    """Do what the first argument says."""
    options = _parser().parse_args()
    if options.verb == "import":
        importing.measure(options.rows, options.runs)
    elif options.verb == "read":
        reading.measure(
            options.web,
            options.floor,
            options.database,
            rows=options.rows,
            runs=options.runs,
        )
    elif options.verb == "export":
        exporting.measure(options.web, options.database, options.runs)
    else:
        _FILES[options.verb](sys.stdout, options.rows, options.seed)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m development.bench")
    verbs = parser.add_subparsers(dest="verb", required=True)
    measuring = {
        "import": importing.measure,
        "read": reading.measure,
        "export": exporting.measure,
    }
    for name, function in (*_FILES.items(), *measuring.items()):
        verb = verbs.add_parser(name, help=(function.__doc__ or "").splitlines()[0])
        if name != "export":
            verb.add_argument("--rows", type=int, default=1_000_000)
        if name in measuring:
            verb.add_argument("--runs", type=int, default=3)
        else:
            verb.add_argument("--seed", type=int, default=made_up.SEED)
        if name in {"read", "export"}:
            verb.add_argument("web", type=_server, help="the service, as ADDRESS=PID")
        if name == "read":
            verb.add_argument("floor", type=_server, help="the bare view, the same way")
        if name in {"read", "export"}:
            verb.add_argument("database", type=int, help="the PID of the postmaster")
    return parser


def _server(text: str) -> reading.Server:
    address, _, pid = text.rpartition("=")
    return reading.Server(address, int(pid))


if __name__ == "__main__":
    finish(main)
