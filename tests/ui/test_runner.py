from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.ui.messages import Messages, Recorder
from deskapp.ui.runner import Lane, TaskRunner


class Fixture:
    def __init__(self, lanes: dict[str, Lane] | None = None) -> None:
        self.messages = Messages()
        self.recorder = Recorder(self.messages)
        self.desk = object()
        self.runner = TaskRunner(self.desk, self.messages, lanes)
        self.got: list[Any] = []


@pytest.fixture
def bench(qapp: QApplication) -> Any:
    fixture = Fixture()
    yield fixture
    fixture.runner.drain()
    fixture.runner.close()


def test_results_come_home_to_the_main_thread(bench: Fixture) -> None:
    main = threading.get_ident()
    where: list[int] = []

    def work(desk: object, number: int) -> tuple[int, bool]:
        return number * 2, desk is bench.desk and threading.get_ident() != main

    def done(result: tuple[int, bool]) -> None:
        where.append(threading.get_ident())
        bench.got.append(result)

    bench.runner.run("reader", work, 21, on_done=done)
    assert not bench.runner.idle()
    bench.runner.drain()
    assert bench.got == [(42, True)]
    assert where == [main]


def test_a_lane_keeps_its_order_and_its_thread(bench: Fixture) -> None:
    for number in range(200):
        bench.runner.run("writer", lambda _desk, n: (n, threading.get_ident()), number, on_done=bench.got.append)
    bench.runner.drain()
    assert [number for number, _thread in bench.got] == list(range(200))
    assert len({thread for _number, thread in bench.got}) == 1


def test_lanes_do_not_wait_for_each_other(bench: Fixture) -> None:
    gate = threading.Event()
    bench.runner.run("net", lambda _desk: gate.wait(60), on_done=lambda _r: bench.got.append("net"))
    bench.runner.run("reader", lambda _desk: None, on_done=lambda _r: (bench.got.append("reader"), gate.set()))
    bench.runner.drain()
    assert bench.got == ["reader", "net"]


def test_a_later_question_of_the_same_key_supersedes(bench: Fixture) -> None:
    gate, entered = threading.Event(), threading.Event()
    ran: list[int] = []

    def work(_desk: object, number: int) -> int:
        ran.append(number)
        entered.set()
        gate.wait(60)
        return number

    bench.runner.run("reader", work, 1, on_done=bench.got.append, key="search")
    entered.wait(60)
    bench.runner.run("reader", work, 2, on_done=bench.got.append, key="search")
    bench.runner.run("reader", work, 3, on_done=bench.got.append, key="search")
    gate.set()
    bench.runner.drain()
    assert bench.got == [3]
    assert ran == [1, 3]


def test_what_is_read_anew_with_every_change_is_shown_meanwhile(qapp: QApplication) -> None:
    gates = [threading.Event() for _ in range(3)]
    entered = [threading.Event() for _ in range(3)]
    calls: list[str] = []

    def interrupt() -> None:
        calls.append("interrupt")
        gates[2].set()

    fixture = Fixture({"reader": Lane(interrupt=interrupt)})
    ran: list[str] = []

    def page(_desk: object, tab: str) -> str:
        turn = len(ran)
        ran.append(tab)
        entered[turn].set()
        assert gates[turn].wait(60)
        return f"{tab} {turn}"

    def read(tab: str) -> None:
        fixture.runner.run("reader", page, tab, on_done=fixture.got.append, key="page", steady=True)

    read("mine")
    assert entered[0].wait(60)
    for _ in range(5):  # a stream: what has begun is left alone, of those that wait only the last is read
        read("mine")
    gates[0].set()
    gates[1].set()
    fixture.runner.drain()
    assert (ran, fixture.got, calls) == (["mine", "mine"], ["mine 0", "mine 1"], [])

    gates.append(gates[0])
    entered.append(threading.Event())
    read("mine")
    assert entered[2].wait(60)
    read("mine")
    read("all")  # another question: nobody waits for those before any more
    fixture.runner.drain()
    assert (ran[2:], fixture.got[2:], calls) == (["mine", "all"], ["all 3"], ["interrupt"])
    fixture.runner.close()


def test_a_running_question_is_interrupted_and_no_other(qapp: QApplication) -> None:
    stop = threading.Event()
    entered = threading.Event()
    calls: list[str] = []

    def interrupt() -> None:
        calls.append("interrupt")
        stop.set()

    fixture = Fixture({"reader": Lane(interrupt=interrupt)})

    def slow(_desk: object) -> str:
        entered.set()
        assert stop.wait(60)
        raise UserFacingError("interrupted")

    fixture.runner.run("reader", slow, on_done=fixture.got.append, key="search")
    entered.wait(60)
    fixture.runner.run("reader", lambda _desk: "second", on_done=fixture.got.append, key="search")
    fixture.runner.drain()
    fixture.runner.run("reader", lambda _desk: "third", on_done=fixture.got.append, key="search")
    fixture.runner.drain()
    assert fixture.got == ["second", "third"]
    assert calls == ["interrupt"]
    assert fixture.recorder.failures == []  # the error of what nobody waits for is dropped
    fixture.runner.close()


def test_trouble_goes_to_the_message_seam(bench: Fixture) -> None:
    def refuse(_desk: object) -> None:
        raise UserFacingError("Not today", "The file %1 is safe.", "a.txt")

    def cancel(_desk: object) -> None:
        raise UserCancelled

    def bug(_desk: object) -> None:
        raise ZeroDivisionError

    for work in (refuse, cancel, bug):
        bench.runner.run("writer", work)
    bench.runner.drain()
    assert bench.recorder.failures == [("Not today", "The file a.txt is safe.", "")]
    assert [type(trouble) for trouble in bench.recorder.crashes] == [ZeroDivisionError]


def test_a_bug_in_a_callback_stops_nothing(bench: Fixture) -> None:
    def done(_result: object) -> None:
        raise LookupError("in the window")

    bench.runner.run("reader", lambda _desk: 1, on_done=done)
    bench.runner.run("reader", lambda _desk: 2, on_done=bench.got.append)
    bench.runner.drain()
    assert bench.got == [2]
    assert len(bench.recorder.crashes) == 1


def test_each_lane_opens_and_closes_in_its_own_thread(qapp: QApplication) -> None:
    log: list[tuple[str, int]] = []

    def note(word: str) -> Any:
        return lambda *_args: log.append((word, threading.get_ident()))

    fixture = Fixture({"writer": Lane(start=note("open"), finish=note("close"))})
    fixture.runner.run("writer", note("work"))
    fixture.runner.drain()
    fixture.runner.close()
    assert [word for word, _thread in log] == ["open", "work", "close"]
    assert len({thread for _word, thread in log}) == 1
    fixture.runner.run("writer", note("late"))
    assert len(log) == 3


def test_a_lane_that_cannot_open_says_so(qapp: QApplication, qtbot: Any) -> None:
    def start() -> None:
        raise UserFacingError("The database is in use")

    fixture = Fixture({"writer": Lane(start=start)})
    with qtbot.waitSignal(fixture.messages.failed):
        fixture.runner.run("writer", lambda _desk: None)
    fixture.runner.drain()
    fixture.runner.close()


def test_busy_is_told_once_each_way(bench: Fixture) -> None:
    busy: list[bool] = []
    bench.runner.busy_changed.connect(busy.append)
    for _ in range(3):
        bench.runner.run("reader", lambda _desk: None)
    bench.runner.drain()
    assert busy == [True, False]


def test_unknown_lanes_are_refused(bench: Fixture) -> None:
    with pytest.raises(KeyError):
        bench.runner.run("elsewhere", lambda _desk: None)
    assert bench.runner.idle()


def test_synchronous_mode_runs_at_once(qapp: QApplication) -> None:
    messages = Messages()
    recorder = Recorder(messages)
    runner = TaskRunner("desk", messages, synchronous=True)
    got: list[Any] = []
    runner.run("reader", lambda desk: (desk, QThread.currentThread() is qapp.thread()), on_done=got.append)
    runner.run("reader", lambda _desk: 1 / 0)
    assert got == [("desk", True)]
    assert len(recorder.crashes) == 1
