"""Reports as tables: one function each, columns with a kind so that a window, a sheet and a file show them alike.

Cells are values, not words: counts, minutes, shares, days, names. A report has every row: nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deskapp.core.clock import from_ms, to_ms
from deskapp.desk import directory, keyfigures, timespent
from deskapp.desk.desk import Desk
from deskapp.desk.figures import STATE, Narrow, Period, span_of

#: Kinds of columns: text, count, minutes (effort or working time), share (0..1), number, at (an instant), figure (the
#: code of one), measure (a value with its unit), definition (of the figure whose code it is).
Column = tuple[str, str]


@dataclass(frozen=True)
class Table:
    """``columns``: (code, kind). ``rows``: values in their order, None where there is nothing to say."""

    code: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def read(desk: Desk, code: str, period: Period, narrow: Narrow | None = None) -> Table:
    """A report by its code; see ``REPORTS``. KeyError for an unknown one."""
    columns, run = REPORTS[code]
    return Table(code, columns, tuple(run(desk, period, narrow or Narrow())))


def _where(column: str, period: Period, narrow: Narrow, prefix: str = "") -> tuple[str, list[Any]]:
    more, params = narrow.sql()
    if prefix:
        more = more.replace(" AND ", f" AND {prefix}")
    return f"{prefix}{column} BETWEEN ? AND ?{more}", [period.first.toordinal(), period.last.toordinal(), *params]


_SUMS = (
    "count(*), sum(CASE WHEN finished_day IS NOT NULL AND refused = 0 THEN 1 ELSE 0 END), "
    f"avg({STATE}), sum(reopened > 0), sum(spent)"
)


def _groups(column: str) -> Callable[[Desk, Period, Narrow], Iterable[tuple[Any, ...]]]:
    """Tickets received in the period by a column of theirs."""

    def run(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
        where, params = _where("received_day", period, narrow)
        names = _names(desk, column)
        for key, *sums in desk.replica.rows(
            f"SELECT {column}, {_SUMS} FROM ticket_fact WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1",
            [to_ms(desk.clock.now()), *params],
        ):
            yield (names.get(key, key), *sums)

    return run


def _names(desk: Desk, column: str) -> dict[Any, str]:
    known = directory.read(desk)
    if column == "cause_id":
        return {cause.id: cause.name for cause in known.causes}
    if column == "zone_id":
        return {zone.id: zone.name for zone in known.zones}
    if column == "customer_id":
        return dict(desk.replica.rows("SELECT id, name FROM customer"))
    return {}


#: Work at the desk counts for how its ticket came.
_CHANNEL = "CASE e.channel WHEN 'work' THEN f.channel ELSE e.channel END"


def _channels(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    """Time by channel: what a call costs beside a letter. Work at the desk counts for how its ticket came."""
    low, high = span_of(desk, period)
    more, params = narrow.sql()
    more = more.replace(" AND ", " AND f.")
    rows = desk.replica.rows(
        f"{timespent.GONE} SELECT {_CHANNEL}, count(DISTINCT f.ticket_id), sum(e.minutes) FROM time_entry e "
        f"{timespent.COUNTED} WHERE e.start_at >= ? AND e.start_at < ?{more} "
        "GROUP BY 1 ORDER BY 3 DESC",
        [low, high, *params],
    )
    total = sum(minutes for _channel, _tickets, minutes in rows) or 1
    return [(channel, count, minutes, minutes / count if count else None, minutes / total)
            for channel, count, minutes in rows]  # fmt: skip


def _people_time(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    low, high = span_of(desk, period)
    more, params = narrow.sql()
    more = more.replace(" AND owner_id", " AND e.author_id").replace(" AND customer_id", " AND f.customer_id")
    found: dict[str, dict[str, int]] = {}
    for person, channel, minutes in desk.replica.rows(
        f"{timespent.GONE} SELECT e.author_id, {_CHANNEL}, sum(e.minutes) FROM time_entry e {timespent.COUNTED} "
        f"WHERE e.start_at >= ? AND e.start_at < ?{more} "
        "GROUP BY 1, 2",
        [low, high, *params],
    ):
        found.setdefault(person, {})[channel] = minutes
    people = directory.people(desk)
    begin, end = from_ms(low), min(from_ms(high), desk.clock.now())
    for person, spent in sorted(found.items(), key=lambda item: -sum(item[1].values())):
        hours = desk.schedule.of(person).work_between(begin, end) if person in people and end > begin else None
        total = sum(spent.values())
        free = hours.total_seconds() / 60 if hours else None
        other = total - sum(spent.get(one, 0) for one in ("mail", "phone", "visit"))
        name = people[person].name if person in people else ""
        yield (
            name,
            *(spent.get(one, 0) for one in ("mail", "phone", "visit")),
            other,
            total,
            total / free if free else None,
        )


def _first_line(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    where, params = _where("finished_day", period, narrow)
    names = _names(desk, "cause_id")
    for cause, count, first, reopened, solution in desk.replica.rows(
        "SELECT cause_id, count(*), sum(first_line), sum(reopened > 0), avg(resolve_minutes) FROM ticket_fact "
        f"WHERE {where} AND refused = 0 GROUP BY 1 ORDER BY 2 DESC, 1",
        params,
    ):
        yield names.get(cause, ""), count, first, first / count, reopened, reopened / count, solution


def _accuracy(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    where, params = _where("finished_day", period, narrow)
    names = _names(desk, "cause_id")
    for cause, count, effort, spent, over in desk.replica.rows(
        "SELECT cause_id, count(*), sum(effort), sum(spent), sum(spent > 1.5 * effort) FROM ticket_fact "
        f"WHERE {where} AND effort > 0 AND spent > 0 GROUP BY 1 ORDER BY 2 DESC, 1",
        params,
    ):
        yield names.get(cause, ""), count, effort, spent, spent / effort, over


def _visits(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    low, high = span_of(desk, period)
    more, params = narrow.sql()
    more = more.replace(" AND owner_id", " AND v.specialist_id").replace(" AND customer_id", " AND t.customer_id")
    people = directory.people(desk)
    for number, customer, person, start, state, travel, arrived, ended, accepted in desk.replica.rows(
        "SELECT t.number, u.name, v.specialist_id, v.window_start, v.state, v.travel_minutes, v.arrived_at, "
        "v.ended_at, v.accepted_by FROM visit v JOIN ticket t ON t.id = v.ticket_id "
        "LEFT JOIN customer u ON u.id = t.customer_id "
        f"WHERE v.window_start >= ? AND v.window_start < ?{more} ORDER BY v.window_start",
        [low, high, *params],
    ):
        took = (ended - arrived) // 60_000 if ended and arrived else None
        name = people[person].name if person in people else ""
        yield number, customer or "", name, from_ms(start), state, travel, took, accepted


def _parts(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    low, high = span_of(desk, period)
    yield from desk.replica.rows(
        "SELECT p.name, p.code, sum(CASE WHEN m.quantity > 0 AND m.kind = 'receipt' THEN m.quantity ELSE 0 END), "
        "-sum(CASE WHEN m.kind = 'use' THEN m.quantity ELSE 0 END), "
        "sum(CASE WHEN m.kind = 'return' THEN m.quantity ELSE 0 END), "
        "(SELECT coalesce(sum(quantity), 0) FROM stock_movement s WHERE s.part_id = p.id), p.minimum "
        "FROM part p LEFT JOIN stock_movement m ON m.part_id = p.id AND m.made_at >= ? AND m.made_at < ? "
        "GROUP BY p.id ORDER BY p.name, p.id",
        [low, high],
    )


def _knowledge(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    """How often each article helped, with how many tickets, and the time that these took in all."""
    low, high = span_of(desk, period)
    yield from desk.replica.rows(
        "WITH used AS (SELECT u.article_id, u.ticket_id, count(*) AS uses FROM article_use u "
        "WHERE u.made_at >= ? AND u.made_at < ? GROUP BY 1, 2) "
        "SELECT a.title, a.number, coalesce(sum(u.uses), 0), count(u.ticket_id), coalesce(sum(f.spent), 0) "
        "FROM article a LEFT JOIN used u ON u.article_id = a.id LEFT JOIN ticket_fact f ON f.ticket_id = u.ticket_id "
        "GROUP BY a.id ORDER BY 3 DESC, a.title, a.id",
        [low, high],
    )


def _tickets(desk: Desk, period: Period, narrow: Narrow) -> Iterable[tuple[Any, ...]]:
    """Every ticket received in the period, for a spreadsheet of one's own."""
    where, params = _where("received_day", period, narrow, "f.")
    people, causes = directory.people(desk), _names(desk, "cause_id")

    def at(ms: int | None) -> datetime | None:
        return None if ms is None else from_ms(ms)

    for (
        number,
        subject,
        status,
        customer,
        cause,
        owner,
        received,
        answered,
        minutes,
        promised,
        finished,
        effort,
        spent,
    ) in desk.replica.rows(
        "SELECT t.number, t.subject, t.status, u.name, t.cause_id, t.owner_id, t.received_at, t.answered_at, "
        "f.answer_minutes, t.first_promised_at, t.finished_at, f.effort, f.spent FROM ticket_fact f "
        "JOIN ticket t ON t.id = f.ticket_id LEFT JOIN customer u ON u.id = t.customer_id "
        f"WHERE {where} ORDER BY t.received_at, t.number",
        params,
    ):
        name = people[owner].name if owner in people else ""
        yield (number, subject, status, customer or "", causes.get(cause, ""), name, at(received), at(answered),
               minutes, at(promised), at(finished), effort, spent)  # fmt: skip


_GROUP: tuple[Column, ...] = (
    ("received", "count"), ("resolved", "count"), ("kept", "share"), ("reopened", "count"), ("spent", "minutes"),
)  # fmt: skip

#: Code -> (columns, what reads its rows). The first is what the lists of the window begin with.
REPORTS: dict[str, tuple[tuple[Column, ...], Callable[[Desk, Period, Narrow], Iterable[tuple[Any, ...]]]]] = {
    "key_figures": (
        (("figure", "figure"), ("value", "measure"), ("before", "measure"), ("behind", "count"),
         ("definition", "definition")),
        keyfigures.rows,
    ),
    "customers": ((("customer", "text"), *_GROUP), _groups("customer_id")),
    "causes": ((("cause", "text"), *_GROUP), _groups("cause_id")),
    "zones": ((("zone", "text"), *_GROUP), _groups("zone_id")),
    "channels": (
        (("channel", "channel"), ("tickets", "count"), ("spent", "minutes"), ("per_ticket", "minutes"),
         ("part_of_all", "share")),
        _channels,
    ),
    "people_time": (
        (("specialist", "text"), ("mail", "minutes"), ("phone", "minutes"), ("visit", "minutes"), ("other", "minutes"),
         ("spent", "minutes"), ("load", "share")),
        _people_time,
    ),
    "first_line": (
        (("cause", "text"), ("resolved", "count"), ("first_line", "count"), ("first_line_share", "share"),
         ("reopened", "count"), ("reopened_share", "share"), ("solution", "minutes")),
        _first_line,
    ),
    "accuracy": (
        (("cause", "text"), ("tickets", "count"), ("effort", "minutes"), ("spent", "minutes"), ("ratio", "number"),
         ("far_over", "count")),
        _accuracy,
    ),
    "visits": (
        (("number", "count"), ("customer", "text"), ("specialist", "text"), ("from", "at"), ("state", "visit"),
         ("travel", "minutes"), ("on_site", "minutes"), ("accepted", "text")),
        _visits,
    ),
    "parts": (
        (("part", "text"), ("code", "text"), ("came", "count"), ("used", "count"), ("back", "count"),
         ("stock", "count"), ("minimum", "count")),
        _parts,
    ),
    "knowledge": (
        (("article", "text"), ("number", "count"), ("uses", "count"), ("tickets", "count"), ("spent", "minutes")),
        _knowledge,
    ),
    "tickets": (
        (("number", "count"), ("subject", "text"), ("status", "status"), ("customer", "text"), ("cause", "text"),
         ("specialist", "text"), ("received", "at"), ("answered", "at"), ("answer", "minutes"), ("promised", "at"),
         ("finished", "at"), ("effort", "minutes"), ("spent", "minutes")),
        _tickets,
    ),
}  # fmt: skip
