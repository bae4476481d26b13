"""The roster says who answers for the desk; duty and lead are told before an answer is late, once a mark."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import duty, planboard, setup
from deskapp.desk.desk import Desk
from deskapp.models.schema import Ticket
from tests.desk import world


def shift(desk: Desk, person: str, day: int, start: int, end: int) -> str:
    row = {"specialist_id": person, "start": world.moscow(day, start), "end": world.moscow(day, end)}
    return str(duty.save_shift(desk, row).result)


def test_the_roster_before_the_mark_in_the_team(desk: Desk) -> None:
    setup.save_specialist(desk, {"id": "clara", "on_duty": 1})
    assert duty.on_duty(desk) == ("clara",)
    first = shift(desk, "boris", 2, 9, 18)
    shift(desk, "anna", 3, 9, 18)
    assert duty.on_duty(desk) == ("boris",) and duty.on_duty(desk, world.moscow(3, 17)) == ("anna",)
    assert duty.on_duty(desk, world.moscow(3, 18)) == ("clara",)
    setup.save_absence(desk, "anna", world.moscow(3, 12), world.moscow(4), "sick")
    setup.save_absence(desk, "boris", world.moscow(2, 12), world.moscow(2, 13), "meeting")
    assert duty.on_duty(desk, world.moscow(3, 11)) == ("anna",)
    assert duty.on_duty(desk, world.moscow(3, 17)) == ("clara",), "who is ill answers for nothing"
    assert duty.on_duty(desk, world.moscow(2, 12)) == ("boris",), "who sits in a meeting does"
    (row,) = [row for row in planboard.view(desk, date(2026, 11, 2), 5).rows if row.duty and row.on_duty]
    assert row.person.id == "boris" and [shift.start for shift in row.duty] == [world.moscow(2, 9)]
    assert [one.specialist_id for one in duty.shifts(desk)] == ["boris", "anna"]
    duty.drop_shift(desk, first)
    assert duty.on_duty(desk) == ("clara",)
    with pytest.raises(UserFacingError):
        shift(desk, "anna", 3, 18, 9)


def test_told_at_thirty_and_at_ten_minutes_once_each(desk: Desk) -> None:
    ticket_id = world.arrive(desk).ticket_id  # 09:20, due at 11:20
    world.go_to(desk, world.moscow(2, 10, 55))
    assert duty.look(desk) == ()  # anna is neither on duty nor a lead
    shift(desk, "anna", 2, 9, 18)
    (warned,) = duty.look(desk)
    assert (warned.ticket_id, warned.left, warned.mark) == (ticket_id, 25, 30)
    assert duty.look(desk) == ()
    world.go_to(desk, world.moscow(2, 11, 12))
    assert [one.mark for one in duty.look(desk)] == [10]
    world.go_to(desk, world.moscow(2, 11, 25))
    assert duty.look(desk) == ()  # it is late: the queue says so
    world.promise_first(desk, ticket_id)
    assert duty.look(desk) == ()


def test_working_minutes_count_and_a_lead_is_told_too(desk: Desk) -> None:
    setup.save_specialist(desk, {"id": "anna", "role": "lead"})
    world.go_to(desk, world.moscow(2, 12, 30))
    world.arrive(desk)  # due at 15:30: lunch is no working time
    world.go_to(desk, world.moscow(2, 14, 55))
    assert duty.look(desk) == ()
    world.go_to(desk, world.moscow(2, 15, 1))
    assert [one.left for one in duty.look(desk)] == [29]


def test_a_heap_of_late_answers_hides_none_that_is_nearly_late(desk: Desk) -> None:
    setup.save_specialist(desk, {"id": "anna", "role": "lead"})
    with desk.act("imported") as act:
        for number in range(120):
            act.insert(Ticket, number=5000 + number, subject="old", status="new", received_at=act.now - 86_400_000 * 30)
    ticket_id = world.arrive(desk).ticket_id
    world.go_to(desk, world.moscow(2, 10, 55))
    assert [one.ticket_id for one in duty.look(desk)] == [ticket_id]
    assert duty.look(desk) == ()


def test_who_has_left_or_is_back_again(desk: Desk) -> None:
    setup.save_specialist(desk, {"id": "clara", "on_duty": 1})
    setup.save_absence(desk, "clara", world.moscow(1), world.moscow(2, 9), "vacation")
    assert duty.on_duty(desk) == ("clara",), "back since nine"
    shift(desk, "boris", 2, 9, 18)
    setup.save_specialist(desk, {"id": "boris", "active": 0})
    assert duty.on_duty(desk) == ("clara",)
    setup.save_specialist(desk, {"id": "anna", "role": "lead"})
    assert duty.concerned(desk)
    setup.save_specialist(desk, {"id": "clara", "role": "lead"})
    setup.save_specialist(desk, {"id": "anna", "active": 0})
    assert not duty.concerned(desk)
    with pytest.raises(UserFacingError, match="month"):
        duty.save_shift(desk, {"specialist_id": "clara", "start": world.moscow(1), "end": world.moscow(3, month=12)})
    assert [one.specialist_id for one in duty.shifts(desk, world.moscow(2, 18), world.moscow(3, 9))] == []
