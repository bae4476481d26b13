"""Mailboxes from the command line: which there are, whether they work, and signing in where there is no window."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, Any

from deskapp.commands.common import on_desk, print_json
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk
    from deskapp.desk.mailport import Checked


def declare(add: Add) -> None:
    command = add("mailbox", "the mailboxes of the desk: list, test, sign in, or find the servers of an address")
    command.add_argument("what", choices=("list", "test", "sign-in", "find"))
    command.add_argument("address", nargs="?", default="", help="of the mailbox; all of them where none is given")
    command.set_defaults(run=on_desk(_run))


def _run(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.mail.mailroom import MailRoom

    if arguments.what == "find" and not arguments.address:
        raise UserFacingError("Which address is meant?", "Give it: deskapp mailbox find ADDRESS.")
    room = MailRoom()
    desk.mail = room
    try:
        if arguments.what == "find":
            return _find(desk, arguments.address)
        if arguments.what == "sign-in":
            return _sign_in(desk, arguments.address)
        return _tell(desk, arguments.address, tried=arguments.what == "test")
    finally:
        room.close()


def _rows(desk: Desk, address: str) -> list[dict[str, Any]]:
    from deskapp.desk import setup

    rows = [row for row in setup.mailboxes(desk) if not address or row["address"].lower() == address.lower()]
    if address and not rows:
        raise UserFacingError("There is no mailbox %1", "See them with: deskapp mailbox list.", address)
    return rows


_WORDS = {
    "works": "Letters can be read and sent",
    "folder": "Letters are read from %1 and put into %2",
    "read_only": "Nothing can be written into %1: letters would not leave",
    "no_mail": "Mail does not run here",
}


def in_words(tried: Checked) -> str:
    """How the trial of a mailbox went."""
    if tried.error is not None:
        return f"{tried.error.heading()}. {tried.error.filled()}"
    said = _WORDS[tried.code]
    for place, value in enumerate(tried.args, 1):
        said = said.replace(f"%{place}", value)
    return said


def _tell(desk: Desk, address: str, tried: bool) -> int:
    """One line a mailbox; 1 where one that was tried does not work."""
    from deskapp.desk import mailport

    code = 0
    rows = _rows(desk, address)
    if not rows:
        print("There is no mailbox yet: add one in the window, Settings, Mail.", file=sys.stderr)
    for row in rows:
        line = f"{row['address']}\t{row['kind']}\t{'in use' if row['active'] else 'not in use'}"
        if tried:
            found = mailport.check(desk, row)
            code = code if found.works else 1
            line = f"{line}\t{'works' if found.works else in_words(found)}"
        print(line)
    return code


def _find(desk: Desk, address: str) -> int:
    from deskapp.desk import mailport

    found = mailport.detect(desk, address)
    print_json({"found": found.code, "kind": found.kind, "name": found.name, "options": dict(found.options)}, indent=2)
    return 0 if found.kind else 1


def _sign_in(desk: Desk, address: str) -> int:
    """Print page and code, and wait until somebody has entered it; 1 when nobody did in time."""
    from deskapp.core.secrets import NoKeyring
    from deskapp.desk import mailport

    rows = _rows(desk, address)
    if len(rows) != 1:
        raise UserFacingError("Which mailbox is meant?", "Give its address: deskapp mailbox sign-in ADDRESS.")
    sign_in = mailport.begin_sign_in(desk, rows[0])
    print(f"Open {sign_in.page} on any device and enter the code {sign_in.code}", flush=True)
    end = time.monotonic() + sign_in.seconds
    while time.monotonic() < end:
        time.sleep(sign_in.every)
        try:
            name = mailport.step_sign_in(desk, sign_in)
        except NoKeyring as error:
            raise UserFacingError(
                "The sign-in cannot be kept", "This machine has no keyring, and the code served this run alone."
            ) from error
        if name is not None:
            print(f"Signed in as {name}")
            return 0
    print("Nobody entered the code in time")
    return 1
