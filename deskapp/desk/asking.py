"""What somebody here should hear of without looking: for the notifications of the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from deskapp.desk import duty, queue
from deskapp.desk.desk import Desk


class Unowned(NamedTuple):
    """A ticket of a letter that nobody owns and nobody has answered."""

    ticket_id: str
    number: int | None
    customer: str
    subject: str


@dataclass(frozen=True)
class Asking:
    """``calls``: what asks for who works here; ``unowned``: all letters without an owner; ``hears``: whether news
    among them are told here, to those on duty, or to everybody where nobody is.
    """

    calls: tuple[queue.Calls, ...]
    unowned: tuple[Unowned, ...]
    hears: bool


def read(desk: Desk) -> Asking:
    rows = desk.replica.rows(
        "SELECT q.ticket_id, q.number, q.customer, q.subject FROM queue_row q JOIN ticket t ON t.id = q.ticket_id "
        "WHERE q.in_answer = 1 AND q.owner_id = '' AND t.channel = 'mail' ORDER BY q.answer_due"
    )
    on_duty = duty.on_duty(desk)
    return Asking(queue.calls(desk), tuple(map(Unowned._make, rows)), not on_duty or desk.me in on_duty)
