"""What the side panel and the lists say of a contract's clocks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from deskapp.desk.sla import Moved, Preview
from deskapp.desk.values import ContractView, Directory, QueueItem, TargetView
from deskapp.planning.values import Span, TraceRow
from deskapp.ui import words
from deskapp.ui.queue import rows
from deskapp.ui.ticket.contract import TargetRow, moved_words, rule_words, state_words
from deskapp.ui.trace import row_text

NOW = datetime(2026, 11, 3, 11, 42, tzinfo=ZoneInfo("Europe/Moscow"))
TIMES = words.Times(ZoneInfo("Europe/Moscow"), NOW)
DIRECTORY = Directory(None, {}, (), (), (), "Europe/Moscow", "", 120)


def target(state: str, used: int = 60, granted: int = 240, **more: Any) -> TargetView:
    values: dict[str, Any] = {"name": "solution", "left": granted - used, "due": NOW + timedelta(hours=2), **more}
    return TargetView(state=state, used=used, granted=granted, **values)


@pytest.mark.parametrize(
    ("shown", "said", "token"),
    [
        (target("running"), "until 13:42", "text"),
        (target("running", used=200), "until 13:42", "high"),
        (target("paused", why="customer", due=None), "paused, 3 h left", "text2"),
        (target("over", used=300), "over by 1 h", "crit"),
        (target("kept", due=None), "kept", "ok"),
        (target("broken", used=270), "broken by 30 min", "crit"),
        (target("running", due=None), "3 h left", "text"),
    ],
)
def test_a_clock_in_words(qapp: QApplication, shown: TargetView, said: str, token: str) -> None:
    text, colour = state_words(shown, TIMES)
    assert (text.replace("\u00a0", " "), colour) == (said, token)
    row = TargetRow(shown, TIMES)
    row.resize(200, row.sizeHint().height())
    row.grab()
    name = row.accessibleName().replace("\u00a0", " ")
    assert name.startswith("Solution, ") and said in name
    assert ("waiting for the customer" in name) == bool(shown.why)


def test_the_rule_and_why_it_holds() -> None:
    view = ContractView("k", "C-1", "24×7", None, False, False, "customer", 1, "", False, ())
    assert rule_words(view) == "C-1, 24×7, critical, the customer's when the ticket came"


def item(**more: Any) -> QueueItem:
    values: dict[str, Any] = dict.fromkeys(QueueItem._fields)
    values |= {
        "ticket_id": "t", "number": 1, "subject": "S", "status": "promised", "wait_for": "", "urgency": 3,
        "customer": "",
        "cause_id": "", "owner_id": "", "line": 1, "touched_at": 0, "unread": 0, "why": "", "group": "", "hint": "",
        "promised_at": int(NOW.timestamp() * 1000) + 3_600_000, "clock_paused": "",
    }  # fmt: skip
    return QueueItem(**{**values, **more})


@pytest.mark.parametrize(
    ("hours", "forecast", "said", "token"),
    [
        (-1, None, "By the contract due 10:42", "crit"),
        (3, None, "By the contract until 14:42", "high"),
        (50, 60, "By the contract until Thu 13:42", "high"),  # the work will end after it
        (50, 40, None, None),
        (None, None, None, None),
    ],
)
def test_the_third_line_names_the_contract_where_it_matters(
    hours: int | None, forecast: int | None, said: str | None, token: str | None
) -> None:
    def at(after: int | None) -> int | None:
        return None if after is None else int((NOW + timedelta(hours=after)).timestamp() * 1000)

    made = rows.make(item(solution_due=at(hours), forecast_at=at(forecast)), rows.Setting("mine", TIMES, DIRECTORY))
    told = [(text.replace("\u00a0", " "), colour) for text, colour in made.third if "contract" in text]
    assert told == ([] if said is None else [(said, token)])


def test_the_trace_tells_rules_and_pauses() -> None:
    span = Span(NOW, NOW + timedelta(hours=1))
    rule = {"contract": "C-1", "hours": "8×5", "urgency": 2, "target": 240, "granted": 300}
    said = [
        row_text(TraceRow(span, code, args)).replace("\u00a0", " ")
        for code, args in (
            ("sla_rule", rule),
            ("sla_runs", {"minutes": 60}),
            ("sla_paused", {"why": "third"}),
            ("sla_reopened", {"left": 30}),
        )
    ]
    assert said == [
        "contract C-1, 8×5, urgency high: 5 h",
        "the clock runs, 1 h",
        "stands still: waiting for a third party",
        "opened again, 30 min left",
    ]


def test_what_a_change_of_hours_moved() -> None:
    moved = Moved("t", 1, "S", "solution", NOW, NOW, True)
    assert moved_words(None) == moved_words(Preview()) == ""
    assert moved_words(Preview((moved, moved))) == "2 due times by contracts moved, 2 over at once. Undo takes it back."
