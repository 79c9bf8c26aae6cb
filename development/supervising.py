"""Several programs at once: their lines under their names, their end together.

Not honcho: it puts a process and a shell between us and each program, which outlive
a `kill -9` and keep the program alive (ADR 0021).
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from development import processes
from development.places import PYTHON, ROOT

LAST_LINES = 15
STOP_SECONDS = 10.0
COLOURS = (36, 32, 35, 33)  # of terminals: cyan, green, magenta, yellow


@dataclass(frozen=True)
class Program:
    """What to run, and under which name its lines appear."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass
class Child:
    """A program that was started."""

    name: str
    process: subprocess.Popen[bytes]
    relay: threading.Thread | None = None
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))

    def how_it_ended(self) -> str:
        """Say so in a few words."""
        code = self.process.returncode
        if code is not None and code < 0:
            return f"was ended by {signal.Signals(-code).name}"
        return f"ended with code {code}"


def start(programs: Sequence[Program], ledger: Path) -> list[Child]:
    """Start the programs; none outlives us, however we end.

    Call it from the main thread. Their ids are kept in `ledger` for `end_leftovers`.
    """
    children = [Child(each.name, _spawn(each)) for each in programs]
    ids = "".join(f"{child.process.pid}\n" for child in children)
    ledger.write_text(ids, "utf-8")
    width = max(len(child.name) for child in children)
    for number, child in enumerate(children):
        label = _label(child.name.ljust(width), COLOURS[number % len(COLOURS)])
        child.relay = threading.Thread(target=_relay, args=(child, label), daemon=True)
        child.relay.start()
    return children


def first_ended(children: Sequence[Child]) -> Child | None:
    """Give a child that has ended, if any did."""
    return next((each for each in children if each.process.poll() is not None), None)


def stop(children: Sequence[Child], ledger: Path) -> None:
    """Ask all to end, wait a little, and end what is left with its whole group."""
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline and _any_runs(children):
        time.sleep(0.05)
    for child in children:
        _signal_group(child, signal.SIGKILL)
        child.process.wait()
        if child.relay:
            child.relay.join(STOP_SECONDS)  # its last lines
    ledger.unlink(missing_ok=True)


def end_leftovers(ledger: Path) -> None:
    """End what an earlier run left where the kernel does not do it (macOS)."""
    if not ledger.exists():
        return
    for line in ledger.read_text("utf-8").splitlines():
        if line.isdecimal() and str(PYTHON) in processes.command_line(int(line)):
            ways = (signal.SIGTERM, signal.SIGKILL)
            processes.stop_orphan(int(line), ways, patience=5)
    ledger.unlink()


def _spawn(program: Program) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        program.command,
        cwd=ROOT,
        env=program.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is ours to handle, in our order
        preexec_fn=processes.dying_with_us(signal.SIGKILL),  # noqa: PLW1509
    )


def _label(name: str, colour: int) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return f"{name} | "
    return f"\033[{colour}m{name} |\033[0m "


def _relay(child: Child, label: str) -> None:
    assert child.process.stdout is not None  # noqa: S101 it is a pipe
    with child.process.stdout as lines:
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            child.last_lines.append(text)
            with contextlib.suppress(OSError):  # nobody reads us any more
                sys.stdout.write(f"{label}{text}\n")
                sys.stdout.flush()


def _any_runs(children: Sequence[Child]) -> bool:
    return any(child.process.poll() is None for child in children)


def _signal_group(child: Child, which: signal.Signals) -> None:
    # Each leads a session of its own, so its group has its id.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, which)
