"""Rounds of real desks through a real PostgreSQL, and the plain tables that they leave there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.desk import work
from deskapp.models.tables import defaults, models
from deskapp.sync.hub import commands, upkeep
from tests.servers import PostgresCluster
from tests.sync.hub.desks import Office, ticket
from tests.sync.hub.postgres_office import PostgresOffice, sql, url
from tests.sync.hub.test_rounds import (  # noqa: F401  these hold for every hub
    test_a_copied_profile_becomes_a_replica_of_its_own,
    test_a_database_restored_from_a_backup,
    test_a_letter_taken_in_twice_is_one_ticket,
    test_a_merge_tells_what_changed,
    test_a_promise_belongs_to_the_first_in_the_hub,
    test_a_slot_belongs_to_the_first_in_the_hub,
    test_a_whole_profile_restored_in_place_is_found_out_by_the_log,
    test_an_exhausted_block_waits_for_the_next_round,
    test_both_values_of_a_conflict_are_kept,
    test_deleted_against_edited,
    test_different_columns_join_without_a_question,
    test_leaving_makes_a_desk_of_its_own,
    test_numbers_are_told_at_once_and_given_once,
    test_parked_values_are_taken_in_after_the_update,
    test_the_place_of_a_booking_that_was_moved_on_both_sides,
    test_too_much_to_delete_is_asked_about,
    test_what_one_does_all_see,
)


@pytest.fixture
def office(postgres_cluster: PostgresCluster, postgres_dsn: str, tmp_path: Path) -> Iterator[Office]:
    made = PostgresOffice(tmp_path, url(postgres_cluster, postgres_dsn.rpartition("dbname=")[2]))
    yield made
    made.close()


def plain_equals_replica(office: PostgresOffice, name: str = "a") -> None:
    desk = office.desks[name]
    assert sql(office.at, "SELECT * FROM deskapp.trouble") == []
    for table in models():
        columns = ", ".join(f'"{column}"' for column in ("id", *defaults(table)))
        mine = sorted(map(tuple, desk.replica.rows(f'SELECT {columns} FROM "{table}"')))
        assert sorted(sql(office.at, f'SELECT {columns} FROM desk."{table}"')) == mine, table


def test_the_plain_tables_are_what_the_replicas_are(office: PostgresOffice) -> None:
    a, b, _c = office.three()
    plain_equals_replica(office)
    one = ticket(a)
    for number in range(3):
        work.note(a, one, "note", f"Проверено {number}")
    office.settle()
    work.note(b, one, "check", "и ещё раз")
    b.replica.db.execute_sql("DELETE FROM skill WHERE id = (SELECT max(id) FROM skill)")
    office.settle()
    office.same()
    plain_equals_replica(office)


def test_reports_see_times_and_lists(office: PostgresOffice) -> None:
    a = office.first()
    one = ticket(a)
    office.sync("a")
    ((received, zone),) = sql(office.at, "SELECT received_at, pg_typeof(received_at)::text FROM report.ticket")
    assert zone == "timestamp with time zone" and received == office.clock.now()
    told = dict(sql(office.at, "SELECT id, lines FROM report.specialist"))
    assert told == {row: json.loads(lines) for row, lines in a.replica.rows("SELECT id, lines FROM specialist")}
    assert sql(office.at, "SELECT id FROM report.ticket") == [(one,)]


def test_a_new_log_begins_with_what_is_there(office: PostgresOffice) -> None:
    a, b, _c = office.three()
    one = ticket(a)
    office.settle()
    work.note(b, one, "note", "not shared yet")
    commands.rebuild(a, hub_too=True)
    office.settle()
    office.same()
    plain_equals_replica(office)


def test_a_snapshot_by_a_lead_fills_what_is_missing_in_the_plain_tables(office: PostgresOffice) -> None:
    a = office.first()
    sql(office.at, "ALTER TABLE desk.note ADD CONSTRAINT trap CHECK (text <> 'breaks')")
    one = ticket(a)
    work.note(a, one, "note", "breaks")
    work.note(a, one, "note", "is there all the same")
    office.sync("a")
    assert [row[0] for row in sql(office.at, "SELECT tbl FROM deskapp.trouble")] == ["note"]
    assert sql(office.at, "SELECT text FROM desk.note") == [("is there all the same",)]
    assert [finding.ok for finding in office.hub().check() if "reports" in finding.what] == [False]
    sql(office.at, "ALTER TABLE desk.note DROP CONSTRAINT trap")
    assert upkeep.publish(a, office.hub()) is not None
    plain_equals_replica(office)
