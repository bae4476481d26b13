"""What a change of hours or people does to the plan, before it is saved: an absence, other hours, somebody who leaves,
work that takes longer.

A save is any intention of ``setup`` with its arguments bound; it is tried in a transaction that is taken back, so that
every kind of change is previewed by the very code that will make it. Saving and re-planning are one step of undo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from deskapp.core.errors import UserFacingError
from deskapp.desk import diffs, forecasting, planboard
from deskapp.desk.crew import crew
from deskapp.desk.desk import Act, Desk
from deskapp.desk.diffs import DiffView
from deskapp.desk.values import Changes
from deskapp.planning import replan
from deskapp.planning.absence import hours_changed
from deskapp.planning.lane import fingerprint
from deskapp.planning.values import Absence, Person, PlanDiff, Span

#: ``save(desk) -> Changes``: an intention whose other arguments are bound.
Save = Callable[[Desk], Changes]
#: Ticket -> (language, text) of letters to prepare.
Notices = Mapping[str, tuple[str, str]]
_FOR_GOOD = timedelta(days=3650)


class _TakenBack(Exception):
    """Ends a transaction that was only tried."""


def preview(desk: Desk, save: Save, why: str = "absence") -> DiffView:
    """The plan as it would have to be after ``save``; raises what ``save`` raises. Runs in the writer's lane.

    Without effects (``view.effects`` empty) there is nothing to ask: save it.
    """
    before = crew(desk, desk.replica.db.execute_sql)
    after: list[Person] = []
    try:
        with desk.replica.db.atomic("IMMEDIATE"):
            save(desk)
            after = crew(desk, desk.replica.db.execute_sql)
            raise _TakenBack
    except _TakenBack:
        pass
    staying = {person.id for person in after}
    now = desk.clock.now()
    for person in before:
        if person.id not in staying:  # who leaves is away from now on, and is offered nothing
            gone = Absence(Span(now, now + _FOR_GOOD), "other")
            calendar = replace(person.calendar, absences=(*person.calendar.absences, gone))
            after.append(replace(person, calendar=calendar, skills={}))
    diff = hours_changed(before, after, now, desk.schedule.rules)
    leaving = frozenset(person.id for person in before) - staying
    return diffs.explain(desk, replace(diff, base=fingerprint(before)), before, after, why, leaving)


def overrun(desk: Desk, ticket_id: str) -> DiffView:
    """Work that takes longer than its block: the block grows to the forecast and pushes what is behind it.

    UserFacingError where nothing of the ticket is in progress or it is not late on its block, and where its estimate is
    used up: nobody knows then how much longer it takes.
    """
    execute = desk.replica.db.execute_sql
    people = crew(desk, execute)
    outlook = forecasting.read(desk, execute, ticket_id, desk.clock.now())
    running = next((b for person in people for b in person.busy if b.ticket_id == ticket_id and b.in_progress), None)
    if running is None or outlook.forecast is None or outlook.forecast <= running.span.end:
        raise UserFacingError("This work fits its place", "Nothing has to move.")
    if outlook.forecast <= desk.clock.now():
        raise UserFacingError(
            "The estimate is used up",
            "Make the block longer or give a new estimate: what has to make room is shown then.",
        )
    diff = replan.resize(
        running.id, running.span.start, outlook.forecast, people, desk.clock.now(), desk.schedule.rules
    )
    return diffs.explain(desk, diff, people, why="overrun")


def explained(desk: Desk, diff: PlanDiff, why: str = "plan") -> DiffView:
    """Any diff of the board as the large preview shows it."""
    return diffs.explain(desk, diff, crew(desk, desk.replica.db.execute_sql), why=why)


def apply(desk: Desk, view: DiffView, notices: Notices | None = None, save: Save | None = None) -> Changes:
    """Save, and re-plan as shown, as one step; Lapsed if the plan has changed since the preview.

    What does not fit stays where it is, or goes back to the tray where its person leaves: in the open, a person
    decides. Letters become drafts.
    """
    with desk.act("replanned") as act:
        planboard.check_base(act, view.diff)
        planboard.write_diff(act, view.diff)
        planboard.write_assigned(act, view.diff)
        if save is not None:  # after the moves: who leaves lets go of what is left
            act.result = save(desk).result
        _keep(act, view, notices or {})
        moves = (*view.diff.moved, *view.diff.reassigned, *view.diff.broken)
        tickets: Sequence[str] = sorted({move.busy.ticket_id for move in moves})
        number = planboard.work_number(act, tickets[0]) if len(tickets) == 1 else None
        act.say("replanned", number=number, moved=len(tickets))
    return act.changes


def _keep(act: Act, view: DiffView, notices: Notices) -> None:
    for notice in view.notices:
        if notice.ticket_id in notices:
            diffs.keep_notice(act, notice, *notices[notice.ticket_id])
