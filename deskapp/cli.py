"""The command line: the desk's services without a window.

``--profile`` is accepted before and after the subcommand. JSON is UTF-8, unescaped. Exit codes: 0 done, 1 something was
not done (said on stderr), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from deskapp import __version__
from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile, default_profile

if TYPE_CHECKING:
    from deskapp.desk.desk import Desk
    from deskapp.desk.values import QueueItem, TicketView
    from deskapp.planning.values import Slot
    from deskapp.sync.mail.stages import Taken


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    # SUPPRESS: a --profile given before the subcommand must survive the subcommand's own default
    common.add_argument(
        "--profile", metavar="DIR", default=argparse.SUPPRESS, help="folder of the desk on this machine"
    )
    parser = argparse.ArgumentParser(
        prog="deskapp",
        description="A help desk that answers with a date and time. Without a command it opens the window.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"deskapp {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, help_: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=help_, parents=[common])

    demo = add("demo", "open a desk with sample data; with --shots play the main job and draw the screens")
    demo.add_argument("--shots", metavar="DIR", help="draw the screens as PNG into DIR, without a display")
    demo.add_argument("--lang", choices=("ru", "en"))
    demo.add_argument("--theme", choices=("light", "dark"))
    ingest = add("ingest", "read letters: .eml files, folders, mbox, Maildir, zip of them; answers nobody")
    ingest.add_argument("paths", nargs="+", metavar="PATH")
    ingest.add_argument("--json", action="store_true", help="one object a letter")
    new = add("new", "make a ticket by hand")
    new.add_argument("--subject", required=True)
    new.add_argument("--text", default="")
    new.add_argument("--name", default="", help="who asks")
    new.add_argument("--address", default="")
    new.add_argument("--phone", default="")
    new.add_argument("--customer", default="")
    new.add_argument("--urgency", type=int, choices=(1, 2, 3, 4), default=3, help="1 critical .. 4 low")
    new.add_argument("--minutes", type=int, help="estimated effort")
    new.add_argument("--json", action="store_true")
    listing = add("list", "open tickets")
    listing.add_argument("--json", action="store_true", help="one object a line")
    show = add("show", "a ticket with its entries")
    show.add_argument("number", type=int, metavar="N")
    show.add_argument("--json", action="store_true", help="one indented object")
    plan = add("plan", "when a ticket could be done, and by whom")
    plan.add_argument("number", type=int, metavar="N")
    plan.add_argument("--minutes", type=int, metavar="M", help="effort; without it the ticket's own or the usual one")
    plan.add_argument("--json", action="store_true")
    note = add("note", "write an entry of the protocol")
    note.add_argument("number", type=int, metavar="N")
    note.add_argument("text", nargs="+")
    note.add_argument("--kind", choices=("check", "change", "talk", "measure", "note"), default="note")
    note.add_argument("--minutes", type=int, default=0)
    search = add("search", "find tickets by words, number, customer")
    search.add_argument("words", nargs="+")
    search.add_argument("--json", action="store_true")
    hub = add("hub", "share this desk: init, join, invite, status, check, rebuild, leave")
    acts = hub.add_subparsers(dest="act", metavar="ACT", required=True)

    def hub_act(name: str, help_: str) -> argparse.ArgumentParser:
        return acts.add_parser(name, help=help_, description=help_, parents=[common])

    init = hub_act("init", "share this desk through a folder of a network share or a PostgreSQL database")
    init.add_argument("where", metavar="FOLDER-OR-URL")
    join = hub_act("join", "join a shared desk by an invitation; the profile must be new")
    join.add_argument("invitation", help="the line, or a file that holds it")
    join.add_argument("--where", default="", help="the same share as it is called on this machine")
    hub_act("invite", "print the line by which a colleague joins; it holds no password")
    hub_act("status", "where this desk stands").add_argument("--json", action="store_true")
    hub_act("check", "whether the hub's place is safe and this replica equals the others")
    rebuild = hub_act("rebuild", "make this replica anew from the hub; what is not shared yet is kept")
    rebuild.add_argument("--hub", action="store_true", help="make the hub anew from this replica instead")
    hub_act("leave", "be alone again, with everything that is here")
    sync = add("sync", "one round with the hub")
    sync.add_argument("--json", action="store_true")
    add("doctor", "say in words what is missing on this machine")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    profile = Path(getattr(arguments, "profile", "") or default_profile())
    if arguments.command is None:
        from deskapp import app

        return app.run(profile)
    if arguments.command == "demo":
        from deskapp import app

        return app.demo(
            Path(arguments.profile) if hasattr(arguments, "profile") else None,
            Path(arguments.shots) if arguments.shots else None,
            arguments.lang,
            arguments.theme,
        )
    try:
        if arguments.command == "doctor":
            return _doctor(profile)
        if arguments.command == "hub" and arguments.act == "join":
            return _join(profile, arguments)
        code = _with_desk(profile, arguments)
        sys.stdout.flush()
        return code
    except UserFacingError as error:
        print(f"deskapp: {error.heading()}. {error.filled()}".rstrip(), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read us has gone; what is still buffered must not be flushed into the closed pipe at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _with_desk(profile: Path, arguments: argparse.Namespace) -> int:
    from deskapp.app import open_desk

    commands: dict[str, Callable[[Desk, argparse.Namespace], int]] = {
        "ingest": _ingest,
        "new": _new,
        "list": _list,
        "show": _show,
        "plan": _plan,
        "note": _note,
        "search": _search,
        "hub": _hub,
        "sync": _sync,
    }
    with open_desk(profile) as desk:
        return commands[arguments.command](desk, arguments)


def _print(value: Any, indent: int | None = None) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent))


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _ticket_id(desk: Desk, number: int) -> str:
    from deskapp.desk import ticket

    found = ticket.find(desk, number)
    if found is None:
        raise UserFacingError("There is no ticket #%1", "Look it up with: deskapp search WORDS.", number)
    return found


# --- commands ----------------------------------------------------------------------------------------------------


def _ingest(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.mail import stages

    failed = 0
    for taken in stages.take_paths(desk, arguments.paths):
        failed += taken.outcome == "quarantined"
        if arguments.json:
            _print(_letter_json(taken))
        elif taken.outcome == "quarantined":
            print(f"{taken.source}: quarantined: {taken.reason}", file=sys.stderr)
        else:
            number = f" #{taken.number}" if taken.number else ""
            subject = taken.letter.subject if taken.letter else ""
            print(f"{taken.source}: {taken.outcome}{number} {subject}".rstrip())
        sys.stdout.flush()
    return 1 if failed else 0


def _letter_json(taken: Taken) -> dict[str, Any]:
    letter = taken.letter

    def addresses(pairs: Any) -> list[dict[str, str]]:
        return [{"name": pair.name, "address": pair.address} for pair in pairs]

    return {
        "file": taken.source,
        "outcome": taken.outcome,
        "ticket": taken.number,
        "kind": letter.kind if letter else None,
        "subject": letter.subject if letter else None,
        "from": letter.sender.address if letter else None,
        "from_name": letter.sender.name if letter else None,
        "to": addresses(letter.to) if letter else [],
        "cc": addresses(letter.cc) if letter else [],
        "date": _iso(letter.date) if letter else None,
        "text": letter.text if letter else None,
        "reply_text": letter.reply_text if letter else None,
        "attachments": [
            {"name": a.name, "type": a.content_type, "size": a.size, "sha256": a.sha256} for a in letter.attachments
        ]
        if letter
        else [],
        "auto_answer": taken.auto_answer,
        "reason": taken.reason or (letter.automatic_reason if letter else ""),
    }


def _new(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import intake, triage

    changes = intake.by_hand(
        desk,
        arguments.subject,
        arguments.text,
        contact_name=arguments.name,
        address=arguments.address,
        phone=arguments.phone,
        customer=arguments.customer,
        urgency=arguments.urgency,
        effort=arguments.minutes,
    )
    number = triage.number_of(desk, changes.result)
    if arguments.json:
        _print({"number": number})
    else:
        print(f"#{number}")
    return 0


def _list(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import directory, queue

    people = directory.people(desk)
    start = 0
    while True:
        page = queue.page(desk, "all", after=start)
        for item in page.items:
            owner = people[item.owner_id].name if item.owner_id in people else ""
            if arguments.json:
                _print(_row_json(item, owner))
            else:
                promised = _local(desk, item.promised_at)
                shown = f"#{item.number}  {item.status:<12} {promised:<17} {item.customer}: {item.subject}  {owner}"
                print(shown.rstrip())
        if not page.more:
            return 0
        start += len(page.items)


def _local(desk: Desk, ms: int | None) -> str:
    from deskapp.core.clock import from_ms

    return f"{from_ms(ms).astimezone(desk.zone):%Y-%m-%d %H:%M}" if ms else ""


def _row_json(item: QueueItem, owner: str) -> dict[str, Any]:
    from deskapp.core.clock import from_ms

    def at(ms: int | None) -> str | None:
        return from_ms(ms).isoformat() if ms is not None else None

    return {
        "number": item.number,
        "subject": item.subject,
        "status": item.status,
        "customer": item.customer,
        "urgency": item.urgency,
        "owner": owner,
        "received": at(item.received_at),
        "answer_due": at(item.answer_due),
        "promised": at(item.promised_at),
        "forecast": at(item.forecast_at),
        "slack": item.slack,
    }


def _show(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import directory, ticket

    ticket_id = _ticket_id(desk, arguments.number)
    view = ticket.view(desk, ticket_id, entries=100_000)
    names = directory.read(desk)
    if arguments.json:
        _print(
            _ticket_json(view, names.cause(view.cause_id), view.owner_id and names.people[view.owner_id].name), indent=2
        )
        return 0
    print(f"#{view.number} {view.subject}")
    print(f"{view.status}; urgency {view.urgency}; {names.cause(view.cause_id)}".rstrip("; "))
    print(f"{view.requester.name} <{view.requester.address}> {view.requester.customer}".rstrip())
    for word, at in (
        ("asked", view.asked_at),
        ("received", view.received_at),
        ("promised", view.promised_at),
        ("forecast", view.forecast_at),
        ("finished", view.finished_at),
    ):
        if at is not None:
            print(f"{word:<9} {at.astimezone(desk.zone):%Y-%m-%d %H:%M %Z}")
    for entry in view.entries:
        print(f"\n{entry.at.astimezone(desk.zone):%Y-%m-%d %H:%M} {entry.kind} {entry.label} {entry.author}".rstrip())
        if entry.text:
            print(entry.text)
    return 0


def _ticket_json(view: TicketView, cause: str, owner: str) -> dict[str, Any]:
    return {
        "number": view.number,
        "subject": view.subject,
        "status": view.status,
        "requester": {
            "name": view.requester.name,
            "address": view.requester.address,
            "phone": view.requester.phone,
            "customer": view.requester.customer,
        },
        "urgency": view.urgency,
        "cause": cause,
        "owner": owner,
        "line": view.line,
        "effort": view.effort,
        "spent": view.spent,
        "asked": _iso(view.asked_at),
        "received": _iso(view.received_at),
        "answer_due": _iso(view.answer_due),
        "answered": _iso(view.answered_at),
        "promised": _iso(view.promised_at),
        "first_promised": _iso(view.first_promised_at),
        "forecast": _iso(view.forecast_at),
        "slack": view.slack,
        "finished": _iso(view.finished_at),
        "solution": view.solution,
        "prevention": view.prevention,
        "consent": {"how": view.consent_how, "who": view.consent_who, "at": _iso(view.consent_at)}
        if view.consent_at
        else None,
        "refusal": view.refusal,
        "entries": [
            {
                "at": _iso(entry.at),
                "kind": entry.kind,
                "label": entry.label,
                "author": entry.author,
                "subject": entry.subject,
                "text": entry.full_text or entry.text,
                "reply_text": entry.text,
                "minutes": entry.minutes,
                "to": [{"name": name, "address": address} for name, address in entry.to],
                "attachments": [
                    {"name": file.name, "type": file.type, "size": file.size, "sha256": file.sha256}
                    for file in entry.files
                ],
                "state": entry.state,
                "data": dict(entry.data),
            }
            for entry in view.entries
        ],
    }


def _plan(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import directory, promise

    if arguments.minutes is not None and arguments.minutes <= 0:
        raise UserFacingError("This is no effort", "An effort is at least a minute.")
    ticket_id = _ticket_id(desk, arguments.number)
    view = promise.propose(desk, ticket_id, minutes=arguments.minutes, with_letters=False)
    people = directory.people(desk)
    problem = view.proposals.problem
    if arguments.json:
        _print(
            {
                "number": arguments.number,
                "minutes": view.minutes,
                "assumed": view.assumed,
                "problem": {"code": problem.code, **_plain(problem.args)} if problem else None,
                "proposals": [_slot_json(slot, people[slot.person_id].name) for slot in view.proposals.slots],
                "not_offered": [
                    {"specialist": people[one.person_id].name, "reason": one.reason.code, **_plain(one.reason.args)}
                    for one in view.proposals.not_offered
                ],
            },
            indent=2,
        )
        return 0
    if problem:
        known = ", ".join(f"{name} {value}" for name, value in _plain(problem.args).items())
        print(f"deskapp: {_PROBLEMS.get(problem.code, problem.code)} ({known})".removesuffix(" ()"), file=sys.stderr)
        return 1
    zone = desk.schedule.desk_calendar.zone
    for slot in view.proposals.slots:
        pieces = ", ".join(f"{_wall(p.start, zone)} to {_wall(p.end, zone)}" for p in slot.pieces)
        reasons = ", ".join(reason.code for reason in slot.reasons)
        print(f"{_wall(slot.promise, zone)}  {people[slot.person_id].name}: {pieces} ({reasons})")
    return 0


_PROBLEMS = {
    "no_estimate": "There is no estimate and no experience with this cause. Give the effort with --minutes.",
    "no_people": "Nobody who works here may do this.",
    "no_fit": "It fits nowhere within the horizon of planning.",
}


def _wall(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def _plain(args: Any) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in dict(args).items()}


def _slot_json(slot: Slot, specialist: str) -> dict[str, Any]:
    return {
        "specialist": specialist,
        "minutes": slot.minutes,
        "pieces": [{"start": _iso(piece.start), "end": _iso(piece.end)} for piece in slot.pieces],
        "finish": _iso(slot.finish),
        "margin": slot.margin,
        "promise": _iso(slot.promise),
        "reason": [{"code": reason.code, **_plain(reason.args)} for reason in slot.reasons],
        "moves": [move.busy.number for move in (*slot.diff.moved, *slot.diff.reassigned)],
        "breaks": [{"number": move.busy.number, "late": move.late} for move in slot.diff.broken],
        "trace": [
            {"start": _iso(row.span.start), "end": _iso(row.span.end), "what": row.code, **_plain(row.args)}
            for row in slot.trace
        ],
    }


def _note(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import work

    work.note(desk, _ticket_id(desk, arguments.number), arguments.kind, " ".join(arguments.text), arguments.minutes)
    return 0


def _search(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import search

    hits = search.find(desk, " ".join(arguments.words))
    for hit in hits:
        if arguments.json:
            _print(
                {
                    "number": hit.number,
                    "subject": hit.subject,
                    "customer": hit.customer,
                    "status": hit.status,
                    "snippet": hit.snippet,
                    "received": _iso(hit.at),
                }
            )
        else:
            print(f"#{hit.number}  {hit.status:<12} {hit.customer}: {hit.subject}")
    return 0 if hits else 1


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
    commands.join(Profile(profile), invitation, password, arguments.where)
    with open_desk(profile) as desk:
        if password:
            _keep_password(desk, password)
        result = commands.begin(desk)
        print(f"joined {told['name'] or told['where']}: {result.read} batches read")
    return 0


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
    elif arguments.act == "rebuild":
        commands.rebuild(desk, hub_too=arguments.hub)
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
        "replicas": sorted(found.replicas or ()),
        "problem": found.problem,
    }
    if as_json:
        _print(told)
    elif not found.where:
        print("this desk is alone")
    else:
        for key, value in told.items():
            print(f"{key:<13} {value}")
    return 0 if not found.problem else 1


def _sync(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.hub import commands

    result = commands.sync_once(desk)
    told = {
        "read": result.read,
        "sent": result.sent,
        "waiting": result.waiting,
        "conflicts": result.conflicts,
        "busy": result.busy,
    }
    if arguments.json:
        _print(told)
    else:
        print(", ".join(f"{key} {value}" for key, value in told.items() if key != "busy"))
    return 0


def _doctor(profile: Path) -> int:
    from deskapp.desk import doctor

    return doctor.report(profile)
