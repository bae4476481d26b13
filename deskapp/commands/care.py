"""Care: what is missing on this machine and how it is mended, copies of the desk and how one is put back."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.commands.common import iso, on_desk, print_json
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk
    from deskapp.desk.doctor import Finding


def declare(add: Add, common: argparse.ArgumentParser) -> None:
    doctor = add("doctor", "say in words what is missing or wrong on this machine, and mend it with --repair")
    doctor.add_argument(
        "--repair", action="store_true", help="mend what can be mended; a copy of the desk is made first"
    )
    doctor.add_argument("--offline", action="store_true", help="do not try the hub and the mailboxes")
    doctor.set_defaults(run=_doctor)
    backup = add("backup", "copies of this desk: list, make, look into one, put one back")
    acts = backup.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, help_: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=help_, description=help_, parents=[common])

    backup.set_defaults(run=on_desk(_backup))
    listed = act("list", "the copies that there are, newest first")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)
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
    else:
        _show(desk, arguments.name)
    return 0


def _list(profile: Path, arguments: argparse.Namespace) -> int:
    """The desk itself is not opened: it may be damaged, and then its copies are wanted."""
    from deskapp.core.paths import Profile
    from deskapp.desk import backups

    for one in backups.listed(Profile(profile)):
        if arguments.json:
            print_json({"name": one.name, "made_at": iso(one.made_at), "size": one.size, "kind": one.kind})
        else:
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
        where = "are not in the hub" if found.shared else "came after it"
        print(f"Changes that {where}: {found.waiting}; they stay in the copy made before the restore.")


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
        if error.title != "The desk's database cannot be opened":
            raise
        if not arguments.yes:
            copy = backups.checked(Profile(profile), arguments.name)
            print(f"{error.heading()}. {copy.name} of {copy.made_at:%Y-%m-%d %H:%M} UTC is whole.")
            print("Nothing was changed. Add --yes to put it back; the damaged file is kept.")
            return 0
    aside = backups.revive(Profile(profile), arguments.name)
    print(f"restored; the database that could not be opened lies in {aside}")
    return 0


# --- the doctor --------------------------------------------------------------------------------------------------


def _doctor(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp.core.paths import Profile
    from deskapp.desk import doctor

    machine = list(doctor.findings(profile))
    if arguments.repair and any(one.mends and one.code == "space" for one in machine) and _unopened(machine):
        # a desk does not open on a full disk: room comes first
        from deskapp.desk import checkup

        print(f"{checkup.free(Profile(profile)) // 1_000_000} MB freed\n")
        machine = list(doctor.findings(profile))
    if not os.path.exists(Profile(profile).database) or _unopened(machine):
        return doctor.tell(machine)
    return on_desk(lambda desk, given: _examine(desk, given, machine))(profile, arguments)


def _unopened(found: list[Finding]) -> bool:
    return any(not one.ok and one.code == "unopened" for one in found)


def _examine(desk: Desk, arguments: argparse.Namespace, machine: list[Finding]) -> int:
    from deskapp.desk import checkup, doctor

    found = [*machine, *checkup.look(desk)]
    if not arguments.offline:
        found += _outside(desk)
    code = doctor.tell(found)
    wrong = [one for one in found if not one.ok and one.mends]
    if not wrong:
        return code
    if not arguments.repair:
        print("\nWhat can be mended here: deskapp doctor --repair")
        return code
    print()
    return _mend(desk, wrong, sum(not one.ok for one in found))


def _mend(desk: Desk, wrong: list[Finding], all_wrong: int) -> int:
    """Mend one after the other; 0 if nothing is wrong any more."""
    from deskapp.desk import backups, checkup

    if any(one.code in ("index", "capture", "lists", "search") for one in wrong):
        try:
            print(f"copy made: {backups.make(desk, 'before-repair').name}")
        except UserFacingError as error:
            print(f"no copy was made: {error.heading()}. {error.filled()}")
    mended = 0
    for one in wrong:
        try:
            checkup.mend(desk, one.code)
            mended += 1
            print(f"mended   {one.what}")
        except UserFacingError as error:
            print(f"failed   {one.what}\n         {error.heading()}. {error.filled()}")
    return 0 if mended == all_wrong else 1


def _outside(desk: Desk) -> list[Finding]:
    """The hub and the mailboxes, each tried once."""
    from deskapp.commands.mailboxes import in_words
    from deskapp.desk import setup
    from deskapp.desk.doctor import Finding
    from deskapp.sync.hub import commands
    from deskapp.sync.hub.state import HubState
    from deskapp.sync.hub.versions import newer
    from deskapp.sync.mail.mailroom import MailRoom

    found: list[Finding] = []
    if HubState(desk.replica).where:
        try:
            found += commands.check(desk)
            ahead = sorted(
                {str(told.get("app", "")) for told in (commands.status(desk).replicas or {}).values()} - {""}, key=len
            )
            newest = next((app for app in ahead if newer(app)), "")
            found.append(
                Finding(
                    f"Version of colleagues: {newest}" if newest else "No colleague has a newer version",
                    not newest,
                    "Update this machine too: an older application may have to wait with sharing.",
                )
            )
        except UserFacingError as error:
            found.append(Finding(f"Hub: {error.heading()}", False, error.filled()))
    room = MailRoom()
    for row in setup.mailboxes(desk):
        if row["active"]:
            tried = room.check(desk, row, None)
            found.append(Finding(f"Mailbox {row['address']}", tried.works, in_words(tried)))
    room.close()
    return found
