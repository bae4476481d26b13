"""Sharing the desk: hub init, join, invite, status, check, rebuild, move, follow, leave; one round."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.commands.common import on_desk, print_json
from deskapp.core.paths import Profile

if TYPE_CHECKING:
    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk


#: What a round that would delete a great deal stops for.
_DELETING = "this once, even if a great part of a table goes"


def declare(add: Add, common: argparse.ArgumentParser) -> None:
    hub = add("hub", "share this desk: init, join, invite, status, check, rebuild, move, follow, leave")
    acts = hub.add_subparsers(dest="act", metavar="ACT", required=True)

    def act(name: str, help_: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=help_, description=help_, parents=[common])

    hub.set_defaults(run=on_desk(_hub))
    init = act("init", "share this desk through a folder of a network share or a PostgreSQL database")
    init.add_argument("where", metavar="FOLDER-OR-URL")
    join = act("join", "join a shared desk by an invitation; the profile must be new")
    join.add_argument("invitation", help="the line, or a file that holds it")
    join.add_argument("--where", default="", help="the store as called here: a path, or postgresql://you@...")
    join.set_defaults(run=_join)
    act("invite", "print the line by which a colleague joins; it holds no password")
    act("status", "where this desk stands").add_argument("--json", action="store_true")
    act("check", "whether the hub's place is safe and this replica equals the others")
    rebuild = act("rebuild", "make this replica anew from the hub; what is not shared yet is kept")
    rebuild.add_argument("--hub", action="store_true", help="make the hub anew from this replica instead")
    rebuild.add_argument("--allow-deleting", action="store_true", help=_DELETING)
    move = act("move", "take the shared desk to another store, from a folder to PostgreSQL or back; the others follow")
    move.add_argument("where", metavar="FOLDER-OR-URL")
    follow = act("follow", "go where the others have moved the store to")
    follow.add_argument("where", nargs="?", default="", help="the new store as called here; else as it was announced")
    act("leave", "be alone again, with everything that is here")
    sync = add("sync", "one round with the hub")
    sync.add_argument("--json", action="store_true")
    sync.add_argument("--allow-deleting", action="store_true", help=_DELETING)
    sync.set_defaults(run=on_desk(_sync))


def _password(where: str) -> str | None:
    """The password of a PostgreSQL hub: from the environment, else asked for at a terminal; a folder needs none."""
    if "://" not in where:
        return None
    given = os.environ.get("DESKAPP_HUB_PASSWORD")
    if given is not None or not sys.stdin.isatty():
        return given
    return getpass.getpass("Password of the hub: ")


def _join(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp.app import open_desk
    from deskapp.sync.hub import commands

    given = Path(arguments.invitation)
    try:
        invitation = given.read_text("utf-8") if given.is_file() else arguments.invitation
    except OSError:  # a line is too long for a file's name
        invitation = arguments.invitation
    told = commands.read_invitation(invitation)
    password = _password(arguments.where or told["where"])
    commands.join(Profile(profile), invitation, password, arguments.where, _fetched)
    with open_desk(profile) as desk:
        if password:
            _keep_password(desk, password)
        result = commands.begin(desk)
        print(f"joined {told['name'] or told['where']}; batches read: {result.read}")
    return 0


def _fetched(done: int, whole: int) -> None:
    """How much of the desk has come; for people only."""
    if sys.stderr.isatty():
        share = 100 * done // whole if whole else 100
        print(f"\rfetching the desk: {share} %", end="\n" if done >= whole else "", file=sys.stderr, flush=True)


def _keep_password(desk: Desk, password: str) -> None:
    from deskapp.core.secrets import NoKeyring
    from deskapp.sync.hub import commands

    try:
        desk.secrets.set(commands.SECRET, password)
    except NoKeyring as error:
        print(f"deskapp: {error.heading()}. {error.filled()}", file=sys.stderr)


def _hub(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.hub import commands

    if arguments.act == "init":
        password = _password(arguments.where)
        if password:
            _keep_password(desk, password)
        commands.init(desk, arguments.where, password).close()
        print(f"shared through {arguments.where}")
        print(commands.invite(desk))
    elif arguments.act == "invite":
        print(commands.invite(desk))
    elif arguments.act == "status":
        return _hub_status(desk, arguments.json)
    elif arguments.act == "check":
        from deskapp.desk import doctor

        return doctor.tell(commands.check(desk))
    elif arguments.act == "move":
        password = _password(arguments.where)
        commands.move(desk, arguments.where, password).close()
        if password:
            _keep_password(desk, password)
        print(f"moved to {arguments.where}")
        print(commands.invite(desk))
    elif arguments.act == "follow":
        place = arguments.where or commands.moved_to(desk)
        result = commands.follow(desk, _password(place), arguments.where)
        print(f"followed to {place}; batches read: {result.read}, sent: {result.sent}")
    elif arguments.act == "rebuild":
        commands.rebuild(desk, hub_too=arguments.hub, allow=arguments.allow_deleting)
        print("rebuilt")
    else:
        commands.leave(desk)
        print("alone again; everything is here")
    return 0


def _hub_status(desk: Desk, as_json: bool) -> int:
    from deskapp.sync.hub import commands

    found = commands.status(desk)
    told = {
        "where": found.where,
        "reachable": found.reachable,
        "seq": found.seq,
        "waiting": found.waiting,
        "conflicts": found.conflicts,
        "numbers_left": found.numbers_left,
        "replicas": commands.taking_part(desk, found.replicas or {}),
        "problem": found.problem,
    }
    if as_json:
        print_json(told)
    elif not found.where:
        print("this desk is alone")
    else:
        for key, value in told.items():
            print(f"{key:<13} {value}")
    return 0 if not found.problem else 1


def _sync(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.hub import commands

    result = commands.sync_once(desk, arguments.allow_deleting)
    told = {
        "read": result.read,
        "sent": result.sent,
        "waiting": result.waiting,
        "conflicts": result.conflicts,
        "busy": result.busy,
    }
    if arguments.json:
        print_json(told)
    else:
        print(", ".join(f"{key} {value}" for key, value in told.items() if key != "busy"))
    return 0
