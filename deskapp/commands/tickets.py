"""Letters read in, tickets made, listed, shown, planned, noted, found."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from deskapp.commands.common import iso, on_desk, print_json
from deskapp.commands.common import ticket_id as by_number
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    import argparse

    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk
    from deskapp.desk.values import QueueItem, Terms, TicketView
    from deskapp.planning.values import Slot
    from deskapp.sync.mail.stages import Taken


def declare(add: Add) -> None:
    ingest = add("ingest", "read letters: .eml files, folders, mbox, Maildir, zip of them; answers nobody")
    ingest.add_argument("paths", nargs="+", metavar="PATH")
    ingest.add_argument("--json", action="store_true", help="one object a letter")
    ingest.set_defaults(run=on_desk(_ingest))
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
    new.set_defaults(run=on_desk(_new))
    listing = add("list", "open tickets")
    listing.add_argument("--json", action="store_true", help="one object a line")
    listing.set_defaults(run=on_desk(_list))
    show = add("show", "a ticket with its entries")
    show.add_argument("number", type=int, metavar="N")
    show.add_argument("--json", action="store_true", help="one indented object")
    show.set_defaults(run=on_desk(_show))
    plan = add("plan", "when a ticket could be done, and by whom")
    plan.add_argument("number", type=int, metavar="N")
    plan.add_argument("--minutes", type=int, metavar="M", help="effort; without it the ticket's own or the usual one")
    plan.add_argument("--not-before", metavar="WHEN", help='no work before it: "thu 10:00", "12.11"; "-": any time')
    plan.add_argument("--wanted", metavar="WHEN", help='wanted by the requester: a date, or a moment; "-": no date')
    plan.add_argument("--whole", action="store_true", default=None, help="in one piece")
    plan.add_argument("--piece", type=int, metavar="M", help="no piece under so many minutes; 0: the desk's rule")
    plan.add_argument("--travel", metavar="M", help='on site, minutes of the way there; "-": at the desk')
    plan.add_argument("--keep", action="store_true", help="keep these terms with the ticket; else they are tried on")
    plan.add_argument("--json", action="store_true")
    plan.set_defaults(run=on_desk(_plan))
    note = add("note", "write an entry of the protocol")
    note.add_argument("number", type=int, metavar="N")
    note.add_argument("text", nargs="+")
    note.add_argument("--kind", choices=("check", "change", "talk", "measure", "note"), default="note")
    note.add_argument("--minutes", type=int, default=0)
    note.set_defaults(run=on_desk(_note))
    search = add("search", "find tickets by words, number, customer")
    search.add_argument("words", nargs="+")
    search.add_argument("--json", action="store_true")
    search.set_defaults(run=on_desk(_search))


def _ingest(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.sync.mail import stages

    failed = 0
    for taken in stages.take_paths(desk, arguments.paths):
        failed += taken.outcome == "quarantined"
        if arguments.json:
            print_json(_letter_json(taken))
        elif taken.outcome == "quarantined":
            print(f"{taken.source}: quarantined: {taken.reason}", file=sys.stderr)
        else:
            number = f" #{taken.number}" if taken.number else ""
            subject = taken.letter.subject if taken.letter else ""
            why = f" ({taken.reason})" if taken.reason else ""
            print(f"{taken.source}: {taken.outcome}{why}{number} {subject}".rstrip())
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
        "date": iso(letter.date) if letter else None,
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
        print_json({"number": number})
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
                print_json(_row_json(item, owner))
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
        "contract": {
            "reaction_due": at(item.reaction_due),
            "solution_due": at(item.solution_due),
            "paused": item.clock_paused or None,
            "left": item.clock_left,
        },
    }


def _show(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import directory, ticket

    ticket_id = by_number(desk, arguments.number)
    view = ticket.view(desk, ticket_id, entries=100_000)
    names = directory.read(desk)
    if arguments.json:
        print_json(
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


def _contract_json(view: TicketView) -> dict[str, Any] | None:
    """The contract that speaks for a ticket, why it does, and its clocks; minutes of its hours."""
    contract = view.contract
    if contract is None:
        return None
    return {
        "number": contract.number,
        "hours": contract.hours,
        "chosen_by": contract.how,
        "urgency": contract.urgency,
        "targets": {
            target.name: {
                "state": target.state,
                "granted": target.granted,
                "used": target.used,
                "left": target.left,
                "due": iso(target.due),
                "paused": target.why or None,
                "broken_before": target.broken_before,
            }
            for target in contract.targets
        },
    }


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
        "asked": iso(view.asked_at),
        "received": iso(view.received_at),
        "answer_due": iso(view.answer_due),
        "answered": iso(view.answered_at),
        "promised": iso(view.promised_at),
        "first_promised": iso(view.first_promised_at),
        "forecast": iso(view.forecast_at),
        "slack": view.slack,
        "finished": iso(view.finished_at),
        "solution": view.solution,
        "prevention": view.prevention,
        "consent": {"how": view.consent_how, "who": view.consent_who, "at": iso(view.consent_at)}
        if view.consent_at
        else None,
        "refusal": view.refusal,
        "contract": _contract_json(view),
        "entries": [
            {
                "at": iso(entry.at),
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
    from deskapp.desk import directory, promise, terms

    if arguments.minutes is not None and arguments.minutes <= 0:
        raise UserFacingError("This is no effort", "An effort is at least a minute.")
    ticket_id = by_number(desk, arguments.number)
    agreed = _agreed(desk, ticket_id, arguments)
    if arguments.keep:
        terms.put(desk, ticket_id, agreed)
    view = promise.propose(desk, ticket_id, minutes=arguments.minutes, with_letters=False, agreed=agreed)
    people = directory.people(desk)
    problem = view.proposals.problem
    if arguments.json:
        print_json(
            {
                "number": arguments.number,
                "minutes": view.minutes,
                "assumed": view.assumed,
                "terms": _terms_json(view.terms),
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


def _agreed(desk: Desk, ticket_id: str, arguments: argparse.Namespace) -> Terms:
    """The ticket's terms with what was said here in place of them."""
    from dataclasses import replace

    from deskapp.desk import terms

    found = terms.read(desk, ticket_id)
    if arguments.not_before is not None:
        found = replace(found, not_before=_moment(desk, arguments.not_before)[0])
    if arguments.wanted is not None:
        at, is_day = _moment(desk, arguments.wanted)
        found = replace(found, wanted=at, wanted_is_day=is_day)
    if arguments.whole or arguments.piece is not None:
        found = replace(found, whole=bool(arguments.whole), piece=arguments.piece or None)
    if arguments.travel is not None:
        if arguments.travel != "-" and not arguments.travel.isdecimal():
            raise UserFacingError("This is no way there", "Give the minutes of the way, or - for work at the desk.")
        found = replace(found, travel=None if arguments.travel == "-" else int(arguments.travel))
    terms.columns(found)  # what cannot be planned by is refused before anything is
    return found


def _moment(desk: Desk, text: str) -> tuple[datetime | None, bool]:
    from deskapp.desk import when

    if text == "-":
        return None, False
    found = when.moment(text, desk.clock.now(), ZoneInfo(desk.schedule.desk_calendar.zone))
    if found is None:
        raise UserFacingError("This is no moment ahead", "Write it as thu 10:00, tomorrow 15:00 or 2026-11-12 09:00.")
    return found


def _terms_json(agreed: Terms) -> dict[str, Any]:
    return {
        "not_before": iso(agreed.not_before),
        "wanted": iso(agreed.wanted),
        "wanted_is_day": agreed.wanted_is_day,
        "whole": agreed.whole,
        "piece": agreed.piece,
        "travel": agreed.travel,
    }


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
        "pieces": [{"start": iso(piece.start), "end": iso(piece.end)} for piece in slot.pieces],
        "finish": iso(slot.finish),
        "margin": slot.margin,
        "promise": iso(slot.promise),
        "ways": [{"start": iso(way.start), "end": iso(way.end)} for way in slot.ways],
        "reason": [{"code": reason.code, **_plain(reason.args)} for reason in slot.reasons],
        "moves": [move.busy.number for move in (*slot.diff.moved, *slot.diff.reassigned)],
        "breaks": [{"number": move.busy.number, "late": move.late} for move in slot.diff.broken],
        "trace": [
            {"start": iso(row.span.start), "end": iso(row.span.end), "what": row.code, **_plain(row.args)}
            for row in slot.trace
        ],
    }


def _note(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import work

    work.note(desk, by_number(desk, arguments.number), arguments.kind, " ".join(arguments.text), arguments.minutes)
    return 0


def _search(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import search

    hits = search.find(desk, " ".join(arguments.words))
    for hit in hits:
        if arguments.json:
            print_json(
                {
                    "number": hit.number,
                    "subject": hit.subject,
                    "customer": hit.customer,
                    "status": hit.status,
                    "snippet": hit.snippet,
                    "received": iso(hit.at),
                }
            )
        else:
            print(f"#{hit.number}  {hit.status:<12} {hit.customer}: {hit.subject}")
    if not hits:
        print("deskapp: Nothing was found.", file=sys.stderr)
    return 0 if hits else 1
