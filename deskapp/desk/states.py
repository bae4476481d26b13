"""act × status -> status, the only place that says what may follow what.

A question and a letter of the requester keep the status unless the table says otherwise; "slipping" and "emergency" are
marks upon a status, never one. ``resume`` ends in ``in_progress`` or ``promised``, as the work has begun or not.
"""

from __future__ import annotations

from functools import cache

from deskapp.core.errors import UserFacingError

STATUSES = ("new", "promised", "in_progress", "waiting", "resolved", "closed", "refused", "merged")
OPEN = ("new", "promised", "in_progress", "waiting", "resolved")
#: Statuses in which the two-hour clock may run: nobody has told a date, a refusal or the solution yet.
UNANSWERED = ("new", "in_progress", "waiting")

_TABLE: dict[str, dict[str, str]] = {
    "promise": {"new": "promised", "promised": "promised", "in_progress": "in_progress", "waiting": "waiting"},
    "refuse": {"new": "refused", "promised": "refused", "in_progress": "refused", "waiting": "refused"},
    "question": {status: status for status in ("new", "promised", "in_progress", "waiting", "resolved")},
    "reply": {status: status for status in STATUSES if status != "merged"},
    "start": {"new": "in_progress", "promised": "in_progress", "waiting": "in_progress", "in_progress": "in_progress"},
    "wait": {"promised": "waiting", "in_progress": "waiting", "waiting": "waiting"},
    "resume": {"waiting": "in_progress"},
    "finish": {"new": "resolved", "promised": "resolved", "in_progress": "resolved", "waiting": "resolved"},
    "remind": {"resolved": "resolved"},
    "agree": {"resolved": "closed"},
    "disagree": {"resolved": "in_progress", "closed": "in_progress"},
    "reopen": {"resolved": "in_progress", "closed": "in_progress", "refused": "new"},
    "letter": {**{status: status for status in STATUSES}, "refused": "new"},
    "plan": {status: status for status in ("new", "promised", "in_progress", "waiting")},
    "merge": {status: "merged" for status in STATUSES if status != "merged"},
}


@cache
def allowed(status: str) -> frozenset[str]:
    """The acts that a ticket of this status admits."""
    return frozenset(act for act, row in _TABLE.items() if status in row)


def after(act: str, status: str) -> str:
    """The status that ``act`` leads to; UserFacingError where it is not admitted."""
    try:
        return _TABLE[act][status]
    except KeyError:
        raise UserFacingError(
            "This cannot be done now",
            "“%1” does not fit a ticket in the state “%2”. Nothing was changed.",
            act,
            status,
        ) from None
