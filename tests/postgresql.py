"""A throw-away PostgreSQL server for tests and benchmarks.

    python tests/postgresql.py COMMAND...    runs COMMAND with DATABASE_URL set to a fresh server

A *supervisor* in a session of its own starts the server, waits for the end of its input and then
stops the server and removes its files. So nothing is left running however the caller ends: on its
own, by Ctrl-C, by SIGTERM or by SIGKILL. The server listens on a Unix socket only, in a folder
that only its own user can enter. As root it runs as `postgres` or `nobody`, since it refuses root.
"""

import glob
import locale
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)
MISSING = (
    "no PostgreSQL server programs: apt-get install postgresql (Debian, Ubuntu) or brew install postgresql@17 "
    "(macOS), or set DATABASE_URL"
)
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
START_SECONDS = 60


class NoServer(Exception):
    """There is no server to run on; the message says why, in one line."""


def find_programs() -> Path:
    """The folder of `initdb` and `postgres`, of the newest version there is; NoServer where there is none."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        folders += sorted(map(Path, glob.glob(place)), key=version_of, reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoServer(MISSING)


def version_of(folder: Path) -> int:
    """The number in a path such as /usr/lib/postgresql/15/bin; 0 when there is none."""
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit())
    return int(digits or 0)


def server_user() -> dict[str, Any]:
    """Arguments for Popen that make a command run as a user the server accepts."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "_postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root, and there is no user named postgres or nobody to run it as")


def utf8_locale() -> str:
    """C.UTF-8 where the system knows it, else C."""
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    return "C.UTF-8"


def make_cluster(programs: Path, folder: Path, user: dict[str, Any]) -> None:
    """Run `initdb` in an empty folder; NoServer with its last words when it fails."""
    command = [str(programs / "initdb"), "--pgdata", str(folder / "data"), "--no-sync"]
    command += ["--username=alsinfo", "--auth=trust", "--encoding=UTF8", f"--locale={utf8_locale()}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **user)
    if done.returncode:
        raise NoServer(f"initdb failed: {' '.join(done.stderr.split())}")


def start(programs: Path, folder: Path, user: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start the server on a socket in `folder` and wait until it answers."""
    options = OPTIONS | {"unix_socket_directories": str(folder)}
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **user)
    create = [str(programs / "createdb"), "-h", str(folder), "-U", "alsinfo", "alsinfo"]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(create, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            raise NoServer(f"PostgreSQL did not start: {' '.join((folder / 'log').read_text().split())}")
        time.sleep(0.05)
    return server


def supervise() -> None:
    """Run a server until standard input ends; its address, or a sentence after `!`, goes to standard output."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    folder = Path(tempfile.mkdtemp(prefix="alsinfo-postgresql-"))
    server = None
    try:
        programs, user = find_programs(), server_user()
        if user:
            os.chown(folder, user["user"], user["group"])
        make_cluster(programs, folder, user)
        server = start(programs, folder, user)
        tell(f"postgres://alsinfo@/alsinfo?host={folder}")
        sys.stdin.read()
    except NoServer as reason:
        tell(f"!{reason}")
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)  # nothing here is worth a tidy shutdown
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def tell(line: str) -> None:
    """Write a line to the caller, who may be gone."""
    with suppress(BrokenPipeError):
        print(line, flush=True)


@contextmanager
def throw_away_server() -> Iterator[str]:
    """The DATABASE_URL of a fresh server that ends with the block; NoServer where there can be none."""
    supervisor = subprocess.Popen(
        [sys.executable, __file__, "--supervise"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert supervisor.stdin and supervisor.stdout
    try:
        answer = supervisor.stdout.readline().strip()
        if not answer or answer.startswith("!"):
            raise NoServer(answer.removeprefix("!") or "the supervisor of PostgreSQL ended at once")
        yield answer
    finally:
        supervisor.stdin.close()
        supervisor.stdout.close()
        supervisor.wait()


def run(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command to its end and give its exit code; it ends with us, by Ctrl-C and by SIGTERM."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    child = subprocess.Popen(command, cwd=HOUSE, env=dict(environment))
    try:
        return child.wait()
    except KeyboardInterrupt:  # the terminal sent it to the child as well
        child.wait()
        raise
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def main(command: list[str]) -> int:
    """The exit code of the command, or 1 with a sentence where there is no server."""
    try:
        if os.environ.get("DATABASE_URL"):
            return run(command, os.environ)
        with throw_away_server() as url:
            return run(command, {**os.environ, "DATABASE_URL": url})
    except NoServer as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    if sys.argv[1:] == ["--supervise"]:
        supervise()
    elif len(sys.argv) > 1:
        sys.exit(main(sys.argv[1:]))
    else:
        print(__doc__)
