"""A PostgreSQL of our own: made once, kept as a child, gone when we are gone.

It listens on a socket in a private folder only, so that nobody else can reach it and
no port is taken. The folder stands in the temporary folder under a short name: the
path of a socket has 107 bytes at most, the path of a clone may be longer.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from development import locking, processes
from development.binaries import ROOTS_PLACE, Account, find_account, find_binaries
from development.errors import DevelopmentError, DiskFullError, tells_of_full_disk

USER = "kade"
PORT = 5432
START_SECONDS = 60.0
CRASH_SECONDS = 15.0  # how long the children of a killed server may hold its memory
FORGOTTEN_SECONDS = 3600.0
LONGEST_FOLDER = 60  # bytes of a temporary folder in which a socket still fits
PASSING = "kade-passing-"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# postgres(1): the fast way ends its connections, the immediate one is a crash.
WAYS_TO_END = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
IMMEDIATE = signal.SIGQUIT
STOP_SECONDS = 10.0
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")


@dataclass(frozen=True)
class Cluster:
    """Where a cluster stands, who owns it, and the settings it runs with."""

    home: Path
    sockets: Path
    account: Account
    settings: tuple[str, ...] = ()

    @property
    def binaries(self) -> Path:
        """Give the folder of PostgreSQL's programs."""
        return find_binaries()

    @property
    def files(self) -> Path:
        """Give PostgreSQL's own folder."""
        return self.home / "data"

    @property
    def mark(self) -> Path:
        """Give the file in which a server says that it runs, and who it is."""
        return self.files / "postmaster.pid"

    @property
    def log(self) -> Path:
        """Give the file that the server writes its log to."""
        return self.home / "postgres.log"

    def url(self, database: str) -> str:
        """Give the address of a database for libpq and Django."""
        host = quote(str(self.sockets), safe="")
        return f"postgresql://{USER}@{host}:{PORT}/{database}"


@dataclass(frozen=True)
class Server:
    """A cluster that runs."""

    cluster: Cluster
    process: subprocess.Popen[bytes]


def lasting_cluster(state: Path) -> Cluster:
    """Describe the cluster that belongs to a clone, by its folder for state."""
    account = find_account()
    name = hashlib.sha256(os.fsencode(state)).hexdigest()[:16]
    home = ROOTS_PLACE / name if account.is_other else state / "postgres"
    sockets = _temporary_folder() / f"kade-{name}"
    return Cluster(home, sockets, account)


@contextlib.contextmanager
def passing() -> Iterator[Server]:
    """Keep a cluster running that is thrown away: quick, and not safe from a crash."""
    _remove_forgotten()
    folder = Path(tempfile.mkdtemp(prefix=PASSING, dir=_temporary_folder()))
    try:
        with running(Cluster(folder, folder, find_account(), QUICK)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[Server]:
    """Keep the cluster running; nobody else may use it at the same time.

    Raises:
        DevelopmentError: it does not start, in one line with the reason.
    """
    _ensure_folder(cluster.home, cluster.account)
    _ensure_folder(cluster.sockets, cluster.account)
    with locking.alone(cluster.home / "lock", f"The cluster in {cluster.home}"):
        end_orphan(cluster)
        if not (cluster.files / "PG_VERSION").exists():
            _create(cluster)
        process = _start_patiently(cluster)
        try:
            yield Server(cluster, process)
        finally:
            processes.stop_child(process, WAYS_TO_END, patience=STOP_SECONDS)


def is_running(cluster: Cluster) -> bool:
    """Tell whether a server runs on this cluster, whoever started it."""
    return _server_id(cluster) is not None


def end_orphan(cluster: Cluster) -> None:
    """End the server that a killed run left, and the marks that it ran."""
    pid = _server_id(cluster)
    if pid is not None:
        print("Stopping the PostgreSQL that an earlier run left", flush=True)
        processes.stop_orphan(pid, WAYS_TO_END, patience=STOP_SECONDS)
    # The process in a mark may by now be anybody's, which PostgreSQL would respect.
    for mark in (cluster.mark, *cluster.sockets.glob(".s.PGSQL.*")):
        mark.unlink(missing_ok=True)


def _server_id(cluster: Cluster) -> int | None:
    """Give the id in `postmaster.pid` if that process is the server of this cluster."""
    pid = _marked_id(cluster.mark)
    command = processes.command_line(pid) if pid else ""
    is_ours = "postgres" in command and f"-D {cluster.files} " in f"{command} "
    return pid if is_ours else None


def _marked_id(mark: Path) -> int | None:
    if not mark.exists():
        return None
    first_line = mark.read_text("utf-8").partition("\n")[0].strip()
    return int(first_line) if first_line.isdecimal() else None


def _remove_forgotten() -> None:
    """Remove what killed runs left: nobody holds it, and it is an hour old."""
    for folder in _temporary_folder().glob(f"{PASSING}*"):
        with contextlib.suppress(OSError):
            is_old = time.time() - folder.stat().st_mtime > FORGOTTEN_SECONDS
            pid = _marked_id(folder / "data" / "postmaster.pid")
            if is_old and not (pid and processes.is_alive(pid)):
                shutil.rmtree(folder, ignore_errors=True)


def _temporary_folder() -> Path:
    folder = Path(tempfile.gettempdir())
    return folder if len(bytes(folder)) <= LONGEST_FOLDER else Path("/tmp")  # noqa: S108


def _ensure_folder(folder: Path, account: Account) -> None:
    """Make a private folder, or see that the one there is private and the account's."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        account.own(folder)
    status = folder.lstat()
    if (
        folder.is_symlink()
        or status.st_mode & 0o077
        or status.st_uid
        not in (
            account.uid,
            os.geteuid(),
        )
    ):
        raise DevelopmentError(
            f"{folder} is another user's, or open to others: remove it and try again."
        )
    if status.st_uid != account.uid:
        account.own(folder)


def _create(cluster: Cluster) -> None:
    """Make the cluster beside its place first: half a cluster never stands there."""
    draft = cluster.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    command = [str(cluster.binaries / "initdb"), "-D", str(draft), "-U", USER]
    command += ["--auth-local=trust", "--auth-host=reject", *LOCALE]
    command += ["--no-sync"] if "fsync=off" in cluster.settings else []
    outcome = _child(cluster, command, stdout=subprocess.PIPE)
    printed = outcome.communicate()[0].decode(errors="replace")
    if outcome.returncode:
        raise _failure("PostgreSQL could not make its files", printed, cluster)
    draft.rename(cluster.files)


def _start_patiently(cluster: Cluster) -> subprocess.Popen[bytes]:
    deadline = time.monotonic() + CRASH_SECONDS
    while True:
        process = _start(cluster)
        if _becomes_ready(cluster, process):
            return process
        printed = cluster.log.read_text("utf-8", "replace")
        is_held = "pre-existing shared memory block" in printed
        if not is_held or time.monotonic() > deadline:
            raise _failure("PostgreSQL does not start", printed, cluster)
        time.sleep(0.5)


def _start(cluster: Cluster) -> subprocess.Popen[bytes]:
    command = [str(cluster.binaries / "postgres"), "-D", str(cluster.files)]
    command += ["-k", str(cluster.sockets), "-p", str(PORT)]
    command += ["-c", "listen_addresses="]  # no TCP: the port is a name of the socket
    for setting in cluster.settings:
        command += ["-c", setting]
    with cluster.log.open("wb") as log:
        return _child(cluster, command, stdout=log.fileno())


def _child(
    cluster: Cluster, command: list[str], *, stdout: int
) -> subprocess.Popen[bytes]:
    account = cluster.account
    return subprocess.Popen(
        command,
        cwd=cluster.home,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
        user=account.uid if account.is_other else None,
        group=account.gid if account.is_other else None,
        extra_groups=[] if account.is_other else None,
        start_new_session=True,  # Ctrl-C is ours to handle: PostgreSQL stops last
        preexec_fn=processes.dying_with_us(IMMEDIATE),  # noqa: PLW1509 no threads yet
    )


def _becomes_ready(cluster: Cluster, process: subprocess.Popen[bytes]) -> bool:
    """Wait for the server's own word: the eighth line of `postmaster.pid`."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            lines = [
                line.strip() for line in cluster.mark.read_text("utf-8").splitlines()
            ]
            if lines[:1] == [str(process.pid)] and lines[7:8] == ["ready"]:
                return True
        time.sleep(0.02)
    if process.poll() is None:
        processes.stop_child(process, (IMMEDIATE, signal.SIGKILL), patience=5)
    return False


def _failure(what: str, printed: str, cluster: Cluster) -> DevelopmentError:
    if tells_of_full_disk(printed):
        return DiskFullError(cluster.home)
    lines = [
        line for line in printed.splitlines() if "FATAL" in line or "error" in line
    ]
    reason = (lines or printed.splitlines() or ["it does not say why"])[-1].strip()
    return DevelopmentError(f"{what}: {reason} (see {cluster.log})")
