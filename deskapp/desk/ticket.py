"""A ticket as its screen, the command line and a caller see it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Set
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from deskapp.core.clock import from_ms
from deskapp.core.errors import Lapsed
from deskapp.desk import (
    directory,
    drafts,
    escalation,
    files,
    forecasting,
    hints,
    merging,
    planboard,
    reminders,
    states,
    terms,
    traces,
)
from deskapp.desk.crew import usual
from deskapp.desk.derive import answer_clock
from deskapp.desk.desk import Desk
from deskapp.desk.files import shown_name
from deskapp.desk.sla import TARGETS, answer_rule
from deskapp.desk.sla import trace as contract_trace
from deskapp.desk.sla import view as contract_view
from deskapp.desk.values import Entry, FileItem, Person, Requester, Similar, TicketView, Trace
from deskapp.models import search as index
from deskapp.models.database import Row
from deskapp.models.schema import Ticket
from deskapp.planning.values import Span, TraceRow

_Attached = Mapping[str, tuple[FileItem, ...]]
_Make = Callable[[Row, Mapping[str, Person], _Attached], Entry]
_AUTO_LINES = ("auto", "bounce")


def find(desk: Desk, number: int) -> str | None:
    """The ticket of a number or of a number that leads to it."""
    if not 0 < number < 2**63:  # no number of ours, and more than SQLite could compare
        return None
    row = desk.replica.row(
        "SELECT id FROM ticket WHERE number = ?1 UNION ALL SELECT ticket_id FROM number_alias WHERE number = ?1 "
        "LIMIT 1",
        (number,),
    )
    return str(row[0]) if row else None


#: What was derived when the ticket or the plan last changed: the lists show the same.
_LISTED = "q.in_answer, q.answer_due, q.answer_minutes, q.forecast_at, q.slack, q.in_slipping, c.usual_minutes"
_LISTS = "LEFT JOIN queue_row q ON q.ticket_id = t.id LEFT JOIN cause c ON c.id = t.cause_id"
#: What few tickets have: whether it is there is told with the ticket, and what is not there is not asked for.
_SELDOM = {
    "alias": "number_alias WHERE ticket_id = t.id",
    "draft": "draft WHERE ticket_id = t.id",
    "escalation": "escalation WHERE ticket_id = t.id",
    "file": "attachment WHERE ticket_id = t.id",
    "follower": "follower WHERE ticket_id = t.id",
    "held": "held_letter WHERE ticket_id = t.id",
    "merged": "ticket WHERE merged_into = t.id AND merged_into <> ''",
    "moved": "message_move",
    "note": "note WHERE ticket_id = t.id",
    "reminder": "reminder WHERE ticket_id = t.id",
}
_ASKED = f"{_LISTED}, {', '.join(f'EXISTS (SELECT 1 FROM {where})' for where in _SELDOM.values())}"


def view(desk: Desk, ticket_id: str, entries: int = 40) -> TicketView:
    """Everything that a ticket's screen shows; the newest ``entries`` of its timeline. Lapsed if it is gone."""
    with desk.reading():
        return _view(desk, ticket_id, entries)


def _view(desk: Desk, ticket_id: str, entries: int) -> TicketView:
    replica = desk.replica
    found = replica.record_with(Ticket, ticket_id, _ASKED, _LISTS)
    if found is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    ticket, (waits, answer_by, took, forecast, slack, slipping, cause_minutes, *there) = found
    has = {what for what, is_there in zip(_SELDOM, there, strict=True) if is_there}
    now = desk.clock.now()
    schedule = desk.schedule
    people = directory.people(desk)
    due = _at(answer_by) if waits else None
    if due and schedule.rule["question_stops_clock"]:  # this clock is moved on by every minute of waiting
        due = answer_clock(desk, replica.execute, ticket_id, ticket["clock_from"] or ticket["received_at"])
    left = int(answer_rule(desk, ticket)[0].signed_work(now, due) / timedelta(minutes=1)) if due else None
    spent = forecasting.spent_on(replica.execute, ticket_id, now)
    timeline, earlier = _timeline(desk, ticket_id, people, entries, has)
    asker = requester(desk, ticket["contact_id"], ticket["customer_id"])
    followers = _followers(desk, ticket_id) if "follower" in has else []
    worker = ticket["owner_id"] or desk.me
    today = now.astimezone(ZoneInfo(schedule.of(worker).zone)).date()
    looks = ticket["looks_like"]
    return TicketView(
        id=ticket_id,
        number=ticket["number"],
        aliases=_aliases(desk, ticket_id) if "alias" in has else (),
        subject=ticket["subject"],
        status=ticket["status"],
        wait_for=ticket["wait_for"],
        wait_note=ticket["wait_note"],
        channel=ticket["channel"],
        urgency=ticket["urgency"],
        cause_id=ticket["cause_id"],
        zone_id=ticket["zone_id"],
        line=ticket["line"],
        owner_id=ticket["owner_id"],
        skill_id=ticket["skill_id"],
        product=ticket["product"],
        language=ticket["language"],
        effort=ticket["effort"],
        effort_assumed=cause_minutes if ticket["effort"] is None else None,
        usual=usual(replica.execute, ticket["cause_id"], now),
        spent=spent,
        remaining=None if ticket["effort"] is None else max(0, ticket["effort"] - spent),
        requester=asker,
        asked_at=_at(ticket["asked_at"]),
        asked_is_day=bool(ticket["asked_is_day"]),
        received_at=from_ms(ticket["received_at"] or 0),
        answer_due=due,
        answer_left=left,
        answered_at=_at(ticket["answered_at"]),
        answer_minutes=took,
        promised_at=_at(ticket["promised_at"]),
        first_promised_at=_at(ticket["first_promised_at"]),
        moved_count=ticket["moved_count"],
        forecast_at=_at(forecast),
        slack=slack,
        slipping=bool(slipping),
        started_at=_at(ticket["started_at"]),
        finished_at=_at(ticket["finished_at"]),
        solution=ticket["solution"],
        prevention=ticket["prevention"],
        consent_how=ticket["consent_how"],
        consent_who=ticket["consent_who"],
        consent_at=_at(ticket["consent_at"]),
        refusal=ticket["refusal"],
        set_aside=ticket["set_aside"],
        merged_into=ticket["merged_into"],
        looks_like=(looks, replica.value("SELECT number FROM ticket WHERE id = ?", (looks,))) if looks else None,
        snoozed_until=_at(ticket["snoozed_until"]),
        snoozed_for_reply=bool(ticket["snoozed_for_reply"]),
        needs=ticket["needs"],
        hints=hints.of_row(desk, ticket, asker.address),
        terms=terms.of(ticket),
        followers=tuple(people[person].name if person in people else name for person, name in followers),
        day_zone=schedule.of(worker).zone,
        entries=timeline,
        earlier=earlier,
        today=planboard.day_strip(desk, worker, today),
        today_hours=planboard.day_hours(desk, worker, today),
        drafts=drafts.load(desk, ticket_id) if "draft" in has else {},
        acts=states.allowed(ticket["status"]),
        contract=contract_view(desk, ticket, now),
        handed=escalation.waiting(desk, ticket_id) if "escalation" in has else None,
        follows=any(person == desk.me for person, _name in followers),
        reminders=reminders.of_ticket(desk, ticket_id) if "reminder" in has else (),
        twin=merging.twin(desk, ticket_id) if ticket["status"] == "new" else None,
    )


def _aliases(desk: Desk, ticket_id: str) -> tuple[int, ...]:
    return tuple(
        row[0] for row in desk.replica.rows("SELECT number FROM number_alias WHERE ticket_id = ?", (ticket_id,))
    )


def _at(ms: int | None) -> datetime | None:
    return from_ms(ms) if ms is not None else None


def requester(desk: Desk, contact_id: str, customer_id: str) -> Requester:
    row = desk.replica.row(
        "SELECT coalesce(p.name, ''), coalesce(p.post, ''), coalesce(p.address, ''), coalesce(p.phone, ''), "
        "coalesce(p.language, ''), coalesce(p.zone, ''), p.undeliverable, coalesce(c.name, ''), coalesce(c.zone, ''), "
        "coalesce(c.domain, ''), c.vip, a.number, a.hours, a.until, a.vip "
        "FROM (SELECT ?1 AS contact, ?2 AS customer) t LEFT JOIN contact p ON p.id = t.contact "
        "LEFT JOIN customer c ON c.id = t.customer LEFT JOIN contract a ON a.id = "
        "(SELECT id FROM contract WHERE customer_id = t.customer ORDER BY until DESC LIMIT 1)",
        (contact_id, customer_id),
    )
    assert row is not None
    name, post, address, phone, language, zone, undeliverable, customer, there, domain, vip, *agreed = row
    number, hours, until, agreed_vip = agreed
    until = until and f"{until[8:10]}.{until[5:7]}.{until[:4]}"
    return Requester(
        contact_id=contact_id,
        name=name or address,
        post=post,
        address=address,
        phone=phone,
        customer_id=customer_id,
        customer=customer,
        contract=", ".join(filter(None, [number, hours, until])),
        vip=bool(vip or agreed_vip),
        language=language,
        zone=zone or there,
        undeliverable=undeliverable is not None,
        known=bool(customer_id) and customer != domain,
    )


def _followers(desk: Desk, ticket_id: str) -> list[Row]:
    """(specialist, name of a contact) of each who follows it."""
    return desk.replica.rows(
        "SELECT f.specialist_id, coalesce(nullif(c.name, ''), c.address, '') FROM follower f "
        "LEFT JOIN contact c ON c.id = f.contact_id WHERE f.ticket_id = ? AND f.active = 1 ORDER BY f.id",
        (ticket_id,),
    )


# --- timeline ----------------------------------------------------------------------------------------------------


def _timeline(
    desk: Desk, ticket_id: str, people: Mapping[str, Person], limit: int, has: Set[str]
) -> tuple[tuple[Entry, ...], int]:
    """The newest ``limit`` entries, oldest first, and how many are before them. ``has``: what of ``_SELDOM`` it has."""
    away, brought = merging.moved(desk, ticket_id) if "moved" in has else (frozenset(), {})
    family = merging.family(desk, ticket_id) if "merged" in has else (ticket_id,)
    if len(family) > 1 or brought:  # what others have shows here too
        has = _SELDOM.keys()
    attached: dict[str, tuple[FileItem, ...]] = {}
    if "file" in has:
        for member in (*family, *brought):
            attached.update(_files(desk, member))
    found: list[tuple[Row, _Make]] = []
    for member in (*family, *brought):
        for kind, select, make in _READERS if member in family else _READERS[:1]:
            if kind in _SELDOM and kind not in has:
                continue
            rows = desk.replica.rows(select, (member, limit + 1 + len(away)))
            if away or brought:
                here = brought.get(member, frozenset()) if member not in family else None
                rows = [row for row in rows if row[2] not in away and (here is None or row[2] in here)]
            if make is _event and member != ticket_id:
                rows = [row for row in rows if not _gone_into(row)]
            found += [(row, make) for row in rows]
    found.sort(key=_newest_last)
    earlier = 0
    if len(found) > limit:
        total = sum(
            desk.replica.value(
                "SELECT (SELECT count(*) FROM message WHERE ticket_id = ?1) + (SELECT count(*) FROM note WHERE "
                "ticket_id = ?1) + (SELECT count(*) FROM event WHERE ticket_id = ?1) + (SELECT count(*) FROM "
                "escalation WHERE ticket_id = ?1)",
                (member,),
            )
            for member in family
        )
        found = found[len(found) - limit :]
        earlier = max(1, total - limit)
    return tuple([make(row[2:], people, attached) for row, make in found]), earlier


def _gone_into(row: Row) -> bool:
    """Whether it tells that its ticket went into another, which is told by that one's own event."""
    return bool(row[5] == "merged" and "was" in json.loads(row[6]))


def _newest_last(one: tuple[Row, _Make]) -> Row:
    return one[0][:3]


def _files(desk: Desk, ticket_id: str) -> dict[str, tuple[FileItem, ...]]:
    found: dict[str, list[FileItem]] = {}
    for row in desk.replica.rows(
        "SELECT coalesce(nullif(message_id, ''), note_id), id, name, content_type, size, sha256, inline, content_id "
        "FROM attachment WHERE ticket_id = ? ORDER BY position",
        (ticket_id,),
    ):
        owner, file_id, name, kind, size, sha256, inline, content_id = row
        item = FileItem(file_id, shown_name(name), kind, size, sha256, bool(inline), content_id)
        found.setdefault(owner, []).append(item)
    return {owner: tuple(items) for owner, items in found.items()}


@lru_cache(maxsize=256)  # most letters go to the same few addresses: the desk's and the requester's
def _pairs(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, address) for name, address in json.loads(stored)) if stored != "[]" else ()


def _name(people: Mapping[str, Person], person: str) -> str:
    return people[person].name if person in people else ""


def _letter(found: Row, people: Mapping[str, Person], attached: _Attached) -> Entry:
    (row, direction, kind, received, sender_name, sender, author, reply_text, text, html, subject, to, cc, automatic,
     raw, about, pictures_held, post, state, error, sent) = found  # fmt: skip
    inbound = direction == "in"
    shown = "auto" if inbound and kind in _AUTO_LINES else ("letter_in" if inbound else "letter_out")
    if kind == "forward":  # what was forwarded is what is asked
        reply_text = text
    return Entry(
        id=row,
        kind=shown,
        at=from_ms(received),
        author=(sender_name or sender) if inbound else (_name(people, author) or sender_name),
        author_id=author,
        role=post if inbound else "",
        label=kind,
        text=reply_text,
        full_text=text if text.strip() != reply_text.strip() else "",
        html=html,
        subject=subject,
        to=_pairs(to),
        cc=_pairs(cc),
        files=attached.get(row, ()),
        data={"address": sender, "about": about, "automatic": bool(automatic), "error": error or "", "sent_at": sent,
              "pictures_held": bool(pictures_held)},
        state=state or "",
        raw_sha256=raw,
    )  # fmt: skip


def _held(found: Row, people: Mapping[str, Person], attached: _Attached) -> Entry:
    row, kind, stored, made, leaves = found
    body = json.loads(stored)
    return Entry(
        id=row,
        kind="held",
        at=from_ms(made),
        author=_name(people, body["author"]),
        author_id=body["author"],
        label=kind,
        text=body["body"],
        subject=body["subject"],
        to=tuple((name, address) for name, address in body["to"]),
        cc=tuple((name, address) for name, address in body["cc"]),
        files=tuple(FileItem("", f[0], f[1], f[2], f[3]) for f in body["files"]),
        state="held",
        leaves_at=from_ms(leaves),
    )


def _note(found: Row, people: Mapping[str, Person], attached: _Attached) -> Entry:
    row, author, made, kind, text, minutes, corrects = found
    return Entry(
        id=row,
        kind=kind,
        at=from_ms(made),
        author=_name(people, author),
        author_id=author,
        text=text,
        minutes=minutes,
        files=attached.get(row, ()),
        data={"corrects": corrects} if corrects else {},
    )


def _event(found: Row, people: Mapping[str, Person], attached: _Attached) -> Entry:
    row, author, made, kind, data = found
    return Entry(
        id=row,
        kind="event",
        at=from_ms(made),
        author=_name(people, author),
        author_id=author,
        label=kind,
        data=json.loads(data),
    )


def _escalation(found: Row, people: Mapping[str, Person], attached: _Attached) -> Entry:
    (row, made, giver, taker, from_line, to_line, tried, hypothesis, wanted, state, answered, asked, files, automatic,
     answerer, reason) = found  # fmt: skip
    known = {file.id: file for items in attached.values() for file in items}
    return Entry(
        id=row,
        kind="escalation",
        at=from_ms(made),
        author=_name(people, giver),
        author_id=giver,
        data={
            "from": people[giver].short if giver in people else "",
            "to": people[taker].short if taker in people else "",
            "from_line": from_line,
            "to_line": to_line,
            "tried": tried,
            "hypothesis": hypothesis,
            "wanted": wanted,
            "answered_at": answered,
            "answered_by": people[answerer].short if answerer in people else "",
            "reason": reason,
            "asked": asked,
            "automatic": bool(automatic),
        },
        state=state,
        files=tuple(known[file] for file in json.loads(files) if file in known),
    )


#: A kind, what reads its newest entries (at, order among those of one moment, columns), and makes an entry of each.
#: A letter that came from a hub without its moment stands at the very beginning.
_READERS: tuple[tuple[str, str, _Make], ...] = (
    (
        "letter",
        "SELECT coalesce(m.received_at, 0), CASE WHEN m.direction = 'in' THEN 0 ELSE 2 - m.automatic END, "
        "m.id, m.direction, m.kind, coalesce(m.received_at, 0), m.sender_name, m.sender, m.author_id, m.reply_text, "
        "m.text, m.html, m.subject, m.recipients, m.cc, m.automatic, m.raw_sha256, m.about, m.pictures_held, "
        "coalesce(c.post, ''), o.state, o.error, m.sent_at FROM message m LEFT JOIN contact c ON c.id = m.contact_id "
        "LEFT JOIN outgoing o ON o.id = m.id WHERE m.ticket_id = ? ORDER BY m.received_at DESC LIMIT ?",
        _letter,
    ),
    (
        "note",
        "SELECT made_at, 2, id, author_id, made_at, kind, text, minutes, corrects FROM note WHERE ticket_id = ? "
        "ORDER BY made_at DESC LIMIT ?",
        _note,
    ),
    (
        "event",
        "SELECT made_at, 3, id, author_id, made_at, kind, data FROM event WHERE ticket_id = ? "
        "ORDER BY made_at DESC LIMIT ?",
        _event,
    ),
    (
        "escalation",
        "SELECT made_at, 2, id, made_at, from_id, to_id, from_line, to_line, tried, hypothesis, wanted, state, "
        "answered_at, asked, files, automatic, answered_by, return_reason FROM escalation WHERE ticket_id = ? "
        "ORDER BY made_at DESC LIMIT ?",
        _escalation,
    ),
    (
        "held",
        "SELECT made_at, 4, id, kind, body, made_at, leaves_at FROM held_letter WHERE ticket_id = ? "
        "AND released_at IS NULL AND taken_back = '' ORDER BY made_at DESC LIMIT ?",
        _held,
    ),
)


# --- around it ---------------------------------------------------------------------------------------------------


def similar(desk: Desk, ticket_id: str, limit: int = 3) -> tuple[Similar, ...]:
    """Tickets that share the rarer words of this one's subject, with the time that they took.

    A reading of its own: the ticket is on the screen before it.
    """
    subject = desk.replica.value("SELECT subject FROM ticket WHERE id = ?", (ticket_id,)) or ""
    words = [word for word in dict.fromkeys(index.tokens(subject)) if len(word) > 3][:8]
    if not words:
        return ()
    ranked = []
    for place, (other, number, title, status) in enumerate(index.find_alike(desk.replica, words, 200)):
        shared = len(index.stems(title).intersection(words))
        if other != ticket_id and shared >= min(2, len(words)):
            ranked.append((-shared, place, other, number, title, status))
    ranked.sort()
    best = [row[2:] for row in ranked[:limit]]
    spent = forecasting.spent(desk.replica.execute, [row[0] for row in best], desk.clock.now())
    return tuple(Similar(*row, spent.get(row[0], 0)) for row in best)


def trace(desk: Desk, ticket_id: str, what: str) -> Trace:
    """Why a date is what it is: ``promised`` as it was computed then, ``answer`` and ``forecast`` as of now."""
    ticket = desk.replica.record(Ticket, ticket_id)
    if ticket is None:
        raise Lapsed("There is no such ticket", "It may have been taken back or merged.")
    now = desk.clock.now()
    if what == "promised":
        row = desk.replica.row(
            "SELECT specialist_id, trace, date_at FROM promise WHERE id = ?", (ticket["promise_id"],)
        )
        if row is None:
            return Trace("promised", "", (), _at(ticket["promised_at"]))
        return Trace("promised", row[0], traces.read(json.loads(row[1])), from_ms(row[2]))
    if what == "answer":
        calendar = answer_rule(desk, ticket)[0]
        clock_from = ticket["clock_from"] or ticket["received_at"] or 0
        received = from_ms(clock_from)
        due = answer_clock(desk, desk.replica.execute, ticket_id, clock_from)
        spans = [Span(max(span.start, received), min(span.end, due)) for span in calendar.spans(received, due)]
        rows = tuple(TraceRow(span, "clock", {"minutes": span.minutes}) for span in spans if span.end > span.start)
        return Trace("answer", "", rows, due)
    if what in TARGETS:
        rows, until = contract_trace(desk, ticket, what, now)
        return Trace(what, "", rows, until)
    outlook = forecasting.read(desk, desk.replica.execute, ticket_id, now)
    person = next(iter(sorted(forecasting.people_of(desk.replica.execute, [ticket_id]))), ticket["owner_id"])
    pieces = tuple(TraceRow(span, "work", {"minutes": span.minutes}) for span in outlook.pieces)
    wait = outlook.waits
    if wait is not None:
        name = " ".join(filter(None, [wait.code, wait.name]))
        waiting = Span(now, max(now, wait.until or now))
        pieces = (
            TraceRow(waiting, "waiting", {"name": name, "ordered": wait.ordered, "known": bool(wait.until)}),
            *pieces,
        )
    until = terms.of(ticket).not_before
    if until is not None and until > now and (wait is None or wait.until is None or wait.until < until):
        pieces = (TraceRow(Span(now, until), "not_before", {"by": "asked"}), *pieces)
    return Trace("forecast", person, pieces, outlook.forecast)


def raw(desk: Desk, sha256: str) -> bytes:
    """The original letter as it came."""
    return files.read(desk, sha256)
