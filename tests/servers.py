"""Real servers for tests: a PostgreSQL cluster of our own in a temporary folder, never the machine's one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest


class PostgresCluster:
    """A cluster that lives in `folder`, listens on a unix socket there and on a free loopback port."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self._bin = bin_folder
        self._folder = folder
        self.port = 0
        self.socket_folder = folder

    def start(self) -> None:
        data = self._folder / "data"
        if is_root():
            shutil.chown(self._folder, "postgres")
        # Not plain C: it knows no case of Cyrillic letters, and then nothing Russian is found.
        locale = ["--locale=C.UTF-8"] if os.name == "posix" else []
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale)
        self.port = free_port()  # now: while the cluster was made, somebody else could have taken it
        settings = (
            f"port = {self.port}\n"
            f"listen_addresses = '127.0.0.1'\n"
            f"unix_socket_directories = '{self.socket_folder}'\n"
            "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"
        )
        if os.name != "posix":
            settings = settings.replace(f"unix_socket_directories = '{self.socket_folder}'\n", "")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        self._run("pg_ctl", "-D", data, "-l", self._folder / "log", "-w", "-t", "60", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "-w", "stop")

    def dsn(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"host=127.0.0.1 port={self.port} user={user} dbname={database}"

    def create_database(self, template: str = "template1") -> str:
        """A fresh database, cloned from `template` in some 20 ms; returns its name."""
        name = "d" + uuid4().hex
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "-T", template, name)
        return name

    def drop_database(self, name: str) -> None:
        self._run("dropdb", "-h", "127.0.0.1", "-p", self.port, "-U", "postgres", "--force", name)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._bin / program), *map(str, arguments)]
        # PostgreSQL refuses to run as root; its package made this user.
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if is_root() else {}
        # Output goes to a file: the server inherits it, and a pipe would stay open for as long as it runs.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                timeout=120,
                **as_user,
            )
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}: {text}")


def is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_binaries() -> Path | None:
    """Where PostgreSQL's programs are: the newest of Debian's versioned folders, else the PATH."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[PostgresCluster]:
    """One cluster for the whole run; skips, and says why, where PostgreSQL is not installed."""
    binaries = postgres_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (python3 run.py test --servers brings it)")
    # Not pytest's own folder: a unix socket's path has to stay short, and the postgres user must get there.
    folder = Path(tempfile.mkdtemp(prefix="deskapp-pg-"))
    cluster = PostgresCluster(binaries, folder)
    try:
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_dsn(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The DSN of an empty database, dropped after the test."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.dsn(name)
    postgres_cluster.drop_database(name)
