"""Tickets and their history on the way into the desk: many at once, with what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import Any

from deskapp.core.clock import from_ms
from deskapp.core.ids import natural_id
from deskapp.core.text import clean_text
from deskapp.desk import derive, numbers, people
from deskapp.desk.desk import Desk
from deskapp.desk.import_fields import folded
from deskapp.desk.import_rows import People, Reader
from deskapp.desk.values import Changes
from deskapp.models import rows as statements
from deskapp.models import search
from deskapp.models.schema import Note, QueueRow, Ticket, TimeEntry

ENDED = ("closed", "refused")


class _Bulk:
    """Rows on their way into tables, written many at once."""

    def __init__(self, desk: Desk, writing: Any) -> None:
        self.desk, self.writing = desk, writing
        self.now = writing.now
        self._blanks: dict[type[Any], tuple[str, list[Any], dict[str, int]]] = {}
        self._rows: dict[type[Any], list[list[Any]]] = {}
        self._docs: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[int, str]] = []
        first = writing.execute("SELECT coalesce(max(id), 0) FROM search_doc").fetchone()[0]
        self._next = count(first + 1)

    def insert(self, model: type[Any], **values: Any) -> None:
        """A row; its values are text, numbers or None, as columns hold them."""
        known = self._blanks.get(model)
        if known is None:
            sql, blank = statements.insert(model, {})
            known = self._blanks[model] = (
                sql,
                blank,
                {name: place for place, name in enumerate(statements.names(model))},
            )
        _sql, blank, places = known
        row = blank.copy()
        for name, value in values.items():
            row[places[name]] = clean_text(value) if value and value.__class__ is str else value
        self._rows.setdefault(model, []).append(row)

    def index(self, kind: str, row: str, ticket_id: str, at: int, text: str, number: int | None = None) -> None:
        doc = next(self._next)
        self._docs.append((doc, kind, row, ticket_id, at))
        found = search.index_text(text)
        self._bodies.append((doc, found if number is None else f"{found} {search.number_parts(number)}"))

    def flush(self) -> None:
        for model, params in self._rows.items():
            key = self._blanks[model][2][model._meta.primary_key.name]
            params.sort(key=itemgetter(key))  # neighbours in the table's own order are written together
            self.writing.executemany(self._blanks[model][0], params)
        self.writing.executemany(
            "INSERT INTO search_doc (id, kind, row, ticket_id, at) VALUES (?, ?, ?, ?, ?)", self._docs
        )
        self.writing.executemany("INSERT INTO search_text (rowid, body) VALUES (?, ?)", self._bodies)
        self._rows.clear()
        self._docs.clear()
        self._bodies.clear()


class _Bulky(People):
    """Takes pieces without the upkeep of single acts: what follows from closed tickets is written at once."""

    def take(self, piece: Sequence[Mapping[str, Any]]) -> Changes:
        desk = self.desk
        with desk.replica.writing(desk.me, desk.clock.now()) as writing:
            bulk = _Bulk(desk, writing)
            opened = self.many(bulk, piece)
            bulk.flush()
            self.after(writing)
            tables = writing.changed()
            if opened:
                derive.refresh(desk, writing, opened, {})
        return Changes(tables, frozenset(opened), writing.tx)

    def many(self, bulk: _Bulk, piece: Sequence[Mapping[str, Any]]) -> set[str]:
        """Write the rows; returns the tickets whose lists have to be made anew."""
        raise NotImplementedError

    def after(self, writing: Any) -> None:
        """What is left to do in the same transaction."""


class Tickets(_Bulky):
    def begin(self) -> None:
        super().begin()
        replica = self.desk.replica
        self.known = {row[0] for row in replica.rows("SELECT id FROM ticket")}
        self.numbers = {
            row[0]
            for row in replica.rows(
                "SELECT number FROM ticket WHERE number IS NOT NULL UNION SELECT number FROM number_alias "
                "UNION SELECT number FROM article WHERE number IS NOT NULL"
            )
        }
        self.team: dict[str, str] = {}
        for row_id, name, name_en, email in replica.rows("SELECT id, name, name_en, email FROM specialist"):
            for key in (folded(name), folded(name_en), email.lower(), folded(name.split()[-1]) if name else ""):
                if key:
                    self.team.setdefault(key, row_id)
        self.causes: dict[str, str] = {}
        for row_id, name, name_en in replica.rows("SELECT id, name, name_en FROM cause"):
            for key in (folded(name), folded(name_en)):
                if key:
                    self.causes.setdefault(key, row_id)
        self.highest = 0
        self.hours = self.desk.schedule.desk_calendar

    def many(self, bulk: _Bulk, piece: Sequence[Mapping[str, Any]]) -> set[str]:
        opened = set()
        for values in piece:
            ticket_id = natural_id(
                "imported_ticket", str(values.get("number", "")), str(values["received"]), values["subject"]
            )
            if ticket_id in self.known:
                self.result.known += 1
                continue
            self.known.add(ticket_id)
            self.result.made += 1
            if self._ticket(bulk, ticket_id, values):
                opened.add(ticket_id)
        return opened

    def _ticket(self, bulk: _Bulk, ticket_id: str, values: Mapping[str, Any]) -> bool:
        """Write a ticket; True while it is open."""
        get = values.get
        address = get("address", "")
        customer = self.customer(bulk, get("customer", ""), people.domain(address))
        contact = self.contact(bulk, get("requester", ""), address, get("phone", ""), customer)
        status, finished = get("status"), get("finished")
        if status is None:
            status = "closed" if finished is not None else "new"
        received = values["received"]
        if status in ("closed", "resolved") and finished is None:
            finished = max(received, get("answered", received))
        answered = get("answered")
        if answered is None and status != "new":
            answered = finished if finished is not None else received
        promised = get("promised")
        if status == "promised" and promised is None:
            status = "in_progress"
        number = self._number(get("number"))
        owner = self.team.get(folded(get("owner", ""))) or self.team.get(get("owner", "").lower(), "")
        row: dict[str, Any] = {
            "number": number, "subject": values["subject"], "status": status, "channel": "hand",
            "wait_for": "customer" if status == "waiting" else "", "contact_id": contact, "customer_id": customer,
            "urgency": get("urgency", 3), "cause_id": self.causes.get(folded(get("cause", "")), ""), "owner_id": owner,
            "product": get("product", ""), "effort": get("effort") or None, "received_at": received,
            "answered_at": answered, "promised_at": promised, "first_promised_at": promised,
            "started_at": received if status == "in_progress" else None,
            "finished_at": finished if status in ("closed", "resolved") else None,
            "solution": get("solution", ""), "prevention": get("prevention", ""),
            "consent_at": finished if status == "closed" else None,
            "language": self.desk.language,
        }  # fmt: skip
        bulk.insert(Ticket, id=ticket_id, **row)
        names = [get("requester", ""), address, get("phone", ""), get("customer", "")]
        told = [values["subject"], row["product"], row["solution"], *names]
        bulk.index("ticket", ticket_id, ticket_id, received, " ".join(filter(None, told)), number)
        if status in ENDED:
            self._closed(bulk, ticket_id, row, get("customer", "") or get("requester", "") or address)
        if get("text"):
            note = natural_id("imported_text", ticket_id)
            bulk.insert(
                Note, id=note, ticket_id=ticket_id, made_at=received, kind="talk", text=values["text"], author_id=owner
            )
            bulk.index("note", note, ticket_id, received, values["text"])
        if get("spent"):
            bulk.insert(
                TimeEntry, id=natural_id("imported_spent", ticket_id), ticket_id=ticket_id, author_id=owner,
                start_at=finished or received, minutes=values["spent"], channel="work",
            )  # fmt: skip
        return status not in ENDED

    def _number(self, wanted: int | None) -> int | None:
        """The number of the file where it is free; a new one is given with the others that wait."""
        if wanted is None or not 0 < wanted < 2**53:
            return None
        if wanted in self.numbers:
            self.result.renumbered += 1
            return None
        self.numbers.add(wanted)
        self.highest = max(self.highest, wanted)
        return wanted

    def _closed(self, bulk: _Bulk, ticket_id: str, row: Mapping[str, Any], customer: str) -> None:
        """The row of the lists of a ticket that is over, as ``derive`` would make it."""
        took = None
        if row["answered_at"]:
            worked = self.hours.work_between(from_ms(row["received_at"]), from_ms(row["answered_at"]))
            took = round(worked.total_seconds() / 60)
        names = ("number", "subject", "status", "wait_for", "urgency", "customer_id", "cause_id", "owner_id", "effort",
                 "received_at", "answered_at", "promised_at")  # fmt: skip
        bulk.insert(
            QueueRow, ticket_id=ticket_id, customer=customer, answer_minutes=took, touched_at=row["received_at"],
            waiting_since=row["finished_at"] or row["received_at"], line=1, **{name: row[name] for name in names},
        )  # fmt: skip

    def after(self, writing: Any) -> None:
        replica = self.desk.replica
        if self.highest and numbers.blocks(replica) is None:
            replica.set_state("next_number", str(max(self.highest + 1, numbers.following(replica))))
        left = numbers.blocks(replica)
        rows = writing.execute(
            "SELECT id, received_at FROM ticket WHERE number IS NULL ORDER BY received_at, id"
        ).fetchall()
        if left is not None or not rows:
            return  # on a shared desk the next round numbers them from our blocks
        first = int(replica.state("next_number") or numbers.following(replica))
        replica.set_state("next_number", str(first + len(rows)))
        numbered = [(number, row[0]) for number, row in enumerate(rows, start=first)]
        writing.executemany("UPDATE ticket SET number = ? WHERE id = ?", numbered)
        writing.executemany("UPDATE queue_row SET number = ? WHERE ticket_id = ?", numbered)
        self.numbers.update(number for number, _row in numbered)
        docs = dict(writing.execute("SELECT row, id FROM search_doc WHERE kind = 'ticket'").fetchall()) if rows else {}
        for number, row in numbered:
            self._index_again(writing, docs[row], row, number)

    def _index_again(self, writing: Any, doc: int, ticket_id: str, number: int) -> None:
        text = writing.execute(
            "SELECT t.subject || ' ' || t.product || ' ' || t.solution || ' ' || coalesce(c.name, '') || ' ' || "
            "coalesce(c.address, '') || ' ' || coalesce(c.phone, '') || ' ' || coalesce(u.name, '') FROM ticket t "
            "LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN customer u ON u.id = t.customer_id WHERE t.id = ?",
            (ticket_id,),
        ).fetchone()[0]
        writing.execute("DELETE FROM search_text WHERE rowid = ?", (doc,))
        body = f"{search.index_text(text)} {search.number_parts(number)}"
        writing.execute("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (doc, body))


class History(_Bulky):
    def begin(self) -> None:
        super().begin()
        self.reader = Reader(self.desk, "history")
        self.team = {folded(name): row_id for row_id, name in self.desk.replica.rows("SELECT id, name FROM specialist")}
        self.known = {row[0] for row in self.desk.replica.rows("SELECT id FROM note")}

    def many(self, bulk: _Bulk, piece: Sequence[Mapping[str, Any]]) -> set[str]:
        touched = set()
        for values in piece:
            ticket_id = self.reader.tickets[values["ticket"]]
            note = natural_id("imported_note", ticket_id, str(values.get("at", "")), values["text"])
            if note in self.known:
                self.result.known += 1
                continue
            self.known.add(note)
            self.result.made += 1
            at = values.get("at", bulk.now)
            author = self.team.get(folded(values.get("author", "")), "")
            text = values["text"]
            if values.get("author") and not author:
                text = f"{values['author']}: {text}"
            bulk.insert(
                Note, id=note, ticket_id=ticket_id, author_id=author, made_at=at, kind=values.get("kind", "note"),
                text=text, minutes=values.get("minutes", 0),
            )  # fmt: skip
            bulk.index("note", note, ticket_id, at, text)
            if values.get("minutes"):
                bulk.insert(
                    TimeEntry, id=natural_id("imported_minutes", note), ticket_id=ticket_id, author_id=author,
                    start_at=at, minutes=values["minutes"], channel="work", note_id=note,
                )  # fmt: skip
            touched.add(ticket_id)
        return touched
