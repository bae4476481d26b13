from __future__ import annotations

import psycopg

from tests.servers import PostgresCluster


def test_a_postgresql_of_our_own_answers_on_a_port_of_its_own(postgres_cluster: PostgresCluster) -> None:
    with psycopg.connect(postgres_cluster.dsn()) as connection:
        (port,) = connection.execute("SELECT current_setting('port')::int").fetchone() or (0,)
    assert port == postgres_cluster.port != 5432


def test_each_test_gets_an_empty_database(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn) as connection:
        connection.execute("CREATE TABLE ticket (id text PRIMARY KEY)")
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (1,)


def test_russian_words_are_stemmed_by_the_server(postgres_dsn: str) -> None:
    with psycopg.connect(postgres_dsn) as connection:
        found = connection.execute(
            "SELECT to_tsvector('russian', 'Принтеры не печатают') @@ to_tsquery('russian', 'принтер')"
        ).fetchone()
    assert found == (True,)
