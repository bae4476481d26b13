"""Care: what is missing on this machine and how it is mended, copies of the desk and how one is put back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.commands.common import iso, on_desk, print_json
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk


def declare(add: Add, common: argparse.ArgumentParser) -> None:
    backup = add("backup", "copies of this desk: list, make, look into one, put one back")
    acts = backup.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, help_: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=help_, description=help_, parents=[common])

    backup.set_defaults(run=on_desk(_backup))
    act("list", "the copies that there are, newest first").add_argument("--json", action="store_true")
    act("make", "make one now")
    act("show", "what a copy holds beside what the desk holds now").add_argument("name")
    restore = act("restore", "make the desk what a copy is; a copy of the present one is made first")
    restore.add_argument("name")
    restore.add_argument("--yes", action="store_true", help="do it; without this it is only shown")
    restore.set_defaults(run=_restore)


def _backup(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import backups

    if arguments.act == "make":
        print(backups.make(desk).name)
    elif arguments.act == "show":
        _show(desk, arguments.name)
    elif arguments.json:
        for one in backups.listed(desk.profile):
            print_json({"name": one.name, "made_at": iso(one.made_at), "size": one.size, "kind": one.kind})
    else:
        for one in backups.listed(desk.profile):
            print(f"{one.made_at:%Y-%m-%d %H:%M} UTC  {one.size / 1_000_000:8.1f} MB  {one.kind:<16} {one.name}")
    return 0


def _show(desk: Desk, name: str) -> None:
    from deskapp.desk import backups

    found = backups.preview(desk, name)
    print(f"{name}: schema {found.schema}, last change {iso(found.newest) or '-'}")
    for table, there, now in found.counts:
        print(f"{table:<10} {there:>8} in the copy {now:>8} now")
    if found.shared:
        print("The desk is shared: after the restore the next round brings what the hub knows.")
    if found.waiting:
        print(f"{found.waiting} changes of now are not in the hub; they stay in the copy made before the restore.")


def _restore(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp.app import open_desk
    from deskapp.core.paths import Profile
    from deskapp.desk import backups

    try:
        with open_desk(profile) as desk:
            _show(desk, arguments.name)
            if not arguments.yes:
                print("Nothing was changed. Add --yes to put it back.")
                return 0
            before = backups.restore(desk, arguments.name)
            print(f"restored; the desk of before is {before.name}")
            return 0
    except UserFacingError as error:
        if error.title != "The desk's database cannot be opened" or not arguments.yes:
            raise
    aside = backups.revive(Profile(profile), arguments.name)
    print(f"restored; the database that could not be opened lies in {aside}")
    return 0
