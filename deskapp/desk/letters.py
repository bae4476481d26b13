"""Our letters: drafted from templates, held for the time of their undo, then handed to the outbox.

A letter of a person is first a ``held_letter`` of this replica; when its time has passed it becomes a ``message`` with
an ``outgoing`` row, which the outbox sends. Automatic letters (acknowledgements) are not held.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms, to_ms
from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.core.ids import natural_id, new_id
from deskapp.desk import drafts, states, templates, wording
from deskapp.desk.derive import answer_clock
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.desk.values import Changes, LetterDraft
from deskapp.models.schema import Attachment, Contact, Event, HeldLetter, Message, Outgoing, Ticket

_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")
#: Kinds that tell a date: checked once more when they leave.
DATED = ("promise", "slip")
_NOT_TRUE_ANY_MORE = "The date in this letter no longer holds. It was not sent; promise a new one."
#: Why nobody can tell whether a letter left.
ENDED = "The application ended while this letter was leaving."
#: Kinds that everybody who follows gets a copy of; a reply and a question go to whom the last letter went as well.
COPIED = ("promise", "slip", "refusal", "done", "reminder")

#: A letter to more people is a circular: who answers it answers its sender, and nobody follows because of it.
CIRCULAR = 50


def own_template(desk: Desk, kind: str, language: str, ticket_id: str = "") -> tuple[str, str]:
    """(subject, body) of the ticket's customer's own letter, else the desk's; empty: the built-in one."""
    ids = [natural_id("template", kind, language)]
    if ticket_id:
        customer = desk.replica.value("SELECT customer_id FROM ticket WHERE id = ?", (ticket_id,))
        ids[:0] = [natural_id("template", kind, language, customer)] if customer else []
    for template in ids:
        row = desk.replica.row("SELECT subject, body FROM template WHERE id = ? AND body <> ''", (template,))
        if row:
            return row[0], row[1]
    return "", ""


def signature(desk: Desk, language: str, specialist: str = "") -> str:
    row = desk.replica.row(
        "SELECT name, name_en, signature, signature_en FROM specialist WHERE id = ?", (specialist or desk.me,)
    )
    desk_name = str(desk.schedule.rule["desk_name"])
    if row is None:
        return desk_name
    name, name_en, own, own_en = row
    if language == "en":
        return str(own_en or own or "\n".join(filter(None, [name_en or name, desk_name])))
    return str(own or "\n".join(filter(None, [name, desk_name])))


def person_name(desk: Desk, specialist: str, language: str) -> str:
    row = desk.replica.row("SELECT name, name_en FROM specialist WHERE id = ?", (specialist,))
    return str((row[1] or row[0]) if language == "en" else row[0]) if row else ""


def days_off(desk: Desk, specialist: str, until: datetime) -> tuple[date, ...]:
    """Holidays between now and a date: what a customer should know when counting days."""
    calendar = desk.schedule.of(specialist)
    zone = ZoneInfo(calendar.zone)
    first, last = desk.clock.now().astimezone(zone).date(), until.astimezone(zone).date()
    return tuple(
        day
        for day, rule in sorted(calendar.days.items())
        if first <= day <= last and not rule.intervals and calendar.week[day.weekday()]
    )


def values_for(desk: Desk, ticket_id: str, language: str = "") -> tuple[templates.LetterValues, str, dict[str, Any]]:
    """What every letter of a ticket may say, its language, and the ticket's row. ``language`` instead of its own."""
    row = desk.replica.row(
        "SELECT t.number, t.subject, t.urgency, t.language, t.received_at, t.promised_at, t.status, t.wait_for, "
        "t.owner_id, "
        "coalesce(c.name, ''), coalesce(c.address, ''), coalesce(nullif(c.zone, ''), u.zone, ''), "
        "coalesce(nullif(c.language, ''), nullif(u.language, ''), ''), k.name, k.name_en, c.undeliverable "
        "FROM ticket t LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id "
        "LEFT JOIN cause k ON k.id = t.cause_id WHERE t.id = ?",
        (ticket_id,),
    )
    if row is None:
        raise UserFacingError("There is no such ticket", "It may have been merged or taken back.")
    names = (
        "number subject urgency language received_at promised_at status wait_for owner_id name address zone spoken "
        "cause cause_en undeliverable"
    ).split()
    ticket = dict(zip(names, row, strict=True))
    language = language or ticket["spoken"] or ticket["language"] or desk.language
    values: templates.LetterValues = {
        "name": ticket["name"],
        "number": ticket["number"],
        "subject": ticket["subject"],
        "urgency": ticket["urgency"],
        "cause": ((ticket["cause_en"] or ticket["cause"]) if language == "en" else ticket["cause"]) or "",
        "status": ticket["status"],
        "wait_for": ticket["wait_for"],
        "zone": ticket["zone"] or desk.schedule.desk_calendar.zone,
        "now": desk.clock.now(),
        "signature": signature(desk, language),
        "desk": str(desk.schedule.rule["desk_name"]),
    }
    return values, language, ticket


def draft(desk: Desk, ticket_id: str, kind: str, in_language: str = "", **data: Any) -> LetterDraft:
    """A letter of ``kind`` as its template writes it; ``data`` adds what the kind needs (date, reason, solution...).

    It is in the requester's language, or ``in_language``.
    """
    values, language, ticket = values_for(desk, ticket_id, in_language)
    if kind in templates.BY_HAND:
        values.update(_standing(desk, ticket, language))
    values.update(data)  # type: ignore[typeddict-item]
    own_subject, own_body = own_template(desk, kind, language, ticket_id)
    subject, body = templates.render(kind, language, values, own_body or None, own_subject or None)
    copies = reply_all if kind in templates.BY_HAND else followers if kind in COPIED else None
    token = ""
    if values.get("date"):
        local = values["date"].astimezone(_zone(values))  # type: ignore[union-attr]
        token = wording.date_in(body, local, language)
    return LetterDraft(
        to=((ticket["name"], ticket["address"]),) if ticket["address"] else (),
        cc=copies(desk, ticket_id) if copies else (),
        subject=subject,
        body=body,
        template=kind,
        language=language,
        date_token=token,
    )


def _standing(desk: Desk, ticket: Mapping[str, Any], language: str) -> templates.LetterValues:
    """Who has the ticket and the date that holds, where there are any."""
    said: templates.LetterValues = {}
    if ticket["owner_id"]:
        said["specialist"] = person_name(desk, str(ticket["owner_id"]), language)
    if ticket["promised_at"] and ticket["status"] in ("promised", "in_progress", "waiting"):
        said["date"] = from_ms(ticket["promised_at"])
    return said


def _zone(values: templates.LetterValues) -> ZoneInfo:
    zone = values.get("zone") or "UTC"
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def followers(desk: Desk, ticket_id: str) -> tuple[tuple[str, str], ...]:
    """People of the customer who want to know and whose addresses work, without the requester: for Cc."""
    rows = desk.replica.rows(
        "SELECT c.name, c.address FROM follower f JOIN contact c ON c.id = f.contact_id JOIN ticket t "
        "ON t.id = f.ticket_id WHERE f.ticket_id = ? AND f.active = 1 AND c.address <> '' "
        "AND c.undeliverable IS NULL AND c.id <> t.contact_id ORDER BY f.id",
        (ticket_id,),
    )
    return tuple((name, address) for name, address in rows)


def reply_all(desk: Desk, ticket_id: str) -> tuple[tuple[str, str], ...]:
    """Who else got the requester's last letter, and who follows: for Cc."""
    ours = {
        row[0]
        for row in desk.replica.rows("SELECT lower(email) FROM specialist UNION SELECT lower(address) FROM mailbox")
    }
    row = desk.replica.row(
        "SELECT sender, recipients, cc FROM message WHERE ticket_id = ? AND direction = 'in' AND automatic = 0 "
        "ORDER BY received_at DESC LIMIT 1",
        (ticket_id,),
    )
    found: dict[str, str] = {}
    others = [*json.loads(row[1]), *json.loads(row[2])] if row else []
    if row and len(others) <= CIRCULAR:
        for name, address in others:
            if address.lower() not in ours and address.lower() != row[0].lower():
                found[address] = name
    requester = desk.replica.value(
        "SELECT c.address FROM ticket t JOIN contact c ON c.id = t.contact_id WHERE t.id = ?", (ticket_id,)
    )
    known = {address.lower() for address in found} | {requester}
    found |= {address: name for name, address in followers(desk, ticket_id) if address.lower() not in known}
    return tuple((name, address) for address, name in found.items())


# --- sending -----------------------------------------------------------------------------------------------------


def hold(
    act: Act, ticket_id: str, kind: str, letter: LetterDraft, files: Sequence[IncomingFile] = (), about: str = ""
) -> str:
    """Put a letter into its time of undo; returns its id. UserFacingError if it cannot be sent as it is."""
    recipients = [pair for pair in letter.to if pair[1].strip()]
    if not recipients:
        raise UserFacingError(
            "The letter has no recipient", "What you wrote is kept. Add an address, or tell it by phone."
        )
    for _name, address in (*recipients, *letter.cc):
        if not _ADDRESS.fullmatch(address.strip()):
            raise UserFacingError("“%1” is no mail address", "What you wrote is kept. Correct the address.", address)
    if not letter.body.strip():
        raise UserFacingError("The letter is empty", "Write what the customer should know.")
    missing = templates.unfilled(letter.body)
    if missing:
        raise UserFacingError(
            "The letter is not finished", "Still to fill in: %1. What you wrote is kept.", ", ".join(missing)
        )
    held_id = new_id()
    leaves = act.at + timedelta(seconds=act.desk.settings.number("undo_seconds"))
    act.insert(
        HeldLetter,
        id=held_id,
        ticket_id=ticket_id,
        tx=act.writing.tx,
        leaves_at=to_ms(leaves),
        made_at=act.now,
        kind=kind,
        body=json.dumps(
            {
                "to": [[name, address.strip()] for name, address in recipients],
                "cc": [[name, address.strip()] for name, address in letter.cc],
                "subject": letter.subject,
                "body": letter.body,
                "author": act.writing.author,
                "about": about,
                "files": [[f.name, f.type, f.size, f.sha256, f.content_id, f.inline] for f in files],
            },
            ensure_ascii=False,
        ),
    )
    act.leaves_at = leaves
    act.extra.add(ticket_id)
    return held_id


def send(
    desk: Desk, ticket_id: str, kind: str, letter: LetterDraft, files: Sequence[IncomingFile] = (), wait: bool = False
) -> Changes:
    """Send a reply, a letter ``BY_HAND`` or a question. A question with ``wait`` sets a promised ticket to waiting for
    the customer; it never stops the two-hour clock of a new one."""
    with desk.act("letter") as act:
        found = act.writing.execute("SELECT status, number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        if found is None:
            raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
        status, number = found
        states.after("question" if kind == "question" else "reply", status)
        act.result = hold(act, ticket_id, kind, letter, files)
        if wait and status in ("promised", "in_progress", "waiting"):
            act.update(Ticket, ticket_id, status=states.after("wait", status), wait_for="customer", wait_note="")
        act.writing.execute("DELETE FROM draft WHERE id = ?", (f"{ticket_id}:{TABS.get(kind, 'reply')}",))
        act.say("letter", number=number)
    return act.changes


def cancel(desk: Desk, held_id: str) -> Changes:
    """Take a held letter back into its draft, with the whole step that it was part of; Lapsed if it has left.

    A promise whose letter is taken back is no promise: the two never part.
    """
    from deskapp.desk import undo  # undo takes letters back by means of this module

    row = desk.replica.row("SELECT tx, released_at, taken_back FROM held_letter WHERE id = ?", (held_id,))
    if row is None or row[1] is not None or row[2]:
        raise Lapsed("The letter has left", "It cannot be called back. Write a correction?")
    return undo.revert(desk, row[0])


#: The composer's tab of each kind of letter, where its draft belongs; all others are replies.
TABS = {"question": "question", "promise": "promise", "slip": "promise", "refusal": "refuse", "done": "finish"}


def take_back(act: Act, held_id: str, by: str = "") -> None:
    """Put a held letter back into its draft. ``by``: why, instead of the transaction at hand."""
    ticket_id, kind, stored = act.writing.execute(
        "SELECT ticket_id, kind, body FROM held_letter WHERE id = ?", (held_id,)
    ).fetchone()
    body = json.loads(stored)
    tab = TABS.get(kind, "reply")
    letter = {"subject": body["subject"], "body": body["body"], "to": body["to"], "cc": body["cc"]}
    if tab not in drafts.load(act.desk, ticket_id):  # what somebody has typed since is theirs
        drafts.save(act.desk, ticket_id, tab, {"letter": letter, "kind": kind})
    act.update(HeldLetter, held_id, taken_back=by or act.writing.tx)
    act.extra.add(ticket_id)


def hold_again(act: Act, held_id: str) -> None:
    """Redo: a letter that was taken back has its whole time of undo once more."""
    ticket_id, kind = act.writing.execute("SELECT ticket_id, kind FROM held_letter WHERE id = ?", (held_id,)).fetchone()
    leaves = act.at + timedelta(seconds=act.desk.settings.number("undo_seconds"))
    act.update(
        HeldLetter,
        held_id,
        taken_back="",
        released_at=None,
        tx=act.writing.tx,
        leaves_at=to_ms(leaves),
        made_at=act.now,
    )
    drafts.drop(act.desk, ticket_id, TABS.get(kind, "reply"))
    act.leaves_at = leaves
    act.extra.add(ticket_id)


def due(desk: Desk) -> datetime | None:
    """When the next held letter leaves; None if none is held."""
    at = desk.replica.value("SELECT min(leaves_at) FROM held_letter WHERE released_at IS NULL AND taken_back = ''")
    return from_ms(at) if at is not None else None


def release(desk: Desk, everything: bool = False) -> Changes:
    """Hand letters whose time of undo has passed to the outbox (all of them with ``everything``, as at quit).

    A letter with a date that no longer holds goes back to its author instead: as a draft, with an entry in the ticket.
    """
    with desk.act("released") as act:
        limit = act.now if not everything else 2**62
        rows = act.writing.execute(
            "SELECT id, ticket_id, kind, body, made_at FROM held_letter WHERE released_at IS NULL AND taken_back = '' "
            "AND leaves_at <= ? ORDER BY leaves_at, id",
            (limit,),
        ).fetchall()
        for held_id, ticket_id, kind, body, made_at in rows:
            letter = json.loads(body)
            problem = _stale(act.writing.execute, kind, letter["about"], act.now)
            if act.writing.execute("SELECT 1 FROM message WHERE id = ?", (held_id,)).fetchone():
                pass  # this profile is a copy: the letter left from the other one and came back as a shared row
            elif problem:
                take_back(act, held_id, by="returned")
                if problem != "withdrawn":  # the customer was never told: a date is still owed
                    act.update(Ticket, ticket_id, needs="date")
                act.insert(
                    Event,
                    ticket_id=ticket_id,
                    made_at=act.now,
                    kind="letter_returned",
                    data={"why": problem, "letter": kind},
                )
            else:
                _to_outbox(act, held_id, ticket_id, kind, letter, made_at)
            act.update(HeldLetter, held_id, released_at=act.now)
            act.extra.add(ticket_id)
        act.writing.execute(
            "DELETE FROM held_letter WHERE coalesce(released_at, CASE WHEN taken_back <> '' THEN leaves_at END) < ?",
            (act.now - 24 * 3_600_000,),
        )
    return act.changes


def _stale(execute: Callable[..., Any], kind: str, promise_id: str, now: int) -> str:
    """Why a dated letter must not leave; empty if it may. The forecast speaks only against a date that came from the
    calendar: one that a person gave regardless of it is theirs."""
    if kind not in DATED:
        return ""
    row = execute(
        "SELECT p.date_at, t.promise_id = p.id, p.finish_at IS NOT NULL AND q.forecast_at > p.date_at "
        "FROM promise p JOIN ticket t ON t.id = p.ticket_id LEFT JOIN queue_row q ON q.ticket_id = t.id WHERE p.id = ?",
        (promise_id,),
    ).fetchone()
    if row is None or not row[1]:
        return "withdrawn"
    if row[0] <= now:
        return "past"
    return "forecast" if row[2] else ""


def doubt(desk: Desk) -> Changes:
    """Letters that were about to leave when this copy of the desk was made may have left since, and never leave a
    second time by themselves: they are looked up among the sent ones, and on a shared desk, where the hub may know
    more, a person decides. A held one is handed to the outbox for that."""
    with desk.act("restored", author="") as act:
        held = act.writing.execute(
            "SELECT id, ticket_id, kind, body, made_at FROM held_letter WHERE released_at IS NULL AND taken_back = ''"
        ).fetchall()
        for held_id, ticket_id, kind, body, made_at in held:
            if not act.writing.execute("SELECT 1 FROM message WHERE id = ?", (held_id,)).fetchone():
                _to_outbox(act, held_id, ticket_id, kind, json.loads(body), made_at)
            act.update(HeldLetter, held_id, released_at=act.now)
            act.extra.add(ticket_id)
        doubt_ready(act)
    return act.changes


def doubt_ready(act: Act) -> None:
    """The same of letters in the outbox of a desk that was copied."""
    state = act.desk.replica.state
    fate = {"state": "unknown", "error": ENDED} if state("hub") else {"state": "claimed"}
    for letter_id, ticket_id in act.writing.execute(
        "SELECT id, ticket_id FROM outgoing WHERE state IN ('ready', 'claimed')"
    ).fetchall():
        act.update(Outgoing, letter_id, changed_at=act.now, replica=state("replica"), **fate)
        act.extra.add(ticket_id)


def stop_stale(desk: Desk, letter_id: str) -> Changes | None:
    """Look once more at a letter that is about to leave, however long it waited for the hub or for its server. One
    whose date no longer holds is stopped, shown, and goes back to its author; None if it may leave."""
    row = desk.replica.row(
        "SELECT kind, about, ticket_id, author_id, subject, text, recipients, cc FROM message WHERE id = ?",
        (letter_id,),
    )
    if row is None:
        return None
    kind, about, ticket_id, author, subject, text, to, cc = row
    problem = _stale(desk.replica.execute, kind, about, to_ms(desk.clock.now()))
    if not problem:
        return None
    with desk.act("", author="") as act:
        act.update(Outgoing, letter_id, state="failed", changed_at=act.now, error=_NOT_TRUE_ANY_MORE)
        tab = TABS.get(kind, "reply")
        if author == desk.me and tab not in drafts.load(desk, ticket_id):  # what somebody has typed since is theirs
            letter = {"subject": subject, "body": text, "to": json.loads(to), "cc": json.loads(cc)}
            drafts.save(desk, ticket_id, tab, {"letter": letter})
        if problem != "withdrawn":  # the customer was never told: a date is still owed
            act.update(Ticket, ticket_id, needs="date")
        data = {"why": problem, "letter": kind}
        act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="letter_returned", data=data)
    return act.changes


def _mailbox_of(act: Act, ticket_id: str) -> tuple[str, str]:
    """(id, address) of the mailbox that the ticket's mail came to, else the first one."""
    row = (
        act.writing.execute(
            "SELECT b.id, b.address FROM message m JOIN mailbox b ON b.id = m.mailbox_id WHERE m.ticket_id = ? "
            "AND m.direction = 'in' AND b.active = 1 ORDER BY m.received_at DESC LIMIT 1",
            (ticket_id,),
        ).fetchone()
        or act.writing.execute("SELECT id, address FROM mailbox WHERE active = 1 ORDER BY id LIMIT 1").fetchone()
    )
    return (row[0], row[1]) if row else ("", "")


def _to_outbox(
    act: Act,
    letter_id: str,
    ticket_id: str,
    kind: str,
    letter: Mapping[str, Any],
    made_at: int,
    automatic: bool = False,
) -> None:
    mailbox_id, address = _mailbox_of(act, ticket_id)
    threaded = act.writing.execute(
        "SELECT message_id, direction FROM message WHERE ticket_id = ? AND message_id <> '' AND automatic = 0 "
        "ORDER BY received_at DESC",
        (ticket_id,),
    ).fetchall()
    answers = next((message_id for message_id, direction in threaded if direction == "in"), "")
    earlier = [message_id for message_id, _direction in threaded[:12]]
    act.insert(
        Message,
        id=letter_id,
        ticket_id=ticket_id,
        direction="out",
        kind=kind,
        mailbox_id=mailbox_id,
        message_id=f"{letter_id}@{address.rpartition('@')[2] or 'deskapp.invalid'}",
        in_reply_to=answers,
        refs=list(reversed(earlier)),
        sender=address,
        sender_name=str(act.desk.schedule.rule["desk_name"]),
        to=letter["to"],
        cc=letter["cc"],
        contact_id=_contact_of(act, letter["to"]),
        author_id=letter["author"],
        subject=letter["subject"],
        sent_at=act.now,
        received_at=made_at,
        text=letter["body"],
        reply_text=letter["body"],
        automatic=int(automatic),
        about=letter["about"],
    )
    for position, (name, type_, size, sha256, content_id, inline) in enumerate(letter["files"]):
        act.insert(
            Attachment,
            ticket_id=ticket_id,
            message_id=letter_id,
            name=name,
            type=type_,
            size=size,
            sha256=sha256,
            content_id=content_id,
            inline=int(inline),
            position=position,
        )
    act.insert(Outgoing, id=letter_id, ticket_id=ticket_id, state="ready", changed_at=act.now)


def _contact_of(act: Act, recipients: Sequence[Sequence[str]]) -> str:
    if not recipients:
        return ""
    row = act.writing.execute("SELECT id FROM contact WHERE address = ?", (recipients[0][1].lower(),)).fetchone()
    return row[0] if row else ""


def may_answer_by_itself(act: Act, address: str) -> bool:
    """Whether one more automatic letter may go to an address: it works, and had few of them this hour.

    Headers lie, so this cap stands beside them: two desks facing each other stop after a few letters.
    """
    if not address:
        return False
    dead, sent = act.writing.execute(
        "SELECT max(c.undeliverable IS NOT NULL), "
        "(SELECT count(*) FROM message m JOIN contact o ON o.id = m.contact_id WHERE o.address = ?1 "
        "AND m.direction = 'out' AND m.automatic = 1 AND m.received_at > ?2) "
        "FROM contact c WHERE c.address = ?1",
        (address.strip().lower(), act.now - 3_600_000),
    ).fetchone()
    return not dead and bool(sent < int(act.desk.schedule.rule["auto_per_hour"]))


def acknowledge(act: Act, ticket_id: str) -> bool:
    """Tell the requester the number at once; False if the address had enough automatic letters this hour."""
    desk = act.desk
    if not desk.schedule.rule["acknowledge"]:
        return False
    values, language, ticket = values_for(desk, ticket_id)
    if not may_answer_by_itself(act, str(ticket["address"])):
        return False
    values["due"] = answer_clock(desk, act.writing.execute, ticket_id, ticket["received_at"])
    if desk.schedule.rule["answer_status"]:
        values["ask"] = "статус" if wording.letters_language(language) == "ru" else "status"
    to = (str(ticket["name"]), str(ticket["address"]))
    _by_itself(act, natural_id("ack", ticket_id), ticket_id, "ack", to, values, language)
    return True


def tell_status(act: Act, ticket_id: str, asked_by: tuple[str, str], question: str) -> bool:
    """Answer how a ticket stands to the participant who asked by the letter ``question`` (its id); False if the address
    had enough automatic letters this hour, or the desk does not want it."""
    desk = act.desk
    if not desk.schedule.rule["answer_status"] or not may_answer_by_itself(act, asked_by[1]):
        return False
    values, language, ticket = values_for(desk, ticket_id)
    values["name"] = asked_by[0]
    values.update(_standing(desk, ticket, language))
    _by_itself(act, natural_id("status", question), ticket_id, "status", asked_by, values, language)
    return True


def _by_itself(
    act: Act,
    letter_id: str,
    ticket_id: str,
    kind: str,
    to: tuple[str, str],
    values: templates.LetterValues,
    language: str,
) -> None:
    values["signature"] = str(act.desk.schedule.rule["desk_name"])
    own_subject, own_body = own_template(act.desk, kind, language, ticket_id)
    subject, body = templates.render(kind, language, values, own_body or None, own_subject or None)
    letter = {
        "to": [list(to)],
        "cc": [],
        "subject": subject,
        "body": body,
        "author": "",
        "about": "",
        "files": [],
    }
    _to_outbox(act, letter_id, ticket_id, kind, letter, act.now, automatic=True)


def mark_deliverable(desk: Desk, contact_id: str) -> Changes:
    """Somebody found that letters do arrive at the address of a contact."""
    with desk.act("deliverable") as act:
        act.update(Contact, contact_id, undeliverable=None)
    return act.changes


def retry(desk: Desk, letter_id: str) -> Changes:
    """Send a failed letter again, or one whose fate a person decided."""
    with desk.act("letter_retried") as act:
        row = act.writing.execute("SELECT state, attempt FROM outgoing WHERE id = ?", (letter_id,)).fetchone()
        if row is None or row[0] not in ("failed", "unknown"):
            raise Lapsed("This letter needs no second try", "It was sent meanwhile, or is on its way.")
        act.update(Outgoing, letter_id, state="ready", changed_at=act.now, error="")
    return act.changes


def settle(desk: Desk, letter_id: str) -> Changes:
    """A person found that a letter of unknown fate has arrived."""
    with desk.act("letter_settled") as act:
        act.update(Outgoing, letter_id, state="sent", changed_at=act.now, error="")
    return act.changes
