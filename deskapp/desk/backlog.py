"""Everything that waits in the tray, planned at once: who does what in which order, so that the least is late."""

from __future__ import annotations

from dataclasses import replace

from deskapp.core.errors import UserFacingError
from deskapp.desk import diffs, planboard, replanning
from deskapp.desk.crew import crew
from deskapp.desk.desk import Desk
from deskapp.desk.diffs import DiffView
from deskapp.planning.planner import plan_backlog

#: Steps of the search: half a second at most, and the same plan each time it is asked for.
ROUNDS = 8000


def plan_waiting(desk: Desk) -> DiffView:
    """A place for each ticket that has an estimate and no block; what is booked stays where it is.

    What has none is named in the effects (``no_estimate``), so that nobody takes it for planned. Promised dates and
    wanted ones are kept to where they can be. UserFacingError where nothing is waiting, or nothing of it has an
    estimate.
    """
    waiting = planboard.waiting(desk)
    if not waiting:
        raise UserFacingError("Everything is planned", "Nothing waits for a place.")
    jobs = [replanning.job_of(desk, item.ticket_id) for item in waiting]
    unknown = {job.ticket_id for job in jobs if not job.minutes}
    if len(unknown) == len(jobs):
        raise UserFacingError("Nothing here has an estimate", "Give the cards an effort; then they can be planned.")
    people = crew(desk, desk.replica.db.execute_sql)
    plan = plan_backlog(jobs, people, desk.clock.now(), desk.schedule.rules, rounds=ROUNDS)
    view = diffs.explain(desk, plan.diff, people, why="plan")
    effects = [
        replace(effect, change="no_estimate") if effect.ticket_id in unknown else effect for effect in view.effects
    ]
    return replace(view, effects=tuple(effects))
