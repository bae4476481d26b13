"""Desks that share a PostgreSQL database, and what a test does to a server behind their back."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from pathlib import Path

import psycopg

from deskapp.desk import setup
from deskapp.desk.desk import Desk
from deskapp.sync.hub import commands
from deskapp.sync.hub.postgres import PostgresHub
from deskapp.sync.hub.rounds import Rounds
from tests.servers import PostgresCluster, free_port, is_root, postgres_binaries
from tests.sync.hub.desks import PEOPLE, Office, _no_pause


def url(cluster: PostgresCluster, database: str, user: str = "postgres", port: int = 0) -> str:
    return f"postgresql://{user}@127.0.0.1:{port or cluster.port}/{database}"


def sql(where: str, query: str, *values: object) -> list[tuple[object, ...]]:
    """Run one statement on a connection of its own."""
    with psycopg.connect(where, autocommit=True) as connection:
        cursor = connection.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


class PostgresOffice(Office):
    """Several desktops of one desk in a database."""

    def __init__(self, folder: Path, where: str) -> None:
        super().__init__(folder)
        self.at = where
        self.hubs: list[PostgresHub] = []

    def first(self, name: str = "a") -> Desk:
        desk = self.open(name)
        setup.begin(desk)
        for person in PEOPLE:
            setup.save_specialist(desk, {"name": person})
        commands.init(desk, self.at).close()
        self._attach(name)
        return desk

    def hub(self) -> PostgresHub:
        self.hubs.append(PostgresHub(self.at))
        return self.hubs[-1]

    def _attach(self, name: str) -> None:
        self.rounds[name] = Rounds(self.desks[name], self.hub(), pause=_no_pause)

    def close(self) -> None:
        super().close()
        for hub in self.hubs:
            hub.close()


class Wire:
    """A port that passes on to a server, until it is told to break: ``lose_answer_to`` a statement ends the connection
    after the server has answered and before the client hears of it."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._word = b""
        self.lost = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def lose_answer_to(self, word: bytes) -> None:
        self._word = word

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._door.accept()
                server = socket.create_connection(self._server)
                asked = threading.Event()
                for source, target, asks in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass_on, args=(source, target, asks, asked), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, asks: bool, asked: threading.Event) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if asks and self._word and self._word in data:
                    self._word = b""
                    asked.set()
                elif not asks and asked.is_set():
                    self.lost += 1
                    break
                target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()


class Standby(PostgresCluster):
    """A second server that follows another one by streaming replication."""

    def follow(self, primary: PostgresCluster) -> None:
        if is_root():
            import shutil

            shutil.chown(self._folder, "postgres")
        data = self._folder / "data"
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name=standby"
        self._run("pg_basebackup", "-d", source, "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        self.port = free_port()
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"port = {self.port}\nunix_socket_directories = '{self.socket_folder}'\n")
        self.start_again()

    def start_again(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-l", self._folder / "log", "-w", "-t", "60", "start")

    def promote(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-w", "-t", "60", "promote")


def cluster_at(folder: Path) -> PostgresCluster:
    binaries = postgres_binaries()
    assert binaries is not None
    return PostgresCluster(binaries, folder)


def standby_at(folder: Path) -> Standby:
    binaries = postgres_binaries()
    assert binaries is not None
    return Standby(binaries, folder)
