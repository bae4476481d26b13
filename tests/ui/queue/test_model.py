from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from deskapp.desk.values import Directory, QueueItem, QueuePage
from deskapp.ui import words
from deskapp.ui.queue.list_view import QueueList
from deskapp.ui.queue.model import QueueModel, Role
from deskapp.ui.queue.rows import Setting
from tests.ui.queue_desk import MOSCOW, NOW

DIRECTORY = Directory(None, {}, (), (), (), "Europe/Moscow", "desk", 120)


def item(n: int, group: str = "", **more: object) -> QueueItem:
    values = dict.fromkeys(QueueItem._fields)
    values |= {
        "ticket_id": f"t{n}", "number": n, "subject": f"subject {n}", "status": "promised", "wait_for": "",
        "urgency": 3, "customer": f"customer {n}", "cause_id": "", "owner_id": "", "line": 1, "touched_at": 0,
        "unread": 0, "why": "", "group": group, "hint": "",
    }  # fmt: skip
    return QueueItem(**(values | more))  # type: ignore[arg-type]


def page(items: list[QueueItem], more: bool = False, tab: str = "all") -> QueuePage:
    codes = list(dict.fromkeys(i.group for i in items if i.group))
    groups = tuple((code, sum(i.group == code for i in items), 30) for code in codes)
    return QueuePage(tab, tuple(items), groups, more)


def ids(model: QueueModel) -> list[str]:
    return [found.ticket_id for row in range(model.rowCount()) if (found := model.ticket_at(row))]


@pytest.fixture
def model(qapp) -> QueueModel:
    made = QueueModel()
    made.set_setting(Setting("all", words.Times(MOSCOW, NOW), DIRECTORY))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def view(qtbot, model: QueueModel) -> QueueList:
    found = QueueList()
    qtbot.addWidget(found)
    found.rows.set_setting(Setting("all", words.Times(MOSCOW, NOW), DIRECTORY))
    found.setGeometry(400, 300, 380, 500)  # not under the mouse, which would hold the order
    found.show()
    qtbot.waitExposed(found)
    return found


def test_heads_stand_before_their_tickets(model: QueueModel) -> None:
    model.set_page(page([item(1, "now"), item(2, "next"), item(3, "next")], tab="mine"))
    kinds = [model.index(row).data(Role.KIND) for row in range(model.rowCount())]
    assert kinds == ["group", "ticket", "group", "ticket", "ticket"]
    assert not model.index(0).flags() & Qt.ItemFlag.ItemIsSelectable


def test_a_closed_group_hides_its_tickets_and_opens_again(model: QueueModel) -> None:
    model.set_page(page([item(1, "now"), item(2, "next"), item(3, "next")], tab="mine"))
    model.set_open("next", False)
    assert ids(model) == ["t1"] and model.loaded() == 3
    model.set_open("next", True)
    assert ids(model) == ["t1", "t2", "t3"]


def test_pages_come_when_asked_for(model: QueueModel) -> None:
    asked: list[int] = []
    model.more_wanted.connect(asked.append)
    model.set_page(page([item(n) for n in range(200)], more=True))
    model.fetchMore(model.index(-1))
    model.fetchMore(model.index(-1))
    assert asked == [200], "once until the rows have come"
    model.append_page(page([item(n) for n in range(199, 260)]))
    assert model.rowCount() == 260, "a row that came before is not doubled"
    assert not model.canFetchMore(model.index(-1))


def test_same_order_changes_rows_in_place(model: QueueModel) -> None:
    resets: list[int] = []
    changed: list[int] = []
    model.set_page(page([item(1), item(2)]))
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda top, bottom: changed.append(top.row()))
    model.set_page(page([item(1), item(2, subject="new words")]))
    assert not resets and changed == [1]
    words_ = model.index(1).data(Role.WORDS)
    assert words_.subject == "new words"


def test_frozen_rows_change_what_they_say_and_not_their_place(model: QueueModel) -> None:
    model.set_page(page([item(1), item(2), item(3)]))
    model.set_frozen(True)
    model.set_page(page([item(3), item(4), item(1, subject="later")]))
    assert ids(model) == ["t1", "t2", "t3"] and model.waits()
    assert model.item("t1").subject == "later"  # type: ignore[union-attr]
    model.apply_order()
    assert ids(model) == ["t3", "t4", "t1"] and not model.waits()


def test_rows_held_for_the_one_that_is_read_yield_to_a_new_ticket(model: QueueModel, view: QueueList) -> None:
    model.set_page(page([item(1), item(2)]))
    model.set_frozen(True, yields=True)
    model.set_page(page([item(2), item(1)]))
    assert ids(model) == ["t1", "t2"] and model.waits()
    model.set_page(page([item(2), item(3), item(1)]))
    assert ids(model) == ["t2", "t3", "t1"] and not model.waits()
    view.rows.set_page(page([item(1), item(2)]))
    view.select("t1")
    view.hold()
    view.rows.set_page(page([item(2), item(1)]))
    assert ids(view.rows) == ["t1", "t2"]
    view.rows.set_page(page([item(2), item(1), item(3)]))
    assert ids(view.rows) == ["t2", "t1", "t3"] and view.current_ticket() == "t1"
    view.set_editing(True)
    view.rows.set_page(page([item(4), item(2), item(1), item(3)]))
    assert ids(view.rows) == ["t2", "t1", "t3"]


def test_marks_survive_a_fresh_page_and_go_with_their_ticket(model: QueueModel) -> None:
    model.set_page(page([item(1), item(2), item(3)]))
    model.set_marked("t1", True)
    model.set_marked("t3", True)
    model.set_page(page([item(3), item(2)]))
    assert model.marked() == ["t3"]


def test_one_sentence_a_row_for_those_who_listen(model: QueueModel) -> None:
    model.set_page(page([item(7, unread=1)]))
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Ticket 7, customer 7, urgency normal, subject 7, promised, unread"


def test_another_tab_picks_its_first_ticket_and_none_on_the_way(view: QueueList) -> None:
    view.rows.set_page(page([item(1), item(2), item(3)]))
    view.select_first()
    picked: list[str] = []
    view.picked.connect(picked.append)
    view.rows.set_page(page([item(3), item(2)], tab="slipping"))
    view.select_first()
    assert picked == ["t3"]


def test_a_hundred_thousand_rows_stay_paged(view: QueueList, qtbot) -> None:
    whole = 100_000

    def give(after: int) -> None:
        view.rows.append_page(page([item(n) for n in range(after, after + 200)], more=after + 200 < whole))

    view.rows.more_wanted.connect(give)
    view.rows.set_page(page([item(n) for n in range(200)], more=True))
    view.select_first()
    view.grab()
    assert view.rows.loaded() <= 400
    before = view.rows.loaded()
    view.scrollToBottom()
    view.grab()
    assert before <= view.rows.loaded() <= before + 400
    assert view.current_ticket() == "t0"


def test_the_chosen_ticket_is_kept_by_its_id(view: QueueList) -> None:
    view.rows.set_page(page([item(1), item(2), item(3)]))
    view.select("t2")
    view.rows.set_page(page([item(9), item(3), item(2), item(1)]))
    assert view.current_ticket() == "t2"
    assert view.currentIndex().row() == 2


def test_when_the_chosen_ticket_leaves_the_next_one_follows(view: QueueList) -> None:
    view.rows.set_page(page([item(1), item(2), item(3)]))
    view.select("t2")
    view.rows.set_page(page([item(1), item(3)]))
    assert view.current_ticket() == "t3"
    view.rows.set_page(page([item(1)]))
    assert view.current_ticket() == "t1"


def test_arrows_step_over_heads_and_fold_groups(view: QueueList, qtbot) -> None:
    view.rows.set_page(page([item(1, "now"), item(2, "next"), item(3, "next")], tab="mine"))
    view.select("t1")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_ticket() == "t2"
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert ids(view.rows) == ["t1"]
    assert view.currentIndex().data(Role.KIND) == "group", "the head stands for its tickets"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert ids(view.rows) == ["t1", "t2", "t3"] and view.current_ticket() == "t2"


def test_shift_and_arrows_mark(view: QueueList, qtbot) -> None:
    view.rows.set_page(page([item(n) for n in range(4)]))
    view.select("t0")
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.targets() == ["t0", "t1", "t2"]


def test_order_waits_while_a_row_is_edited(view: QueueList, qtbot) -> None:
    view.rows.set_page(page([item(1), item(2), item(3)]))
    view.select("t1")
    view.set_editing(True)
    view.rows.set_page(page([item(3), item(2), item(1)]))
    assert ids(view.rows) == ["t1", "t2", "t3"]
    view.set_editing(False)
    view.step(1)
    assert ids(view.rows) == ["t3", "t2", "t1"]
    assert view.current_ticket() == "t2", "the next one is the next before the eye"


def test_after_the_mouse_has_left_the_order_comes_by_itself(view: QueueList, qtbot, monkeypatch) -> None:
    view._settle.setInterval(1)
    view.rows.set_page(page([item(1), item(2)]))
    view.set_editing(True)
    view.rows.set_page(page([item(2), item(1)]))
    with qtbot.waitSignal(view.rows.order_waits):
        view.set_editing(False)
    assert ids(view.rows) == ["t2", "t1"]


@pytest.mark.parametrize("compact", [False, True])
def test_rows_of_a_kind_are_equally_high(view: QueueList, compact: bool) -> None:
    view.set_compact(compact)
    view.rows.set_page(page([item(1, "now", unread=1), item(2, "next", subject="x" * 400)], tab="mine"))
    heights = {kind: view.look.row_height(kind) for kind in ("group", "ticket")}
    for row in range(view.rows.rowCount()):
        index = view.rows.index(row)
        assert view.visualRect(index).height() == heights[index.data(Role.KIND)]
    strong, second, third = view.look.lines()
    assert heights["ticket"] >= (second if compact else strong + second + third)
