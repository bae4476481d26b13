"""The commands that read tables in and write the desk out."""

from __future__ import annotations

import json
from pathlib import Path

from tests.test_cli import deskapp, done

TICKETS = "Номер;Тема;Создана;Закрыта;Клиент\n9001;Не печатает;01.02.2026;02.02.2026;Ромашка\n9002;;01.02.2026;;\n"


def test_a_table_goes_in_and_the_desk_goes_out_and_in_again(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TICKETS, "cp1251")
    first, second = tmp_path / "one", tmp_path / "two"
    tried = deskapp("import", "--profile", first, "--dry-run", "--json", tmp_path / "t.csv")
    told = json.loads(tried.stdout)
    assert (told["kind"], told["rows"], told["left_out"]) == ("tickets", 2, 1)
    assert told["columns"]["subject"] == "Тема"
    taken = deskapp("import", "--profile", first, tmp_path / "t.csv")
    assert taken.returncode == 1 and "1 made" in taken.stdout and "row 2: subject: missing" in taken.stderr
    counts = json.loads(done("export", "--profile", first, "--json", tmp_path / "desk.zip"))
    assert (counts["ticket"], counts["customer"]) == (1, 1)
    assert json.loads(done("import-desk", "--profile", second, "--json", tmp_path / "desk.zip")) == counts
    shown = json.loads(done("show", "--profile", second, "--json", "9001"))
    assert (shown["subject"], shown["status"], shown["contract"]) == ("Не печатает", "closed", None)
    again = deskapp("import-desk", "--profile", second, tmp_path / "desk.zip")
    assert again.returncode != 0 and "not empty" in again.stderr
    wrong = deskapp("import", "--profile", first, "--column", "subject=Nothing", tmp_path / "t.csv")
    assert wrong.returncode != 0 and "no such column" in wrong.stderr
