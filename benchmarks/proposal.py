"""The three earliest slots for a request, with 20 specialists and some 1,000 bookings ahead.

``planner``: the pure part, from people with their calendars and bookings to slots with reasons and traces.
``composer``: all that the composer of a promise asks for at each change of a field, read from the desk, letters
written.
Floor: reading the bookings ahead with the dates promised, which every planner has to.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.big_desk import NOW, TICKETS, folder, opened
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.core.clock import to_ms
from deskapp.desk import promise
from deskapp.desk.crew import crew
from deskapp.planning.emergency import emergency as options_of
from deskapp.planning.slots import propose
from deskapp.planning.values import Job

_AHEAD = (
    "SELECT b.id, b.specialist_id, b.start_at, b.end_at, b.ticket_id, b.state, b.pinned, t.promised_at FROM booking b "
    "JOIN ticket t ON t.id = b.ticket_id WHERE b.end_at > ? ORDER BY b.start_at"
)


def run(tickets: int = TICKETS, rounds: int = 60) -> list[Row]:
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)

        def floor(_case: object) -> None:
            rows(_AHEAD, (to_ms(NOW),))

        people = crew(desk, desk.replica.db.execute_sql)
        asked = rows("SELECT ticket_id FROM queue_row WHERE in_answer = 1 ORDER BY ticket_id", ())
        jobs = [
            Job("", 30 * (1 + place % 8), skill=f"skill-{place % 6}", urgency=1 + place % 4) for place in range(rounds)
        ]
        rules = desk.schedule.rules
        propose(jobs[0], people, NOW, rules)
        planner = in_turn(jobs, floor, lambda job: propose(job, people, NOW, rules))
        cases = [asked[place % len(asked)][0] for place in range(rounds)]
        promise.propose(desk, cases[0], minutes=60)
        composer = in_turn(cases, floor, lambda ticket_id: promise.propose(desk, ticket_id, minutes=60))
        outage = [replace(job, ticket_id="outage", urgency=1) for job in jobs]

        def answer(case: tuple[int, Job]) -> object:
            return options_of(case[1], people, NOW, rules, interrupting=bool(case[0] % 2))

        emergency = in_turn(enumerate(outage), floor, answer)
    booked = sum(len(person.busy) for person in people)
    return [
        against(f"proposal, planner alone ({len(people)} people, {booked} bookings)", *planner, most=5),
        against("re-plan after an emergency, planner alone", *emergency, most=50),
        against("proposal, all that the composer shows", *composer, most=100),
    ]
