"""The agent as a process of its own: it works without a window, says how it does, stops clean, and survives a kill."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskapp.core import log
from deskapp.core.clock import SystemClock
from deskapp.core.locks import FileLock
from deskapp.core.paths import Profile, resources
from deskapp.desk import files, intake, mailport, work
from deskapp.models.schema import Attachment
from deskapp.sync import agent
from tests import measure_process
from tests.measure_process import needs_proc
from tests.sync.hub.desks import Office, open_desk
from tests.sync.mail.build_letters import letter
from tests.sync.mail.test_journeys import Office as MailOffice

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def start(profile: Path) -> subprocess.Popen[bytes]:
    often = ["--hub-every", "0.2", "--mail-every", "0.3", "--watch-every", "0.5"]
    command = [sys.executable, "-m", "deskapp", "agent", "--profile", str(profile), *often]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def until(process: subprocess.Popen[bytes], what: Callable[[], bool]) -> None:
    """Wait for something that the agent does, while it lives."""
    for _turn in range(200):
        if what():
            return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(process.stderr.read().decode() if process.stderr else "it ended")
    raise AssertionError("it did not happen")


def health(profile: Path) -> tuple[bool, dict[str, Any]]:
    return agent.health(profile, SystemClock().now())


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    office.first("agent")
    office.join("other", by="agent")
    office.settle()
    office.desks["agent"].replica.disconnect()
    del office.desks["agent"], office.rounds["agent"]
    yield office
    office.close()


def test_it_works_stops_and_survives_a_kill(shared: Office) -> None:
    other, folder = shared.desks["other"], shared.folder / "agent"
    assert health(folder) == (False, {"running": False, "problems": ["No agent works on this profile."], "work": {}})
    running = start(folder)
    try:
        until(running, lambda: health(folder)[0] and all(w["well"] for w in health(folder)[1]["work"].values()))
        assert health(folder)[1]["work"]["hub"]["kind"] == "fresh"
        # what a colleague writes arrives with its files, though nobody looks at them
        ticket = intake.by_hand(other, "Не печатает").result
        name = files.put(other, b"a page that came out black")
        with other.act("note") as act:
            act.insert(Attachment, ticket_id=ticket, name="page.txt", size=26, sha256=name)
        shared.settle("other")
        place = Profile(folder).blobs / name[:2] / name
        until(running, place.exists)
        # one agent a profile, and a round of the command line beside it is no trouble
        second = subprocess.run(
            [sys.executable, "-m", "deskapp", "agent", "--profile", str(folder)], cwd=ROOT, capture_output=True
        )
        assert second.returncode == 1 and b"already" in second.stderr
        beside = subprocess.run(
            [sys.executable, "-m", "deskapp", "sync", "--json", "--profile", str(folder)], cwd=ROOT, capture_output=True
        )
        assert beside.returncode == 0, beside.stderr
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert health(folder)[1]["problems"][0] == "It was killed."
        # it goes on where it was
        work.note(other, ticket, "note", "while it was dead")
        shared.settle("other")
        running = start(folder)
        until(running, lambda: health(folder)[0] and health(folder)[1]["killed_before"])
        mine = open_desk(folder)
        until(running, lambda: mine.replica.value("SELECT count(*) FROM note WHERE text = 'while it was dead'") == 1)
        running.send_signal(signal.SIGTERM)
        assert running.wait(120) == 0
        told = health(folder)[1]
        assert told["ended"] and not told["running"]
        # others may take over at once
        assert mine.replica.value("SELECT count(*) FROM lease WHERE replica = ?", (mine.replica.state("replica"),)) == 0
        mine.replica.disconnect()
    finally:
        running.kill()
        running.communicate()
    lines = [json.loads(line) for line in (folder / "log" / "agent.log").read_text("utf-8").splitlines()]
    assert [line["said"] for line in lines if line["said"].startswith("agent")].count("agent begins") == 2
    assert {"at", "level", "where"} <= set(lines[0]) and "while it was dead" not in json.dumps(lines)


def test_a_share_that_is_gone_is_said_and_the_rest_goes_on(shared: Office) -> None:
    folder = shared.folder / "agent"
    shared.share.rename(shared.folder / "gone")
    running = start(folder)
    try:
        until(running, lambda: "problem" in health(folder)[1].get("work", {}).get("hub", {}))
        until(running, lambda: bool(health(folder)[1]["work"]["watch"]["well"]))
        said = subprocess.run(
            [sys.executable, "-m", "deskapp", "agent", "--health", "--profile", str(folder)], cwd=ROOT,
            capture_output=True,
        )  # fmt: skip
        told = json.loads(said.stdout)
        assert said.returncode == 1 and not told["well"] and told["problems"][0].startswith("hub: ")
        (shared.folder / "gone").rename(shared.share)
        until(running, lambda: health(folder)[0])
        running.send_signal(signal.SIGINT)
        assert running.wait(120) == 0
    finally:
        running.kill()
        running.communicate()


def test_an_agent_that_hangs_is_not_well(shared: Office) -> None:
    folder = shared.folder / "agent"
    desk = open_desk(folder, shared.clock)
    told = agent.Health(desk)
    told.begin({"hub": 2.0, "mail": 30.0})
    told.tell("hub", desk.clock.now(), {"kind": "fresh"})
    lock = FileLock(folder / "agent.lock")
    assert lock.take()
    assert agent.health(folder, desk.clock.now())[0]
    well, found = agent.health(folder, desk.clock.now() + timedelta(minutes=3))
    assert not well and found["problems"] == ["hub: nothing for 180 seconds"]
    assert agent.health(folder, desk.clock.now() + timedelta(minutes=9))[1]["problems"][1].startswith("mail: ")
    lock.release()
    desk.replica.disconnect()


def test_service_files_name_the_command() -> None:
    service = resources() / "service"
    unit = (service / "deskapp-agent.service").read_text("utf-8")
    assert "ExecStart=/usr/bin/env deskapp agent" in unit and "Restart=always" in unit
    task = ET.parse(service / "deskapp-agent.xml").getroot()
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert task.findtext("t:Actions/t:Exec/t:Arguments", namespaces=space) == "agent"
    said = subprocess.run([sys.executable, "-m", "deskapp", "agent", "--install-help"], cwd=ROOT, capture_output=True)
    assert said.returncode == 0 and b"systemctl --user enable" in said.stdout and str(service).encode() in said.stdout


def test_the_log_of_a_process_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    import logging

    before = list(logging.getLogger().handlers)
    try:
        log.start(tmp_path)
        log.start(tmp_path, name="agent", structured=True)
        ours = [one for one in logging.getLogger().handlers if one not in before]
        assert len(ours) == 1
        try:
            raise ValueError("Dear Sirs, my password is hunter2")
        except ValueError:
            logging.getLogger("deskapp.trial").exception("a bug", extra={"facts": {"count": 2}})
        (line,) = (tmp_path / "agent.log").read_text("utf-8").splitlines()
        told = json.loads(line)
        assert told["count"] == 2 and told["said"] == "a bug" and told["trouble"].startswith("ValueError\n")
        assert "hunter2" not in line and "Dear" not in line
        assert not (tmp_path / "deskapp.log").exists()
    finally:
        for one in [one for one in logging.getLogger().handlers if one not in before]:
            logging.getLogger().removeHandler(one)
            one.close()


@needs_proc
@pytest.mark.long
def test_a_day_of_rounds_leaves_memory_and_handles_flat(shared: Office) -> None:
    """As many rounds, letters and looks as a working day has, in a minute."""
    other, folder = shared.desks["other"], shared.folder / "agent"
    ticket = intake.by_hand(other, "Не печатает").result
    often = ["--hub-every", "0.01", "--mail-every", "0.05", "--watch-every", "0.05"]
    running = subprocess.Popen(
        [sys.executable, "-m", "deskapp", "agent", "--profile", str(folder), *often], cwd=ROOT, stderr=subprocess.PIPE
    )

    def work_for(turns: int) -> None:
        for number in range(turns):
            work.note(other, ticket, "note", f"note {number}")
            shared.sync("other")
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(0.05)
            assert running.poll() is None

    def held() -> tuple[float, int, int]:
        return measure_process.megabytes(running.pid), *(
            count(running.pid) for count in (measure_process.handles, measure_process.threads)
        )

    try:
        until(running, lambda: health(folder)[0])
        work_for(150)
        memory, handles, threads = held()
        work_for(450)
        later = held()
        print(
            f"after a morning {memory:.0f} MB, {handles} handles; after the day {later[0]:.0f} MB, {later[1]} handles"
        )
        assert later[0] - memory < 8 and later[1] - handles <= 2 and later[2] <= threads
        running.send_signal(signal.SIGTERM)
        assert running.wait(120) == 0
    finally:
        running.kill()
        running.communicate()


def test_a_turn_of_mail_goes_on_while_letters_lie_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox of many old letters is not read by one batch each half minute; a pause is kept by the agent too."""
    monkeypatch.setattr("deskapp.sync.mail.mailroom.BATCH", 2)
    office = MailOffice(tmp_path, "help@desk.example")
    office.desk.mail = office.room
    for number in range(7):
        office.deliver("help@desk.example", letter(f"Subject: Letter {number}", f"Message-ID: <{number}@x>"))
    working = agent.Agent(office.desk)
    try:
        mailport.pause_reading(office.desk, True)
        assert working._go_mail()["behind"] == 0 and office.count("ticket") == 0
        mailport.pause_reading(office.desk, False)
        assert working._go_mail()["behind"] == 0 and office.count("ticket") == 7
    finally:
        office.room.close()
        office.desk.replica.disconnect()
