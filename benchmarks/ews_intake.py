"""How many letters a second come in from an Exchange Server, beside plain loops over the same library.

The server of the tests runs in a process of its own and holds letters of about 20 KB (as they lie in an answer). Each
letter is listed, fetched whole and marked as read:

    one by one   inbox.sync_items(), then get() and save() for each letter
    in bulk      inbox.all().only(...), which fetches 100 letters a request, then save() for each
    deskapp      `EwsTransport`: listing, read, file_away, as the mail room calls them

The bar is 4 times the faster of the two loops. What is not measured is the desk: parsing, threading, the ticket.

    python -m benchmarks.ews_intake [--letters 300]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deskapp.sync.mail.ews import EwsTransport

BAR = 4.0
USER, WORD = "help@desk.example", "word"
BODY = "Добрый день! Принтер в бухгалтерии не печатает счета, на экране ошибка 0x00000bcb.\r\n" * 110


def letter(number: int) -> bytes:
    return (
        f"From: Ivan <ivan{number}@firm.example>\r\nTo: {USER}\r\nSubject: letter {number}\r\n"
        f"Message-ID: <{number}@firm.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{BODY}"
    ).encode()


def serve(letters: int) -> None:
    """Tell the address, then answer until the caller closes our input."""
    from tests.sync.mail.ews_server import EwsServer

    with tempfile.TemporaryDirectory() as folder:
        server = EwsServer({USER: WORD}, Path(folder))
        for number in range(letters):
            server.deliver(letter(number))
        server.start()
        print(server.url, flush=True)
        sys.stdin.read()
        server.stop()


@contextmanager
def server_with(letters: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.ews_intake", "--serve", str(letters)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


def account(url: str) -> Any:
    """The library as its manual says, with everything given that saves it a question."""
    from exchangelib import DELEGATE, UTC, Account, Configuration, Credentials, Version
    from exchangelib.version import EXCHANGE_2016

    config = Configuration(
        service_endpoint=url,
        credentials=Credentials(USER, WORD),
        auth_type="basic",
        version=Version(build=EXCHANGE_2016),
    )
    return Account(USER, config=config, access_type=DELEGATE, default_timezone=UTC)


def one_by_one(url: str) -> list[bytes]:
    inbox = account(url).inbox
    found = []
    for kind, item in inbox.sync_items(only_fields=["subject"]):
        if kind == "create":
            whole = next(iter(inbox.account.fetch([item], only_fields=["mime_content", "datetime_received"])))
            found.append(whole.mime_content)
            whole.is_read = True
            whole.save(update_fields=["is_read"])
    return found


def in_bulk(url: str) -> list[bytes]:
    found = []
    for item in account(url).inbox.all().only("mime_content", "datetime_received"):
        found.append(item.mime_content)
        item.is_read = True
        item.save(update_fields=["is_read"])
    return found


def ours(url: str) -> list[bytes]:
    transport = EwsTransport({"server": url}, USER, WORD)
    found: list[bytes] = []
    state = ""
    while True:
        listing = transport.listing(state, 100)
        for remote_id in listing.remote_ids:
            fetched = transport.read(remote_id)
            assert fetched is not None
            found.append(fetched.raw)
            transport.file_away(remote_id)
        state = listing.state
        if not listing.remote_ids:
            transport.close()
            return found


def rate(work: Callable[[str], list[bytes]], letters: int) -> float:
    """Letters a second, the better of two runs, each over a fresh server; all must have come whole."""
    best = 0.0
    for _ in range(2):
        with server_with(letters) as url:
            begun = time.perf_counter()
            found = work(url)
            best = max(best, letters / (time.perf_counter() - begun))
        assert sorted(found) == sorted(letter(number) for number in range(letters))
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--letters", type=int, default=300)
    parser.add_argument("--serve", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve)
        return 0
    rates = {work.__name__: rate(work, given.letters) for work in (one_by_one, in_bulk, ours)}
    print(f"{given.letters} letters of {len(letter(0)) // 1024} KB (Basic, one connection), letters a second:")
    for name, found in rates.items():
        print(f"  {name.replace('_', ' ').replace('ours', 'deskapp'):12} {found:8.0f}")
    times = rates["ours"] / max(rates["one_by_one"], rates["in_bulk"])
    print(f"  {times:.1f} times the faster loop (bar: {BAR:.0f})")
    return 0 if times >= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
