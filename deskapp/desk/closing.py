"""The end of a ticket: what was fixed and how to prevent it, told to the customer; closed only when the customer
agrees.
"""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.core.errors import UserFacingError
from deskapp.desk import knowledge, letters, states, stock, timer, timespent, visits, work
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.values import Changes, LetterDraft
from deskapp.models.schema import Event, Ticket

HOW = ("mail", "phone", "visit")


def finish(
    desk: Desk,
    ticket_id: str,
    solution: str,
    prevention: str = "",
    minutes: int | None = None,
    told_how: str = "mail",
    told_who: str = "",
    letter: LetterDraft | None = None,
    files: Sequence[IncomingFile] = (),
    article: bool = False,
) -> Changes:
    """Resolve a ticket, also a new one that was solved at once; it stays open until the customer agrees.

    ``minutes`` is the whole actual effort; what is not recorded yet is recorded now. Told by mail (then ``letter`` is
    held for its undo) or by phone (then who was told is asked for). ``article``: it also becomes the draft of one.
    """
    if not solution.strip():
        raise UserFacingError("Say what was fixed", "The customer will read it. What you typed is kept.")
    if told_how not in HOW:
        raise ValueError(told_how)
    if told_how == "mail" and letter is None:
        raise UserFacingError("The letter is missing", "Write it, or say whom you told by phone.")
    if told_how != "mail" and not told_who.strip():
        raise UserFacingError("Who was told?", "Give the name of the person you spoke to.")
    with desk.act("finished") as act:
        ticket = work.fetch(act, ticket_id)
        running = timer.state(desk)
        if minutes is None and running is not None and running.ticket_id == ticket_id:
            timer.record(act, running)
        elif minutes is not None:
            work.spend(act, ticket_id, minutes - timespent.minutes(act.writing.execute, ticket_id))
        values: dict[str, object] = {
            "status": states.after("finish", str(ticket["status"])),
            "wait_for": "",
            "wait_note": "",
            "finished_at": act.now,
            "solution": solution.strip(),
            "prevention": prevention.strip(),
            "told_how": told_how,
            "told_who": told_who.strip() or (letter.to[0][0] or letter.to[0][1] if letter and letter.to else ""),
            "told_at": act.now,
            "needs": "",
        }
        if not ticket["answered_at"]:
            values |= {"answered_at": act.now, "answered_by": act.writing.author}
        if not ticket["owner_id"]:
            values["owner_id"] = act.writing.author
        act.update(Ticket, ticket_id, **values)
        visits.cancel_within(act, ticket_id)
        work.end_bookings(act, ticket_id)
        act.writing.execute("DELETE FROM timer WHERE ticket_id = ?", (ticket_id,))
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=act.now,
            author_id=act.writing.author,
            kind="finished",
            data={"told": told_how, "who": values["told_who"]},
        )
        if letter is not None:
            letters.hold(act, ticket_id, "done", letter, files)
        if article:
            act.result = knowledge.make_from_ticket(act, ticket_id)
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:finish",))
        act.say("finished", number=ticket["number"])
    return act.changes


def consent_warning(desk: Desk, ticket_id: str, who: str) -> str:
    """Why the consent of ``who`` may not be enough: ``may_not`` (a contact who may not agree), ``unknown`` (the
    customer named who may, and this is none of them); empty if it is."""
    row = desk.replica.row("SELECT customer_id, contact_id FROM ticket WHERE id = ?", (ticket_id,))
    name = " ".join(who.split()).casefold()
    if row is None or not name:
        return ""
    known = desk.replica.rows(
        "SELECT name, address, may_agree FROM contact WHERE (customer_id = ? AND customer_id <> '') OR id = ?", row
    )
    named = [may for shown, address, may in known if name in (shown.casefold(), address.casefold())]
    if named:
        return "" if any(named) else "may_not"
    return "unknown" if any(not may for _name, _address, may in known) else ""


def agree(desk: Desk, ticket_id: str, how: str, who: str) -> Changes:
    """The customer agrees: closed. Who said so and how is part of the same value."""
    if how not in HOW:
        raise ValueError(how)
    if not who.strip():
        raise UserFacingError("Who agreed?", "Give the name of the person who said so; the ticket stays as it is.")
    from deskapp.desk import families, ratings  # which finish and ask by means of this module

    with desk.act("agreed") as act:
        ticket = work.fetch(act, ticket_id)
        act.update(
            Ticket,
            ticket_id,
            status=states.after("agree", str(ticket["status"])),
            consent_how=how,
            consent_who=who.strip(),
            consent_at=act.now,
        )
        _event(act, ticket_id, "agreed", how, who)
        families.after_consent(act, ticket_id)
        stock.release_within(act, ticket_id)
        ratings.ask(act, ticket_id)
        act.say("agreed", number=ticket["number"], who=who.strip(), warning=consent_warning(desk, ticket_id, who))
    return act.changes


def disagree(desk: Desk, ticket_id: str, how: str, who: str, text: str = "") -> Changes:
    """It is not fixed: the work goes on in the same ticket, and a new date is owed."""
    if how not in HOW:
        raise ValueError(how)
    with desk.act("disagreed") as act:
        ticket = work.fetch(act, ticket_id)
        act.update(
            Ticket,
            ticket_id,
            status=states.after("disagree", str(ticket["status"])),
            finished_at=None,
            consent_how="",
            consent_who="",
            consent_at=None,
            needs="date",
            reopened=int(str(ticket["reopened"])) + 1,
        )
        _event(act, ticket_id, "disagreed", how, who, text)
        act.say("disagreed", number=ticket["number"])
    return act.changes


def reopen(desk: Desk, ticket_id: str) -> Changes:
    """Open again what was resolved, closed or refused."""
    with desk.act("reopened") as act:
        ticket = work.fetch(act, ticket_id)
        status = states.after("reopen", str(ticket["status"]))
        again: dict[str, object] = {"status": status, "finished_at": None, "consent_how": "", "consent_who": ""}
        again |= {"consent_at": None, "needs": "" if status == "new" else "date"}
        again["reopened"] = int(str(ticket["reopened"])) + 1
        if status == "new":
            again |= {"answered_at": None, "answered_by": "", "clock_from": act.now}
        act.update(Ticket, ticket_id, **again)
        _event(act, ticket_id, "reopened", "", "")
        act.say("reopened", number=ticket["number"])
    return act.changes


def remind(desk: Desk, ticket_id: str, letter: LetterDraft, files: Sequence[IncomingFile] = ()) -> Changes:
    """Ask once more whether everything works; silence never closes by itself."""
    with desk.act("letter") as act:
        ticket = work.fetch(act, ticket_id)
        states.after("remind", str(ticket["status"]))
        act.result = letters.hold(act, ticket_id, "reminder", letter, files)
        act.say("letter", number=ticket["number"])
    return act.changes


def _event(act: Act, ticket_id: str, kind: str, how: str, who: str, text: str = "") -> None:
    act.insert(
        Event,
        ticket_id=ticket_id,
        made_at=act.now,
        author_id=act.writing.author,
        kind=kind,
        data={"how": how, "who": who.strip(), "text": text.strip()},
    )
