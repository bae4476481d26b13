"""Any interleaving of what people do, rounds, and what goes wrong, on two to five desktops of one desk.

Whatever happened: in the end the replicas are equal, no acknowledged note is lost or doubled, no number is given twice,
no time of a person is booked twice, and of each promise one letter leaves.
"""

from __future__ import annotations

import errno
import itertools
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from deskapp.core.errors import Lapsed, UserFacingError
from deskapp.desk import erase, intake, letters, promise, triage, work
from deskapp.desk.desk import Desk
from deskapp.models import erasing
from deskapp.models.schema import Skill
from deskapp.sync.hub import commands, upkeep
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import Corrupt, HubRefused, HubUnreachable
from tests.sync.hub.desks import Office, incoming, ticket
from tests.sync.hub.faults import KINDS, Killed
from tests.sync.hub.post import APPENDS, READS, Kept, Post

_WHO = st.integers(0, 4)
_FAULTS = st.none() | st.tuples(st.sampled_from(KINDS), st.integers(0, 40))


class Desktops(RuleBasedStateMachine):
    """The world: an office of real replicas and a folder, and what must not get lost of it."""

    place: Path  # where the office lies; the same for each example, since a profile knows where it lies
    template: Path  # three desktops, made once

    def __init__(self) -> None:
        super().__init__()
        self.office: Office
        self.notes: set[str] = set()  # ids of acknowledged notes
        self.tickets: set[str] = set()
        self.erased: dict[str, str] = {}  # note -> what it said
        self.backup: Path | None = None
        self.made = 0
        self.posts: dict[str, Kept] = {}

    @initialize(desktops=st.integers(2, 3))
    def begin(self, desktops: int) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.template, self.place)
        self.office = Office(self.place)
        for name in ("a", "b", "c")[:desktops]:
            self.office.open(name)
            self.office._attach(name)

    # --- what people do --------------------------------------------------------------------------------------------

    def desk(self, who: int) -> Desk:
        return self.office.desks[self.name(who)]

    def name(self, who: int) -> str:
        names = sorted(self.office.desks)
        return names[who % len(names)]

    def some_ticket(self, desk: Desk, which: int) -> str:
        rows = desk.replica.rows("SELECT id FROM ticket ORDER BY id")
        return str(rows[which % len(rows)][0]) if rows else ""

    @rule(who=_WHO)
    def make_ticket(self, who: int) -> None:
        self.made += 1
        self.tickets.add(ticket(self.desk(who), f"Заявка {self.made}"))

    @rule(who=_WHO, key=st.integers(0, 2))
    def letter_in(self, who: int, key: int) -> None:
        outcome = intake.accept(self.desk(who), incoming(f"k{key}")).result
        self.tickets.add(outcome.ticket_id)

    @rule(who=_WHO, which=st.integers(0, 9))
    def write_note(self, who: int, which: int) -> None:
        desk = self.desk(who)
        one = self.some_ticket(desk, which)
        if one:
            self.made += 1
            self.notes.add(work.note(desk, one, "note", f"note {self.made}", minutes=5).result)

    @rule(
        who=_WHO,
        which=st.integers(0, 9),
        column=st.sampled_from(["urgency", "effort", "subject"]),
        value=st.integers(1, 4),
    )
    def set_field(self, who: int, which: int, column: str, value: int) -> None:
        desk = self.desk(who)
        one = self.some_ticket(desk, which)
        if one:
            given: Any = f"Тема {value}" if column == "subject" else value
            getattr(triage, f"set_{column}")(desk, [one], given)

    @rule(who=_WHO, which=st.integers(0, 3), column=st.sampled_from(["name", "position", ""]), value=st.integers(0, 3))
    def edit_or_delete(self, who: int, which: int, column: str, value: int) -> None:
        with self.desk(who).act() as act:
            row = f"skill-{which}"
            there = act.writing.execute("SELECT 1 FROM skill WHERE id = ?", (row,)).fetchone()
            if not there:
                act.insert(Skill, id=row, name="new")
            elif column:
                act.update(Skill, row, **{column: str(value) if column == "name" else value})
            else:
                act.delete(Skill, row)

    @rule(who=_WHO, which=st.integers(0, 9), slot=st.integers(0, 2))
    def give_promise(self, who: int, which: int, slot: int) -> None:
        desk = self.desk(who)
        one = self.some_ticket(desk, which)
        if not one:
            return
        try:
            view = promise.propose(desk, one, minutes=120)
            if view.proposals.slots:
                chosen = slot % len(view.proposals.slots)
                promise.give(desk, one, view.proposals.slots[chosen], view.letters[chosen], minutes=120)
        except (Lapsed, UserFacingError):
            pass

    @rule(who=_WHO, hours=st.sampled_from([-30, -2, 1, 50]))
    def start_work(self, who: int, hours: int) -> None:
        """Time passes, or a clock jumps; held letters become ready."""
        self.office.clock.advance(hours=hours)
        letters.release(self.desk(who), everything=True)

    # --- rounds and what goes wrong --------------------------------------------------------------------------------

    @rule(who=_WHO, fault=_FAULTS, number=st.sampled_from([errno.EIO, errno.EPERM, errno.ENOSPC, errno.ESTALE]))
    def go_round(self, who: int, fault: tuple[str, int] | None, number: int) -> None:
        name = self.name(who)
        faults = self.office.faults[name]
        if fault:
            faults.arm(*fault, number)
        try:
            self.office.sync(name)
        except Killed:
            self.office.restart(name)
        except (HubUnreachable, HubRefused, Corrupt):
            assert fault
        faults.clear()

    @rule(
        who=_WHO,
        reading=st.just("") | st.sampled_from(READS),
        appending=st.just("") | st.sampled_from(APPENDS),
        times=st.integers(1, 3),
    )
    def go_round_by_a_bad_post(self, who: int, reading: str, appending: str, times: int) -> None:
        """Batches come twice, late, out of order or not at all; answers are lost, requests arrive again."""
        name = self.name(who)
        rounds = self.office.rounds[name]
        straight = rounds.hub
        rounds.hub = Post(straight, self.posts.setdefault(name, Kept()), reading, appending, times)  # type: ignore[assignment]
        try:
            self.office.sync(name)
        except HubUnreachable:
            assert reading or appending == "answer lost"
        finally:
            rounds.hub = straight

    @precondition(lambda self: len(self.office.desks) < 5)
    @rule(who=_WHO)
    def copy_profile(self, who: int) -> None:
        self.made += 1
        self.office.copy(self.name(who), f"copy{self.made}")

    @rule()
    def back_up_share(self) -> None:
        if self.backup is not None:
            shutil.rmtree(self.backup)
        self.backup = self.place / "backup"
        shutil.copytree(self.office.share, self.backup)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore_share(self) -> None:
        assert self.backup is not None
        shutil.rmtree(self.office.share)
        shutil.copytree(self.backup, self.office.share)

    @rule(who=_WHO, compact=st.booleans())
    def snapshot(self, who: int, compact: bool) -> None:
        name = self.name(who)
        self.office.sync(name)
        hub = FolderHub(self.office.share)
        made = upkeep.publish(self.desk(who), hub)
        if made is not None and compact:
            hub.compact(made.head)

    @rule(who=_WHO)
    def lose_hub(self, who: int) -> None:
        """The share is gone for good: one desktop makes the hub anew, the others follow."""
        shutil.rmtree(self.office.share)
        self.office.share.mkdir()
        commands.rebuild(self.desk(who), hub_too=True)

    @rule(who=_WHO, which=st.integers(0, 9), compact=st.booleans())
    def erase_note(self, who: int, which: int, compact: bool) -> None:
        """Somebody wrote a password; it goes for ever, and the hub lets go of it perhaps."""
        desk = self.desk(who)
        notes = desk.replica.rows("SELECT id, text FROM note WHERE text <> '[…]' ORDER BY id")
        if notes:
            note, text = notes[which % len(notes)]
            lead = "SELECT id FROM specialist WHERE role = 'administrator' ORDER BY id"
            desk.settings.set("me", desk.replica.value(lead) or "")
            erase.erase(desk, [("note", note)])
            self.erased[note] = text
        if compact:
            self.office.clock.advance(minutes=20)
            self.forget(who)

    def forget(self, who: int) -> None:
        upkeep.keep_small(self.desk(who), self.office.rounds[self.name(who)].hub, True)

    # --- the end ---------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        try:
            self.end()
        finally:
            self.office.close()

    def end(self) -> None:
        for name, faults in self.office.faults.items():
            faults.clear()
            letters.release(self.office.desks[name], everything=True)
        self.office.settle()
        self.office.same()
        one = next(iter(self.office.desks.values())).replica
        notes = Counter(row[0] for row in one.rows("SELECT text FROM note"))
        assert {row[0] for row in one.rows("SELECT id FROM note")} == self.notes
        assert all(count == 1 for text, count in notes.items() if text != erasing.GONE)
        self.nothing_left()
        numbers = dict(one.rows("SELECT id, number FROM ticket"))
        assert set(numbers) == self.tickets
        assert None not in numbers.values() and len(set(numbers.values())) == len(numbers), numbers
        self.no_double_booking(
            one.rows("SELECT specialist_id, start_at, end_at, ticket_id FROM booking WHERE override = ''")
        )
        for ticket_id, promise_id, date in one.rows("SELECT id, promise_id, promised_at FROM ticket"):
            told = one.rows("SELECT id, date_at FROM promise WHERE ticket_id = ? ORDER BY ordinal", (ticket_id,))
            assert (told[-1] if told else ("", None)) == (promise_id, date), "the ticket tells another date"
        for letter, about in one.rows("SELECT id, about FROM message WHERE kind = 'promise'"):
            kept = one.row("SELECT letter_id FROM promise WHERE id = ?", (about,))
            assert kept == (letter,), "a letter about a promise that is not in force"
        for desk in self.office.desks.values():
            assert desk.replica.value("PRAGMA quick_check") == "ok"

    def nothing_left(self) -> None:
        """What was erased stands in no row and no kept change of any replica."""
        for desk in self.office.desks.values():
            for note, text in self.erased.items():
                assert desk.replica.value("SELECT text FROM note WHERE id = ?", (note,)) == erasing.GONE
                kept = desk.replica.value(
                    "SELECT (SELECT count(*) FROM change WHERE instr(cols, ?1)) + "
                    "(SELECT count(*) FROM hub_batch WHERE instr(body, CAST(?1 AS BLOB)))",
                    (f'"{text}"',),
                )
                assert kept == 0, text

    @staticmethod
    def no_double_booking(rows: list[Any]) -> None:
        for one, other in itertools.combinations(sorted(rows, key=str), 2):
            overlap = one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
            assert not overlap, (one, other)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three desktops of one desk, lying where each example will lie."""
    place = tmp_path_factory.mktemp("machine") / "office"
    office = Office(place)
    place.mkdir(exist_ok=True)
    office.three()
    office.close()
    template = place.with_name("template")
    shutil.copytree(place, template)
    return template


def machine(template: Path) -> Callable[[], Desktops]:
    return type("Machine", (Desktops,), {"template": template, "place": template.with_name("office")})


def trial(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        print_blob=True,
        # a failing schedule is printed as it was found: making it shorter takes longer than a trial may
        phases=(hypothesis.Phase.reuse, hypothesis.Phase.generate),
        report_multiple_bugs=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


def run(template: Path, examples: int, steps: int) -> None:
    run_state_machine_as_test(machine(template), settings=trial(examples, steps))


def test_desktops_end_equal_whatever_happens(template: Path) -> None:
    run(template, 10, 25)


def test_a_schedule_that_fails_is_told_with_its_seed(template: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(Desktops):
        place = template.with_name("office")

        def end(self) -> None:
            raise AssertionError("the end is another one")

    Failing.template = template
    with pytest.raises(AssertionError, match="the end is another one") as failed:
        run_state_machine_as_test(Failing, settings=settings(trial(1, 4), database=None))
    told = "\n".join([*getattr(failed.value, "__notes__", ()), capsys.readouterr().out])
    assert "state.begin(desktops=" in told and "state.teardown()" in told, told
    assert "@reproduce_failure(" in told, told


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
def test_desktops_end_equal_whatever_happens_for_long(template: Path, part: int) -> None:
    run(template, 20, 40)
