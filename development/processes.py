"""Child processes that do not outlive us, and orphans of an earlier run.

On Linux the kernel ends a child when its parent dies, however that dies. Elsewhere
nothing does, so the next run ends what an earlier one left (see `ledger`).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def dying_with_us(stop: signal.Signals) -> Callable[[], None]:
    """Give what a child runs before it becomes another program (`preexec_fn`).

    Start such children from the main thread: the kernel watches the thread.
    """
    parent = os.getpid()

    def attach() -> None:
        die_with_parent(stop)
        if os.getppid() != parent:  # it died before the kernel knew
            os._exit(1)

    return attach


def die_with_parent(stop: signal.Signals) -> None:
    """Ask the kernel for a signal when the parent of this process dies."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(stop))


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that is dead and not yet buried does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/stat").read_text("utf-8")
        return status.rpartition(")")[2].split()[0] != "Z"
    return True


def command_line(pid: int) -> str:
    """Give the arguments of a process, empty when it is gone or not ours to see."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            return os.fsdecode(b" ".join(arguments)).strip()
        return ""
    command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    return outcome.stdout.strip()


def stop_child(
    child: subprocess.Popen[bytes], ways: Sequence[signal.Signals], *, patience: float
) -> None:
    """End a child of ours with each signal in turn, so many seconds apart."""
    for each in ways:
        child.send_signal(each)  # does nothing to one that has ended
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
            return
    child.wait()


def stop_orphan(pid: int, ways: Sequence[signal.Signals], *, patience: float) -> None:
    """End a process that is not our child in the same manner."""
    for each in ways:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, each)
        deadline = time.monotonic() + patience
        while is_alive(pid):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
