"""Tickets and their history on the way into the desk: many at once, with what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from operator import itemgetter
from typing import Any

from deskapp.core.ids import natural_id
from deskapp.desk import contracts, derive, facts, numbers, people, sla
from deskapp.desk.desk import Desk
from deskapp.desk.import_fields import folded
from deskapp.desk.import_rows import People, Reader
from deskapp.desk.values import Changes
from deskapp.models import rows as statements
from deskapp.models import search
from deskapp.models.schema import Note, QueueRow, Ticket, TicketFact, TimeEntry

ENDED = ("closed", "refused")
#: Columns of a ticket that the lists and the figures keep alike, and those of the lists alone.
_OF_BOTH = ("urgency", "customer_id", "cause_id", "owner_id", "effort")
_OF_LISTS = ("number", "subject", "status", "wait_for", "received_at", "answered_at", "promised_at")


class _Table:
    """Rows on their way into one table: the columns that an import fills, then all others as they are when empty."""

    def __init__(self, model: type[Any], names: tuple[str, ...]) -> None:
        _sql, blank = statements.insert(model, {})
        empty = dict(zip(statements.names(model), blank, strict=True))
        rest = [name for name in empty if name not in names]
        columns = [model._meta.fields[name].column_name for name in (*names, *rest)]
        marks = ",".join("?" * len(columns))
        shown = ",".join(f'"{column}"' for column in columns)
        self.sql = f'INSERT INTO "{model._meta.table_name}" ({shown}) VALUES ({marks})'
        self._rest = tuple(empty[name] for name in rest)
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """A row; its values are clean text, numbers or None, as columns hold them, in the order of the names. The first
        one is its key."""
        self.rows.append(values + self._rest)


class _Bulk:
    """Rows on their way into tables, written many at once."""

    def __init__(self, desk: Desk, writing: Any) -> None:
        self.desk, self.writing = desk, writing
        self.now = writing.now
        self._tables: dict[tuple[type[Any], tuple[str, ...]], _Table] = {}
        self._docs: list[tuple[Any, ...]] = []
        self._bodies: list[tuple[int, str]] = []
        self._stems: dict[str, str] = {}
        first = writing.execute("SELECT coalesce(max(id), 0) FROM search_doc").fetchone()[0]
        self._next = count(first + 1)

    def into(self, model: type[Any], *names: str) -> Callable[..., None]:
        """What adds rows of these columns, the key first."""
        found = self._tables.get((model, names))
        if found is None:
            found = self._tables[model, names] = _Table(model, names)
        return found.add

    def insert(self, model: type[Any], **values: Any) -> None:
        """A row by the names of its columns, ``id`` first."""
        self.into(model, *values)(*values.values())

    def index(
        self, kind: str, row: str, ticket_id: str, at: int, text: str, number: int | None = None, names: str = ""
    ) -> None:
        """``names``: what stands in many texts and is understood once."""
        doc = next(self._next)
        self._docs.append((doc, kind, row, ticket_id, at))
        body = search.index_text(text)
        if names:
            stems = self._stems.get(names)
            if stems is None:
                stems = self._stems[names] = search.index_text(names)
            body = f"{body} {stems}"
        self._bodies.append((doc, body if number is None else f"{body} {search.number_parts(number)}"))

    def flush(self) -> None:
        for table in self._tables.values():
            table.rows.sort(key=itemgetter(0))  # neighbours in the table's own order are written together
            self.writing.executemany(table.sql, table.rows)
            table.rows.clear()
        self.writing.executemany(
            "INSERT INTO search_doc (id, kind, row, ticket_id, at) VALUES (?, ?, ?, ?, ?)", self._docs
        )
        self.writing.executemany("INSERT INTO search_text (rowid, body) VALUES (?, ?)", self._bodies)
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
        self.agreed = contracts.agreements(self.desk).by_customer.keys() - {""}

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
        row["answer_took"], row["solve_took"] = self._took(row)
        bulk.insert(Ticket, id=ticket_id, **row)
        names = filter(None, (get("requester", ""), address, get("phone", ""), get("customer", "")))
        told = filter(None, (values["subject"], row["product"], row["solution"]))
        bulk.index("ticket", ticket_id, ticket_id, received, " ".join(told), number, " ".join(names))
        if status in ENDED:
            who = get("customer", "") or get("requester", "") or address
            self._closed(bulk, ticket_id, row, who, get("spent") or 0)
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

    def _took(self, row: Mapping[str, Any]) -> tuple[int | None, int | None]:
        """Working minutes to the answer and to the solution."""
        hours = self.hours
        if row["customer_id"] in self.agreed:
            hours = sla.answer_rule(self.desk, {**row, "contract_id": ""})[0]
        received, answered, finished = row["received_at"], row["answered_at"], row["finished_at"]
        took = round(hours.work_ticks(received, answered) / 60_000) if answered else None
        if finished is None or finished == answered:
            return took, None if finished is None else took
        return took, round(hours.work_ticks(received, finished) / 60_000)

    def _closed(self, bulk: _Bulk, ticket_id: str, row: Mapping[str, Any], customer: str, spent: int) -> None:
        """What lists and figures keep of a ticket that is over, as ``derive`` would make it."""
        received, answered, finished = row["received_at"], row["answered_at"], row["finished_at"]
        took, solved = row["answer_took"], row["solve_took"]
        shared = [row[name] for name in _OF_BOTH]
        bulk.into(QueueRow, "ticket_id", *_OF_BOTH, *_OF_LISTS, "customer", "answer_minutes", "touched_at",
                  "waiting_since", "line")(
            ticket_id, *shared, *[row[name] for name in _OF_LISTS], customer, took, received, finished or received, 1
        )  # fmt: skip
        promised = row["promised_at"]
        kept = int(finished <= promised) if promised is not None and finished is not None else None
        bulk.into(TicketFact, "ticket_id", *_OF_BOTH, "channel", "received_day", "answered_day", "answer_minutes",
                  "due_at", "due_day", "finished_day", "resolve_minutes", "kept", "refused", "first_line", "spent")(
            ticket_id, *shared, row["channel"], self._day(received), self._day(answered), took, promised,
            self._day(promised), self._day(finished), solved, kept, int(row["status"] == "refused"),
            int(finished is not None), spent,
        )  # fmt: skip

    def _day(self, ms: int | None) -> int | None:
        return facts.day_of(ms, self.hours.tz)

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
