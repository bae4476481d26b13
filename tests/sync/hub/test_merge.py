"""The rules by which two versions of a row become one, without any database."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.sync.hub.changes import Net, fold
from deskapp.sync.hub.merge import Rules, base_of, join, rules_of

RULES = Rules(
    units=(("a", "b"), ("c",), ("d",), ("e",)),
    usual={"a": 0, "b": 0, "c": 0, "d": 0, "e": 0},
    stands=frozenset({"d"}),
    quiet=frozenset({"e"}),
)
BASE = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}


def joined(mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
    local, after = {**BASE, **mine}, {**BASE, **theirs}
    return join(RULES, BASE, local, ours_of(BASE, local), after)


def ours_of(base: dict[str, Any] | None, local: dict[str, Any] | None) -> Net | None:
    if base == local:
        return None
    if base is None:
        return Net("I", {}, dict(local or {}), "me", 1)
    if local is None:
        return Net("D", dict(base), {}, "me", 1)
    differ = [c for c in base if base[c] != local[c]]
    return Net("U", {c: base[c] for c in differ}, {c: local[c] for c in differ}, "me", 1)


def test_what_one_side_changed_is_taken() -> None:
    plan = joined({"c": 2}, {"d": 3})
    assert plan.row == {**BASE, "c": 2, "d": 3}
    assert (plan.op, plan.cols, plan.clashes) == ("U", {"c": (1, 2)}, ())


def test_the_same_on_both_sides_leaves_nothing_to_send() -> None:
    plan = joined({"c": 2}, {"c": 2})
    assert (plan.row, plan.op, plan.clashes) == ({**BASE, "c": 2}, "", ())


def test_ours_goes_on_top_and_both_are_kept() -> None:
    plan = joined({"c": 2}, {"c": 3})
    assert plan.row["c"] == 2 and plan.cols == {"c": (3, 2)}
    (clash,) = plan.clashes
    assert (clash.mine, clash.theirs, clash.stands, clash.ask) == ({"c": 2}, {"c": 3}, "mine", True)


def test_columns_of_a_group_are_one_value() -> None:
    plan = joined({"a": 2}, {"b": 3})
    assert (plan.row["a"], plan.row["b"]) == (2, 1)
    assert plan.cols == {"a": (1, 2), "b": (3, 1)} and len(plan.clashes) == 1


def test_where_the_hub_stands_nothing_of_ours_is_left() -> None:
    plan = joined({"d": 2}, {"d": 3})
    assert plan.row["d"] == 3 and plan.op == "" and plan.clashes[0].stands == "theirs" and not plan.clashes[0].ask


def test_quiet_columns_are_not_asked_about() -> None:
    (clash,) = joined({"e": 2}, {"e": 3}).clashes
    assert not clash.ask and clash.stands == "mine"


def test_an_edited_row_survives_its_deletion() -> None:
    local = {**BASE, "c": 2}
    plan = join(RULES, BASE, local, ours_of(BASE, local), None)
    assert plan.row == local and plan.op == "I" and plan.cols["c"] == (None, 2)
    plan = join(RULES, BASE, None, ours_of(BASE, None), {**BASE, "c": 3})
    assert plan.row == {**BASE, "c": 3} and plan.op == ""


def test_a_booking_that_the_hub_deleted_is_gone() -> None:
    rules = rules_of("booking")
    base = {**rules.usual, "specialist_id": "anna", "start_at": 1, "end_at": 2}
    local = {**base, "pinned": 1}
    plan = join(rules, base, local, ours_of(base, local), None)
    assert plan.row is None and plan.op == "" and plan.clashes[0].stands == "theirs"


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("promise", "date_at"), ("booking", "start_at"), ("outgoing", "state"), ("lease", "replica"),
        ("number_block", "first"), ("conflict", "chosen"), ("ticket", "number"), ("ticket", "promised_at"),
        ("ticket", "first_promised_at"), ("ticket", "promise_id"), ("ticket", "moved_count"), ("ticket", "set_aside"),
        ("ticket", "merged_into"), ("ticket", "answered_at"), ("ticket", "answered_by"), ("ticket", "answer_took"),
        ("ticket", "again_took"),
    ],
)  # fmt: skip
def test_who_was_first_in_the_hub_with_what_cannot_be_twice_stands(table: str, column: str) -> None:
    """Two dates told to one customer, one letter sent by two desktops, one number on two tickets."""
    rules = rules_of(table)
    base = dict(rules.usual)
    local, after = {**base, column: "ours"}, {**base, column: "theirs"}
    plan = join(rules, base, local, ours_of(base, local), after)
    assert plan.row == after and (plan.op, plan.cols) == ("", {})
    (clash,) = plan.clashes
    assert clash.stands == "theirs" and not clash.ask and clash.mine[column] == "ours"


def test_a_row_that_both_made_is_one_fact() -> None:
    local, after = {**BASE, "a": 0, "b": 0, "c": 5}, {**BASE, "a": 7, "b": 7, "c": 0}
    plan = join(RULES, None, local, ours_of(None, local), after)
    assert (plan.row["a"], plan.row["b"], plan.row["c"]) == (7, 7, 5)
    assert plan.cols == {"c": (0, 5)} and plan.clashes == ()


def test_a_note_with_the_same_id_is_the_hubs() -> None:
    rules = rules_of("note")
    local, after = {**rules.usual, "text": "a"}, {**rules.usual, "text": "b"}
    assert join(rules, None, local, ours_of(None, local), after).row == after


_VALUES = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 2))
_ROWS = st.none() | _VALUES.map(lambda values: {**BASE, **values})


@given(base=_ROWS, local=_ROWS, after=_ROWS)
def test_what_is_left_of_ours_leads_from_the_hubs_row_to_ours(base: Any, local: Any, after: Any) -> None:
    """The one property that everything rests on: hub's row + what is still sent = the row here."""
    ours = ours_of(base, local)
    assert base_of(RULES, local, ours) == base or ours is None
    plan = join(RULES, base, local, ours, after)
    if ours is None:
        assert plan.row == after and plan.op == ""
        return
    if plan.op == "":
        assert plan.row == after
    elif plan.op == "I":
        assert after is None and plan.row is not None
        assert {c: new for c, (_old, new) in plan.cols.items()} == plan.row
    elif plan.op == "D":
        assert plan.row is None and after is not None
    else:
        assert after is not None and plan.cols
        assert {**after, **{c: new for c, (_old, new) in plan.cols.items()}} == plan.row
        assert all(after[c] == old for c, (old, _new) in plan.cols.items())


def captured(rows: list[Any]) -> list[Any]:
    """What the triggers would write for a row that goes through these states."""
    found = []
    for before, after in pairwise(rows):
        if before is None and after is not None:
            found.append(("I", {c: [None, v] for c, v in after.items()}, "x", 1))
        elif after is None and before is not None:
            found.append(("D", {c: [v, None] for c, v in before.items()}, "x", 1))
        elif before is not None and before != after:
            found.append(("U", {c: [before[c], after[c]] for c in after if before[c] != after[c]}, "x", 1))
    return found


@given(st.lists(_ROWS, min_size=2, max_size=6))
def test_a_net_change_is_the_difference_of_first_and_last(rows: list[Any]) -> None:
    first, last = rows[0], rows[-1]
    net = fold(captured(rows))
    if first == last:
        assert net is None
    elif first is None:
        assert net is not None and (net.op, net.new) == ("I", last)
    elif last is None:
        assert net is not None and (net.op, net.old) == ("D", first)
    else:
        assert net is not None and net.op == "U"
        assert net.new == {c: last[c] for c in last if last[c] != first[c]}
        assert net.old == {c: first[c] for c in last if last[c] != first[c]}
