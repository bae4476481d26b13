"""Sharing a desk from the command line: real processes, two profiles, one folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp.desk import setup
from deskapp.models.schema import Skill
from deskapp.sync.hub import commands
from tests.sync.hub.desks import open_desk

ROOT = Path(__file__).resolve().parents[1]


def run(profile: Path, *words: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "deskapp", *words, "--profile", str(profile)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout if code == 0 else ran.stderr


def subjects(profile: Path) -> list[str]:
    return sorted(json.loads(line)["subject"] for line in run(profile, "list", "--json").splitlines())


def test_two_desks_meet_in_a_folder(tmp_path: Path) -> None:
    first, second, share = tmp_path / "first", tmp_path / "second", tmp_path / "share"
    share.mkdir()
    run(first, "new", "--subject", "Was here before")
    invitation = run(first, "hub", "init", str(share)).splitlines()[-1]
    assert invitation.startswith("deskapp-join:") and str(share) not in invitation
    (tmp_path / "invitation.txt").write_text(invitation, "utf-8")
    run(second, "hub", "join", str(tmp_path / "invitation.txt"))
    assert subjects(second) == ["Was here before"]
    run(second, "note", "1001", "Looked", "at", "it")
    number = run(second, "new", "--subject", "From the second").strip("#\n")
    assert json.loads(run(second, "sync", "--json"))["waiting"] == 0
    assert json.loads(run(first, "sync", "--json"))["read"] >= 1
    assert subjects(first) == ["From the second", "Was here before"]
    entries = json.loads(run(first, "show", "1001", "--json"))["entries"]
    assert [entry["text"] for entry in entries if entry["kind"] == "note"] == ["Looked at it"]
    assert json.loads(run(first, "show", number, "--json"))["subject"] == "From the second"
    status = json.loads(run(first, "hub", "status", "--json"))
    assert (status["reachable"], status["waiting"], len(status["replicas"])) == (True, 0, 2)
    checked = run(first, "hub", "check")
    assert "missing" not in checked and re.search(r"Delay.*\b\d+ ms", checked), checked


@pytest.mark.skipif(os.name != "posix", reason="there is no such terminal on Windows")
def test_whoever_joins_at_a_terminal_sees_how_much_has_come(tmp_path: Path) -> None:
    first, second, share = tmp_path / "first", tmp_path / "second", tmp_path / "share"
    share.mkdir()
    invitation = run(first, "hub", "init", str(share)).splitlines()[-1]
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "deskapp", "hub", "join", invitation, "--profile", str(second)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=theirs, timeout=120)
    said = os.read(ours, 4096).decode()
    os.close(theirs)
    os.close(ours)
    assert ran.returncode == 0 and said.rstrip().endswith("fetching the desk: 100 %"), said


def test_without_the_share_work_goes_on_and_joins_later(tmp_path: Path) -> None:
    first, second, share = tmp_path / "first", tmp_path / "second", tmp_path / "share"
    share.mkdir()
    invitation = run(first, "hub", "init", str(share)).splitlines()[-1]
    run(second, "hub", "join", invitation)
    share.rename(tmp_path / "gone")
    numbers = {run(profile, "new", "--subject", f"Offline {profile.name}").strip() for profile in (first, second)}
    assert len(numbers) == 2, "each told a number of its own, with no connection"
    assert "Everything is kept here" in run(first, "sync", code=1)
    (tmp_path / "gone").rename(share)
    for profile in (first, second, first):
        run(profile, "sync")
    assert subjects(first) == subjects(second) == ["Offline first", "Offline second"]


def test_an_address_that_is_no_folder_is_none(tmp_path: Path) -> None:
    for where in ("host=127.0.0.1 port=5432 dbname=desk", "mysql://server/desk", "https://server/desk"):
        assert "no place for a shared desk" in run(tmp_path / "first", "hub", "init", where, code=1)
    assert not [path for path in ROOT.iterdir() if "=" in path.name or path.name.endswith(":")]


def test_leaving_keeps_everything(tmp_path: Path) -> None:
    profile, share = tmp_path / "desk", tmp_path / "share"
    share.mkdir()
    run(profile, "new", "--subject", "Mine")
    run(profile, "hub", "init", str(share))
    assert "already" in run(profile, "hub", "init", str(share), code=1)
    run(profile, "hub", "leave")
    assert subjects(profile) == ["Mine"]
    assert "alone" in run(profile, "sync", code=1)


def test_a_wrong_invitation_is_said(tmp_path: Path) -> None:
    assert "no invitation" in run(tmp_path / "desk", "hub", "join", "hello", code=1)


def test_a_store_moves_from_a_folder_to_postgresql_and_the_others_follow(tmp_path: Path, postgres_dsn: str) -> None:
    first, second, share = tmp_path / "first", tmp_path / "second", tmp_path / "share"
    share.mkdir()
    run(first, "new", "--subject", "Was in the folder")
    invitation = run(first, "hub", "init", str(share)).splitlines()[-1]
    run(second, "hub", "join", invitation)
    run(second, "new", "--subject", "Written before it was told")
    known = dict(part.split("=") for part in postgres_dsn.split())
    where = f"postgresql://{known['user']}@{known['host']}:{known['port']}/{known['dbname']}"
    said = run(first, "hub", "move", where).splitlines()
    assert said[0].startswith("moved to") and said[1].startswith("deskapp-join:")
    assert json.loads(run(first, "hub", "status", "--json"))["where"].startswith("postgresql://")
    run(second, "sync")
    run(second, "hub", "follow", where)
    run(second, "new", "--subject", "Written after")
    run(second, "sync")
    run(first, "sync")
    assert subjects(first) == subjects(second) == ["Was in the folder", "Written after", "Written before it was told"]
    assert "nothing to follow" in run(first, "hub", "follow", code=1).lower()


def test_a_round_that_would_delete_much_says_how_it_is_allowed(tmp_path: Path) -> None:
    desk, share = open_desk(tmp_path / "first"), tmp_path / "share"
    share.mkdir()
    setup.begin(desk)
    commands.init(desk, str(share)).close()
    with desk.act() as act:
        for n in range(60):
            act.insert(Skill, name=str(n))
    commands.sync_once(desk)
    with desk.act() as act:
        act.writing.execute("DELETE FROM skill")
    desk.replica.disconnect()
    assert "deskapp sync --allow-deleting" in run(tmp_path / "first", "sync", code=1)
    told = json.loads(run(tmp_path / "first", "sync", "--json", "--allow-deleting"))
    assert (told["sent"], told["waiting"]) == (1, 0)
