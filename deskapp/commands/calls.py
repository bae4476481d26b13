"""A softphone tells that somebody is calling: the form opens in the running window, or with a new one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.commands.common import iso, on_desk, print_json
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk


def declare(add: Add) -> None:
    call = add("call", "open the form of a phone call in the window; for softphones and global keys")
    call.add_argument("number", nargs="?", default="", metavar="NUMBER", help="the phone that is calling")
    call.set_defaults(run=_call)
    who = add("caller", "who may be calling, and their open tickets")
    who.add_argument("number", metavar="NUMBER", help="a phone or a part of it, a name, a customer")
    who.add_argument("--json", action="store_true", help="one object a caller")
    who.set_defaults(run=on_desk(_caller))


def word(number: str) -> str:
    """What is passed to the window that runs already."""
    return f"call:{number.strip()}"


def _call(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp import app

    return app.run(profile, word(arguments.number))


def _caller(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import calls

    found = calls.callers(desk, arguments.number)
    if not found:
        raise UserFacingError("Nobody was found")
    for one in found:
        if arguments.json:
            print_json(
                {
                    "name": one.name,
                    "customer": one.customer,
                    "phone": one.phone,
                    "address": one.address,
                    "vip": one.vip,
                    "tickets": [
                        {
                            "number": each.number,
                            "subject": each.subject,
                            "status": each.status,
                            "promised": iso(each.promised_at),
                        }
                        for each in one.tickets
                    ],
                }
            )
        else:
            print(", ".join(part for part in (one.customer, one.name, one.phone) if part))
            for each in one.tickets:
                print(f"  #{each.number}  {each.status:<12} {each.subject}")
    return 0
