"""What a first start takes from the desk: a ticket for the first promise."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.desk import intake
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes

_SAMPLE = {
    "ru": (
        "Не печатаются этикетки на складе",
        "Здравствуйте. С утра не печатаются этикетки: задание уходит, принтер молчит. Отгрузка в 16:00.",
        "Ольга Примерова",
    ),
    "en": (
        "Labels do not print in the store",
        "Good morning. Labels have not printed since this morning: the job is sent, the printer is silent. "
        "The lorry leaves at 16:00.",
        "Olga Sample",
    ),
}


@dataclass(frozen=True)
class First:
    """``ticket_id`` is the oldest letter without an answer; empty if there is none."""

    ticket_id: str = ""
    number: int | None = None
    subject: str = ""
    tickets: int = 0


def look(desk: Desk) -> First:
    """What could be promised first."""
    tickets = int(desk.replica.value("SELECT count(*) FROM ticket"))
    row = desk.replica.row(
        "SELECT id, number, subject FROM ticket WHERE status = 'new' AND answered_at IS NULL AND set_aside = '' "
        "ORDER BY received_at LIMIT 1"
    )
    return First(row[0], row[1], row[2], tickets) if row else First(tickets=tickets)


def sample(desk: Desk) -> Changes:
    """A made-up request, by hand and without an address: nobody gets a letter."""
    subject, text, name = _SAMPLE[desk.language]
    return intake.by_hand(desk, subject, text, contact_name=name)
