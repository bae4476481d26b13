"""Replicas and a folder hub: what is done on one desktop is on all, whatever happens in between."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.core.paths import Profile
from deskapp.desk import files, intake, letters, numbers, promise, search, setup, triage, work
from deskapp.desk import ticket as tickets
from deskapp.desk.desk import Desk
from deskapp.desk.intake_values import IncomingFile
from deskapp.models.schema import Booking, Skill
from deskapp.sync.hub import blobs, commands, rounds, upkeep
from deskapp.sync.hub.folder import FolderHub
from deskapp.sync.hub.hub import Change, Corrupt, HubRefused, HubUnreachable, UpdateToSync
from deskapp.sync.hub.leases import TERM
from deskapp.sync.hub.rounds import Implausible
from tests.sync.hub.desks import Office, incoming, ticket
from tests.sync.hub.faults import KINDS, Killed


def number(desk: Desk, ticket_id: str) -> int | None:
    value = desk.replica.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,))
    return None if value is None else int(value)


def field(desk: Desk, ticket_id: str, name: str) -> object:
    return desk.replica.value(f"SELECT {name} FROM ticket WHERE id = ?", (ticket_id,))


def conflicts(desk: Desk, state: str = "open") -> list[tuple[str, dict[str, object], dict[str, object]]]:
    return [
        (why, json.loads(mine), json.loads(theirs))
        for why, mine, theirs in desk.replica.rows(
            "SELECT why, mine, theirs FROM conflict WHERE state = ? ORDER BY id", (state,)
        )
    ]


def test_what_one_does_all_see(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    work.note(b, ticket(b, "Второй"), "note", "внутренняя заметка")
    office.settle()
    work.note(c, one, "check", "Проверен кабель", minutes=15)
    triage.set_urgency(c, [one], 1)
    office.settle()
    office.same()
    assert field(a, one, "urgency") == 1
    assert a.replica.value("SELECT count(*) FROM queue_row") == 2
    assert a.replica.value("SELECT urgency FROM queue_row WHERE ticket_id = ?", (one,)) == 1
    assert [hit.ticket_id for hit in search.find(b, "кабель")] == [one]


def test_a_merge_tells_what_changed(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.sync("a")
    (changes,) = office.sync("b").changes
    assert one in changes.tickets and one in changes.tables["ticket"]
    seen = b.replica.rows("SELECT sent, author FROM change WHERE tbl = 'ticket' AND row = ?", (one,))
    assert len(seen) == 1 and seen[0][0] > 0 and seen[0][1] == a.me


def test_a_round_with_nothing_to_do_writes_nothing(office: Office) -> None:
    a, _b, _c = office.three()
    before = a.replica.data_version(), a.replica.value("SELECT count(*) FROM change")
    office.rounds["a"].hub = FolderHub(office.share, office.files["a"])
    office.faults["a"].log.clear()
    result = office.sync("a")
    assert not result.read and not result.sent and not result.changes
    assert (a.replica.data_version(), a.replica.value("SELECT count(*) FROM change")) == before
    assert len(office.faults["a"].log) == 1, office.faults["a"].log


def test_different_columns_join_without_a_question(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    triage.set_urgency(a, [one], 1)
    triage.set_effort(b, [one], 90)
    office.settle()
    office.same()
    assert (field(a, one, "urgency"), field(a, one, "effort")) == (1, 90)
    assert conflicts(a) == conflicts(a, "joined") == []


def test_both_values_of_a_conflict_are_kept(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    triage.set_urgency(a, [one], 1)
    triage.set_urgency(b, [one], 2)
    office.sync("a")
    assert office.sync("b").conflicts == 1
    office.settle()
    office.same()
    assert field(a, one, "urgency") == 2
    assert conflicts(a) == [("both", {"urgency": 2}, {"urgency": 1})]


def test_deleted_against_edited(office: Office) -> None:
    a, b, _c = office.three()
    with a.act() as act:
        one, other = act.insert(Skill, name="Сети"), act.insert(Skill, name="1С")
    office.settle()
    for first, second, row in ((a, b, one), (b, a, other)):
        with first.act() as act:
            act.delete(Skill, row)
        with second.act() as act:
            act.update(Skill, row, position=7)
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    found = b.replica.rows("SELECT id, name, position FROM skill ORDER BY name")
    assert found == [(other, "1С", 7), (one, "Сети", 7)]
    assert len(conflicts(a, "joined")) == 2


def test_numbers_are_told_at_once_and_given_once(office: Office) -> None:
    a, b, c = office.three()
    made = [ticket(desk, f"{n}") for n in range(3) for desk in (a, b, c)]
    assert all(number(desk, one) for one, desk in zip(made, (a, b, c) * 3, strict=True))
    office.settle()
    office.same()
    told = [number(a, one) for one in made]
    assert len(set(told)) == len(told)


def test_an_exhausted_block_waits_for_the_next_round(office: Office) -> None:
    a, b, _c = office.three()
    left = sum(last - first + 1 for first, last in numbers.blocks(b.replica) or [])
    made = [ticket(b, str(n)) for n in range(left + 3)]
    assert [number(b, one) for one in made][left - 1 :][1:] == [None] * 3
    office.settle()
    office.same()
    told = [number(a, one) for one in made]
    assert None not in told and len(set(told)) == len(told)
    assert sum(last - first + 1 for first, last in numbers.blocks(b.replica) or []) >= rounds.FEW


def promised(desk: Desk, ticket_id: str, slot: int = 0) -> tuple[int, str]:
    """Promise the earliest slot of a ticket: (date in ms, specialist)."""
    view = promise.propose(desk, ticket_id, minutes=120)
    chosen = view.proposals.slots[slot]
    promise.give(desk, ticket_id, chosen, view.letters[slot], minutes=120)
    return int(desk.replica.value("SELECT promised_at FROM ticket WHERE id = ?", (ticket_id,))), chosen.person_id


def test_a_slot_belongs_to_the_first_in_the_hub(office: Office) -> None:
    a, b, _c = office.three()
    one, two = ticket(a, "Первая"), ticket(b, "Вторая")
    office.settle()
    promised(a, one)
    promised(b, two)
    assert a.replica.rows("SELECT specialist_id, start_at FROM booking") == b.replica.rows(
        "SELECT specialist_id, start_at FROM booking"
    )
    letters.release(b, everything=True)
    office.sync("a")
    assert office.sync("b").lost_slots == 1
    office.settle()
    office.same()
    assert a.replica.rows("SELECT ticket_id FROM booking") == [(one,)]
    assert a.replica.rows("SELECT ticket_id FROM promise") == [(one,)]
    assert field(a, two, "status") == "new" and field(a, two, "promised_at") is None
    assert b.replica.value("SELECT count(*) FROM message WHERE kind = 'promise'") == 0
    assert "promise" in {row[0] for row in b.replica.rows("SELECT tab FROM draft WHERE ticket_id = ?", (two,))}
    kinds = {row[0] for row in a.replica.rows("SELECT kind FROM event WHERE ticket_id = ?", (two,))}
    assert {"slot_lost", "letter_returned"} <= kinds
    again, _who = promised(b, two)  # the next slot is free
    office.settle()
    office.same()
    assert field(a, two, "promised_at") == again


def test_a_promise_belongs_to_the_first_in_the_hub(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    first, _who = promised(a, one, 0)
    promised(b, one, 1)
    letters.release(a, everything=True)
    letters.release(b, everything=True)
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    assert b.replica.rows("SELECT date_at FROM promise") == [(first,)]
    assert field(b, one, "promised_at") == first
    sent = b.replica.rows("SELECT m.id = p.letter_id FROM message m JOIN promise p ON p.id = m.about")
    assert sent == [(1,)]
    assert b.replica.value("SELECT count(*) FROM outgoing WHERE state = 'ready'") == 1
    assert len(a.replica.rows("SELECT DISTINCT specialist_id FROM booking")) == 1


def test_the_place_of_a_booking_that_was_moved_on_both_sides(office: Office) -> None:
    a, b, _c = office.three()
    with a.act() as act:
        row = act.insert(Booking, ticket_id=ticket(a), specialist_id="anna", start_at=10, end_at=20)
    office.settle()
    for desk, start in ((a, 100), (b, 200)):
        with desk.act() as act:
            act.update(Booking, row, start_at=start, end_at=start + 10)
    office.sync("a")
    office.sync("b")
    office.settle()
    office.same()
    assert b.replica.rows("SELECT start_at, end_at FROM booking") == [(100, 110)]


def test_a_letter_taken_in_twice_is_one_ticket(office: Office) -> None:
    a, b, _c = office.three()
    numbers_told = set()
    for desk in (a, b):
        outcome = intake.accept(desk, incoming()).result
        numbers_told.add(outcome.number)
    office.settle()
    office.same()
    assert a.replica.value("SELECT count(*) FROM ticket") == 1
    assert a.replica.value("SELECT count(*) FROM message WHERE direction = 'in'") == 1
    one = a.replica.value("SELECT id FROM ticket")
    assert {tickets.find(b, told) for told in numbers_told} == {one}


@pytest.mark.parametrize("kind", KINDS)
def test_a_crash_anywhere_is_harmless(office: Office, kind: str) -> None:
    """The fault moves through a round operation by operation until a round no longer meets it."""
    a, b, _c = office.three()
    made: list[str] = []
    for step in range(60):
        one = ticket(a, f"{kind} {step}")
        made.append(one)
        work.note(a, one, "note", f"note {step}")
        faults = office.faults["a"]
        faults.arm(kind, step)
        try:
            office.sync("a")
        except Killed:
            pass
        except UserFacingError as error:
            assert isinstance(error, HubUnreachable | HubRefused | Corrupt), error
        met = not faults.kind
        a = office.restart("a")
        if not met:
            break
    else:
        raise AssertionError("a round has no end")
    office.settle()
    office.same()
    assert step > 5 or kind == "stale"
    assert b.replica.value("SELECT count(*) FROM ticket") == len(made)
    assert b.replica.value("SELECT count(*) FROM note") == len(made)
    told = [number(b, one) for one in made]
    assert None not in told and len(set(told)) == len(told)


def test_a_lost_answer_is_found_again(office: Office) -> None:
    a, b, _c = office.three()
    ticket(a)
    log = office.share / f"log-{FolderHub(office.share).head().epoch}"
    before = len(list(log.iterdir()))
    faults = office.faults["a"]
    for after in range(60):
        faults.clear()
        faults.arm("kill after", after)
        try:
            office.sync("a")
        except Killed:
            pass
        published = len(list(log.iterdir())) > before
        a = office.restart("a")
        if published:
            break
    with a.act() as act:  # what was sent is taken back before we know that it was
        for (row,) in a.replica.rows("SELECT id FROM ticket"):
            act.writing.execute("DELETE FROM ticket WHERE id = ?", (row,))
    office.settle()
    office.same()
    assert b.replica.value("SELECT count(*) FROM ticket") == 0


def test_a_sleeper_behind_a_compacted_log(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    triage.set_urgency(c, [one], 1)
    work.note(c, one, "note", "written while asleep")
    gone = ticket(c, "Новая у спящего")
    for n in range(5):
        work.note(a, one, "note", str(n))
        triage.set_urgency(a, [one], 2)
        triage.set_effort(a, [one], 30 + n)
        office.sync("a")
        office.sync("b")
    hub = FolderHub(office.share)
    made = upkeep.publish(b, hub)
    assert made is not None
    hub.compact(made.head)
    result = office.sync("c")
    assert result.rebuilt
    office.settle()
    office.same()
    assert c.replica.value("SELECT count(*) FROM note") == 6
    assert (field(a, one, "urgency"), field(a, one, "effort")) == (1, 34)
    assert conflicts(a) == [("both", {"urgency": 1}, {"urgency": 2})]
    assert field(a, gone, "subject") == "Новая у спящего"


def keep(office: Office) -> Path:
    """A copy of the share, as a backup program makes it."""
    target = office.folder / "backup"
    shutil.copytree(office.share, target)
    return target


def restore(office: Office, backup: Path) -> None:
    shutil.rmtree(office.share)
    shutil.copytree(backup, office.share)


def test_a_share_restored_to_last_week_gets_everything_back(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    backup = keep(office)
    for n in range(4):
        work.note((a, b, c)[n % 3], one, "note", str(n))
        office.settle()
    place = office.sync("a").head
    restore(office, backup)
    assert not office.sync("b").rebuilt
    assert FolderHub(office.share).head() == place  # the very same log
    office.settle()
    office.same()
    assert c.replica.value("SELECT count(*) FROM note") == 4


def test_a_restored_share_that_others_went_on_writing(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    backup = keep(office)
    work.note(a, one, "note", "lost one")
    triage.set_urgency(b, [one], 1)
    lost = ticket(b, "Потерянная")
    office.settle("a", "b")
    restore(office, backup)
    triage.set_urgency(c, [one], 2)  # c was away and knows nothing of it
    work.note(c, one, "note", "new one")
    office.sync("c")
    assert office.sync("a").rebuilt
    office.settle()
    office.same()
    texts = {row[0] for row in c.replica.rows("SELECT text FROM note")}
    assert texts == {"lost one", "new one"}
    assert field(c, lost, "subject") == "Потерянная" and number(c, lost) == number(b, lost)
    assert field(c, one, "urgency") == 1 and len(conflicts(c)) == 1


def test_a_lost_hub_is_made_again_from_a_replica(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.settle()
    work.note(b, one, "note", "not shared yet")
    shutil.rmtree(office.share)
    office.share.mkdir()
    with pytest.raises(HubUnreachable):
        office.sync("a")
    commands.rebuild(a, hub_too=True)
    for name in ("b", "c"):
        assert office.sync(name).rebuilt
    office.settle()
    office.same()
    assert c.replica.value("SELECT text FROM note") == "not shared yet"


def test_a_hub_is_not_made_anew_over_one_that_a_colleague_made(office: Office) -> None:
    a, b, _c = office.three()
    commands.rebuild(a, hub_too=True)
    with pytest.raises(HubRefused, match="made anew already"):
        commands.rebuild(b, hub_too=True)
    office.settle()
    office.same()


def test_a_damaged_batch_is_stepped_over(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    office.sync("a")
    office.sync("b")
    log = office.share / f"log-{FolderHub(office.share).head().epoch}"
    last = max(path for path in log.iterdir() if path.name.isdigit())
    last.write_bytes(last.read_bytes()[:-20])
    work.note(c, ticket(c, "Своя"), "note", "waits meanwhile")
    with pytest.raises(Corrupt):
        office.sync("c")
    work.note(b, one, "note", "goes on")
    office.sync("b")
    assert office.sync("c").rebuilt
    office.settle()
    office.same()
    assert {row[0] for row in a.replica.rows("SELECT text FROM note")} == {"waits meanwhile", "goes on"}


def test_a_copied_profile_becomes_a_replica_of_its_own(office: Office) -> None:
    a, b, _c = office.three()
    work.note(b, ticket(b), "note", "before the copy")
    copy = office.copy("b", "b2")
    assert copy.replica.state("replica") != b.replica.state("replica")
    assert number(copy, ticket(copy, "Из копии")) is None
    ticket(b, "Из оригинала")
    office.settle()
    office.same()
    told = [row[0] for row in a.replica.rows("SELECT number FROM ticket")]
    assert len(told) == 3 and None not in told and len(set(told)) == 3
    assert a.replica.value("SELECT count(*) FROM note") == 1


def test_a_database_restored_from_a_backup(office: Office) -> None:
    a, b, _c = office.three()
    backup = b.replica.backup("test")
    one = ticket(b, "Nach der Sicherung")
    told = number(b, one)
    office.settle()
    b.replica.disconnect()
    for end in ("-wal", "-shm"):
        Path(f"{b.replica.path}{end}").unlink(missing_ok=True)
    shutil.copy(backup, b.replica.path)
    b = office.restart("b")
    assert commands.opened(b)
    two = ticket(b, "Nach der Wiederherstellung")
    assert number(b, two) is None
    office.settle()
    office.same()
    assert number(a, one) == told and number(a, two) not in (None, told)


def test_a_whole_profile_restored_in_place_is_found_out_by_the_log(office: Office) -> None:
    a, b, _c = office.three()
    b.replica.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(office.folder / "b", office.folder / "image")
    one = ticket(b, "Nach dem Abbild")
    office.settle()
    b.replica.disconnect()
    shutil.rmtree(office.folder / "b")
    shutil.copytree(office.folder / "image", office.folder / "b")
    b = office.restart("b")
    two = ticket(b, "Offline")  # the machine cannot know yet
    office.settle()
    office.same()
    assert {number(a, one), number(a, two)} & {None} == set() and number(a, one) != number(a, two)


def test_too_much_to_delete_is_asked_about(office: Office) -> None:
    a, b, _c = office.three()
    with a.act() as act:
        for n in range(60):
            act.insert(Skill, name=str(n))
    office.settle()
    with a.act() as act:
        act.writing.execute("DELETE FROM skill WHERE position = 0")
    with pytest.raises(Implausible):
        office.sync("a")
    office.rounds["a"].allow = True
    office.sync("a")
    with pytest.raises(Implausible):
        office.sync("b")
    assert b.replica.value("SELECT count(*) FROM skill") >= 60
    office.rounds["b"].allow = office.rounds["c"].allow = True
    office.settle()
    office.same()


def test_what_a_newer_application_sends_is_kept(office: Office) -> None:
    from deskapp.sync.hub.hub import Batch

    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    hub = FolderHub(office.share)
    newer = (
        Change("ticket", one, "U", {"urgency": [3, 2], "mood": [None, "angry"]}, "x", 1),
        Change("spaceship", "s1", "I", {"name": [None, "Восток"]}, "x", 1),
    )
    hub.append(hub.head(), Batch("newer-1", "newer", 2, "0.1.0", 1, newer))
    office.settle()
    office.same()
    assert field(b, one, "urgency") == 2
    assert b.replica.rows("SELECT tbl, row, col, value FROM parked ORDER BY tbl, col") == [
        ("spaceship", "s1", "id", '"s1"'),
        ("spaceship", "s1", "name", '"Восток"'),
        ("ticket", one, "mood", '"angry"'),
    ]
    hub.append(hub.head(), Batch("newer-2", "newer", 3, "99.0", 1, ()))
    with pytest.raises(UpdateToSync):
        office.sync("a")
    work.note(a, one, "note", "goes on working")


def test_parked_values_are_taken_in_after_the_update(office: Office) -> None:
    a, _b, _c = office.three()
    one = ticket(a)
    office.settle()
    a.replica.db.execute_sql("INSERT INTO parked VALUES ('ticket', ?, 'product', '\"Касса\"')", (one,))
    a.replica.set_state("hub_schema", "0")
    office.sync("a")
    assert field(a, one, "product") == "Касса"
    assert a.replica.rows("SELECT * FROM parked") == []


def test_files_go_before_the_letter_and_come_when_looked_at(office: Office) -> None:
    a, b, _c = office.three()
    data = "Протокол".encode() * 1000
    sha256 = files.put(a, data)
    work.note(a, ticket(a), "note", "with a file", files=[IncomingFile("p.txt", "text/plain", len(data), sha256)])
    office.settle()
    assert FolderHub(office.share).has_blob(sha256) and not files.has(b, sha256)
    assert blobs.gather(b, FolderHub(office.share)) == 1
    assert files.read(b, sha256) == data and hashlib.sha256(data).hexdigest() == sha256


def test_a_lease_has_one_holder_and_passes_on_by_observation(office: Office) -> None:
    a, b, _c = office.three()
    steady = [0.0]
    for name in ("a", "b"):
        office.rounds[name].leases._steady = office.rounds[name]._steady = lambda: steady[0]
        office.rounds[name].wants = ("mail",)
    office.sync("a")
    office.sync("b")
    one, other = office.rounds["a"].leases, office.rounds["b"].leases
    token = one.token("mail")
    assert token is not None and other.token("mail") is None
    steady[0] += TERM - 1
    office.sync("b")
    assert other.token("mail") is None
    steady[0] += 2 + rounds.BEAT  # a has shown no sign of life for longer than the term
    office.sync("b")
    ticket(b)
    office.sync("b")
    assert (other.token("mail") or 0) > token
    assert one.token("mail") is None  # and knows by its own clock that it may have been taken
    office.sync("a")
    assert one.token("mail") is None and other.token("mail") is not None
    office.settle()
    office.same()
    assert a.replica.value("SELECT replica FROM lease WHERE id = 'mail'") == b.replica.state("replica")


def test_a_difference_between_replicas_is_seen_and_mended(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    b.replica.db.execute_sql("UPDATE capture_context SET active = 0")
    b.replica.db.execute_sql("UPDATE ticket SET subject = 'broken' WHERE id = ?", (one,))
    b.replica.db.execute_sql("UPDATE capture_context SET active = 1")
    for desk in (a, b):
        rounds.compare(desk, FolderHub(office.share))
    office.rounds["a"]._beaten = office.rounds["b"]._beaten = None
    office.sync("a")
    office.sync("b")
    assert rounds.compare(b, FolderHub(office.share)) == ["ticket"]
    work.note(b, one, "note", "not lost by the rebuild")
    commands.rebuild(b)
    office.settle()
    office.same()
    assert field(b, one, "subject") == "Не печатает принтер"
    assert a.replica.value("SELECT text FROM note") == "not lost by the rebuild"


def test_a_full_and_a_read_only_share_say_so(office: Office) -> None:
    a, _b, _c = office.three()
    ticket(a)
    office.faults["a"].arm("error before", 6, errno.ENOSPC)
    with pytest.raises(HubUnreachable, match="full"):
        office.sync("a")
    office.faults["a"].clear()
    office.settle()
    office.same()


def test_a_share_that_vanishes_and_comes_back(office: Office) -> None:
    a, b, _c = office.three()
    office.share.rename(office.folder / "away")
    ticket(a)
    with pytest.raises(HubUnreachable):
        office.sync("a")
    office.share.mkdir()  # an empty mount point
    with pytest.raises(HubUnreachable):
        office.sync("a")
    office.share.rmdir()
    (office.folder / "away").rename(office.share)
    office.settle()
    office.same()
    assert b.replica.value("SELECT count(*) FROM ticket") == 1


@pytest.mark.parametrize("name", ["OneDrive - Firma", "Dropbox", "Yandex.Disk", "Мой диск"])
def test_a_synchronised_folder_is_refused(tmp_path: Path, name: str) -> None:
    office = Office(tmp_path)
    desk = office.open("a")
    setup.begin(desk)
    with pytest.raises(HubRefused, match="synchronised"):
        commands.init(desk, str(tmp_path / name / "desk"))
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(HubRefused, match="Syncthing"):
        commands.init(desk, str(tmp_path / "desk"))
    office.close()


def test_a_desk_is_not_shared_over_another_and_not_joined_over_work(office: Office) -> None:
    a, _b, _c = office.three()
    other = office.open("other")
    setup.begin(other)
    with pytest.raises(HubRefused, match="already"):
        commands.init(other, str(office.share))
    ticket(other)
    with pytest.raises(HubRefused, match="has a desk"):
        commands.join(Profile(office.folder / "other"), commands.invite(a))
    del office.desks["other"]
    other.replica.disconnect()


def test_leaving_makes_a_desk_of_its_own(office: Office) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    commands.leave(b)
    assert commands.status(b).where == ""
    two = ticket(b)
    assert (number(b, two) or 0) > (number(a, one) or 0)
    assert a.replica.value("SELECT count(*) FROM ticket") == 1
    del office.desks["b"]
    b.replica.disconnect()


def test_an_init_whose_process_died_is_finished(tmp_path: Path) -> None:
    office = Office(tmp_path)
    desk = office.open("a")
    setup.begin(desk)
    ticket(desk)
    office.share.mkdir()
    for after in range(40):
        office.faults["a"].arm("kill after", after)
        try:
            commands.init(desk, str(office.share)).close()
            break
        except Killed:
            desk.replica.disconnect()
            office.faults["a"].clear()
            desk = office.open("a")
        if commands.status(desk).where:
            break
    office.faults["a"].clear()
    office._attach("a")
    office.sync("a")
    joined = office.join("b")
    office.settle()
    office.same()
    assert joined.replica.value("SELECT count(*) FROM ticket") == 1
    office.close()


def test_snapshots_and_compaction_keep_a_desk_small(office: Office) -> None:
    a, b, c = office.three()
    one = ticket(a)
    for n in range(30):
        work.note(a, one, "note", str(n))
        office.sync("a")
    office.settle()
    hub = FolderHub(office.share)
    upkeep.publish(a, hub)
    upkeep.keep_small(a, hub, may_write=True)
    log = office.share / f"log-{hub.head().epoch}"
    assert len([p for p in log.iterdir() if p.name.isdigit()]) > 30
    office.clock.advance(days=upkeep.KEEP_DAYS + 1)
    upkeep.keep_small(a, hub, may_write=True)
    assert len([p for p in log.iterdir() if p.name.isdigit()]) == 0
    work.note(b, one, "note", "afterwards")
    office.settle()
    office.same()
    assert c.replica.value("SELECT count(*) FROM note") == 31


def test_a_snapshot_is_an_ordinary_database_of_the_desk(office: Office) -> None:
    import sqlite3

    a, _b, _c = office.three()
    letters_before = a.replica.value("SELECT count(*) FROM held_letter")
    one = ticket(a)
    promised(a, one)
    assert upkeep.publish(a, FolderHub(office.share)) is None  # something is not shared yet
    office.settle()
    assert upkeep.publish(a, FolderHub(office.share)) is not None
    newest = max((office.share / f"snapshots-{FolderHub(office.share).head().epoch}").glob("*.sqlite"))
    db = sqlite3.connect(newest)
    assert db.execute("SELECT id FROM ticket").fetchall() == [(one,)]
    assert db.execute("SELECT count(*) FROM held_letter").fetchone() == (0,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert a.replica.value("SELECT count(*) FROM held_letter") == letters_before + 1
    db.close()


def test_a_block_lost_with_the_share_gives_no_number_twice(office: Office) -> None:
    """The claim of one copied profile is lost with the share, and the other copy claims the same numbers."""
    a, _b, _c = office.three()
    backup = keep(office)
    copy1, copy2 = office.copy("a", "copy1"), office.copy("a", "copy2")
    ticket(copy2, "Vor dem Verlust")
    office.sync("copy2")
    restore(office, backup)
    ticket(copy1, "Eins")
    ticket(copy1, "Zwei")
    office.settle()
    office.same()
    numbers = [row[0] for row in a.replica.rows("SELECT number FROM ticket")]
    assert None not in numbers and len(numbers) == len(set(numbers))
