"""What a PostgreSQL hub is made of: schemas, tables, functions and roles, as SQL that may be run again.

    deskapp   the log, snapshots, files, signs of life, and the functions by which alone they are written
    desk      one plain table for each shared table of the desk, kept current by ``desk_append``
    report    views of them with timestamps and jsonb, for people and their SQL clients

Four roles for each database, none of which can log in; an administrator grants one of the last three to an account:

    <database>_owner    owns everything; nobody's account has its rights without SET ROLE
    <database>_reader   reads
    <database>_member   reads and calls the functions; can change neither log nor tables
    <database>_lead     a member who may also SET ROLE to the owner: for set-up, migrations and repairs
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

#: Raised with every change in this file.
FORMAT = 1
#: The oldest application that may use a hub of this format.
OLDEST_APP = "0.1.0"
#: Channel of NOTIFY; the payload is "epoch seq".
CHANNEL = "deskapp"
#: One advisory lock orders all appends of a database: "deskapp" in ASCII.
LOCK = 0x6465736B617070


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Roles:
    """Names of the roles of one database; roles belong to the whole server."""

    owner: str
    reader: str
    member: str
    lead: str

    @classmethod
    def of(cls, database: str) -> Roles:
        # names end at 63 bytes, and what is cut off must not make two databases share their roles
        if len(database.encode()) > 55:
            digest = hashlib.sha256(database.encode()).hexdigest()[:8]
            database = database.encode()[:40].decode(errors="ignore") + digest
        return cls.beside(f"{database}_owner")

    @classmethod
    def beside(cls, owner: str) -> Roles:
        """The roles that were made together with this one, whatever the database is called now."""
        stem = owner.removesuffix("_owner")
        return cls(*(f"{stem}_{kind}" for kind in ("owner", "reader", "member", "lead")))

    def fill(self, text: str) -> str:
        for kind in ("owner", "reader", "member", "lead"):
            text = text.replace(f"@{kind}@", quoted(getattr(self, kind)))
        return text


#: What only an administrator (or an account with CREATEROLE and CREATE on the database) can do.
MAKE_ROLES = {
    "owner": "CREATE ROLE @owner@ NOLOGIN",
    "reader": "CREATE ROLE @reader@ NOLOGIN",
    "member": "CREATE ROLE @member@ NOLOGIN",
    # without INHERIT: who leads cannot touch the log by mistake, only after SET ROLE
    "lead": "CREATE ROLE @lead@ NOLOGIN NOINHERIT",
}
LINK_ROLES = "GRANT @owner@ TO @lead@; GRANT @reader@, @member@ TO @lead@ WITH ADMIN OPTION"


def for_administrator(roles: Roles, database: str, user: str) -> str:
    """What an administrator runs once so that ``user`` can set up the hub."""
    lines = [*MAKE_ROLES.values(), LINK_ROLES, f"GRANT @lead@ TO {quoted(user)}"]
    lines.append(f"GRANT CREATE ON DATABASE {quoted(database)} TO {quoted(user)}")
    return roles.fill("; ".join(lines)) + ";"


SCHEMAS = "".join(f"CREATE SCHEMA {name} AUTHORIZATION @owner@;\n" for name in ("deskapp", "desk", "report"))

TABLES = """
CREATE TABLE IF NOT EXISTS deskapp.meta (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    format int NOT NULL, schema int NOT NULL, min_app text NOT NULL,
    epoch text NOT NULL, seq bigint NOT NULL, chain text NOT NULL,
    floor bigint NOT NULL, floor_chain text NOT NULL
);
CREATE TABLE IF NOT EXISTS deskapp.log (
    seq bigint PRIMARY KEY, chain text NOT NULL, batch text NOT NULL, replica text NOT NULL, body bytea NOT NULL,
    account text NOT NULL DEFAULT session_user, at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS deskapp.content (key text PRIMARY KEY, size bigint NOT NULL);
CREATE TABLE IF NOT EXISTS deskapp.part (key text, n int, data bytea NOT NULL, PRIMARY KEY (key, n));
ALTER TABLE deskapp.part ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS deskapp.snapshot (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, seq bigint NOT NULL, chain text NOT NULL,
    schema int NOT NULL, min_app text NOT NULL, made_at bigint NOT NULL, size bigint NOT NULL, sha256 text NOT NULL,
    key text NOT NULL
);
CREATE TABLE IF NOT EXISTS deskapp.beat (
    replica text PRIMARY KEY, status text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE IF NOT EXISTS deskapp.plain (tbl text PRIMARY KEY, usual jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS deskapp.trouble (
    seq bigint NOT NULL, tbl text NOT NULL, row text NOT NULL, error text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""

#: Whether a place is in the log: head, held (somewhere before it), compacted or rewound.
_PLACE = """
CREATE OR REPLACE FUNCTION deskapp.place(p_epoch text, p_seq bigint, p_chain text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN p_epoch <> m.epoch OR p_seq > m.seq THEN 'rewound'
        WHEN p_seq = m.seq THEN CASE WHEN p_chain = m.chain THEN 'head' ELSE 'rewound' END
        WHEN p_seq < m.floor THEN 'compacted'
        WHEN p_seq = m.floor THEN CASE WHEN p_chain = m.floor_chain THEN 'held' ELSE 'rewound' END
        WHEN EXISTS (SELECT FROM deskapp.log l WHERE l.seq = p_seq AND l.chain = p_chain) THEN 'held'
        ELSE 'rewound'
    END FROM deskapp.meta m
$$;
"""

#: Enter a batch into the plain tables: sets of rows by table and kind of change, and one by one where a set fails.
#: The n-th change of a row comes in the n-th turn. What is no table here yet waits in the log for a migration.
_ENTER = r"""
CREATE OR REPLACE FUNCTION deskapp.new_values(change jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(c.key, c.value -> 1), '{}') || jsonb_build_object('id', change ->> 1)
    FROM jsonb_each(change -> 3) c
$$;
-- what an erasure names is blanked in the plain tables as well; p_cols: its columns as {column: [old, new]}
CREATE OR REPLACE FUNCTION deskapp.desk_blank(p_cols jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text := p_cols -> 'tbl' ->> 1;
    blank jsonb := (p_cols -> 'columns' ->> 1)::jsonb;
    columns text;
BEGIN
    SELECT string_agg(format('%I', attname), ', ') INTO columns FROM pg_attribute
    WHERE attrelid = to_regclass(format('desk.%I', named)) AND attnum > 0 AND NOT attisdropped;
    IF columns IS NOT NULL THEN
        EXECUTE format('UPDATE desk.%1$I t SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(t, $1)) '
            'WHERE t.id = $2', named, columns) USING blank, p_cols -> 'row_id' ->> 1;
        UPDATE desk.conflict c SET mine = deskapp.blank_known(c.mine, blank),
            theirs = deskapp.blank_known(c.theirs, blank)
        WHERE c.tbl = named AND c.row_id = p_cols -> 'row_id' ->> 1;
    END IF;
END
$$;
CREATE OR REPLACE FUNCTION deskapp.blank_known(p_stored text, p_blank jsonb) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (p_stored::jsonb || coalesce(jsonb_object_agg(b.key, b.value), '{}'))::text
    FROM jsonb_each(p_blank) b WHERE p_stored::jsonb ? b.key
$$;
CREATE OR REPLACE FUNCTION deskapp.desk_enter(p_seq bigint, p_body bytea) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    whole text := convert_from(p_body, 'UTF8');
    part record;
    statement text;
    columns text;
    fresh text;
    defaults jsonb;
    change jsonb;
BEGIN
    IF strpos(whole, '\u0000') > 0 THEN  -- jsonb cannot hold it; an escaped backslash before "u0000" is something else
        whole := regexp_replace(whole, '(?<!\\)((?:\\\\)*)\\u0000', '\1', 'g');
    END IF;
    FOR part IN
        SELECT c.tbl, c.op, c.turn, array_agg(c.j) AS changes FROM (
            SELECT j, j ->> 0 AS tbl, j ->> 2 AS op,
                row_number() OVER (PARTITION BY j ->> 0, j ->> 1 ORDER BY ord) AS turn
            FROM (
                SELECT line::jsonb AS j, ord FROM unnest(string_to_array(whole, E'\n')) WITH ORDINALITY AS l(line, ord)
                WHERE ord > 1 AND line <> ''
            ) AS lines
        ) AS c GROUP BY 1, 2, 3 ORDER BY 3
    LOOP
        SELECT p.usual INTO defaults FROM deskapp.plain p WHERE p.tbl = part.tbl;
        CONTINUE WHEN NOT FOUND;
        SELECT string_agg(format('%I', attname), ', '), string_agg(format('excluded.%I', attname), ', ')
        INTO columns, fresh FROM pg_attribute
        WHERE attrelid = format('desk.%I', part.tbl)::regclass AND attnum > 0 AND NOT attisdropped;
        statement := CASE part.op
            WHEN 'D' THEN format('DELETE FROM desk.%I t USING unnest($1) j WHERE t.id = j ->> 1 AND $2 IS NOT NULL',
                part.tbl)
            WHEN 'I' THEN format('INSERT INTO desk.%1$I (%2$s) SELECT %2$s FROM unnest($1) j, '
                'jsonb_populate_record(NULL::desk.%1$I, $2 || deskapp.new_values(j)) '
                'ON CONFLICT (id) DO UPDATE SET (%2$s) = ROW(%3$s)', part.tbl, columns, fresh)
            ELSE format('UPDATE desk.%1$I t SET (%2$s) = (SELECT %2$s FROM '
                'jsonb_populate_record(t, deskapp.new_values(j))) FROM unnest($1) j '
                'WHERE t.id = j ->> 1 AND $2 IS NOT NULL', part.tbl, columns)
        END;
        BEGIN
            EXECUTE statement USING part.changes, defaults;
        EXCEPTION
            WHEN lock_not_available THEN
                INSERT INTO deskapp.trouble (seq, tbl, row, error) VALUES (p_seq, part.tbl, '', SQLERRM);
            WHEN OTHERS THEN
                FOREACH change IN ARRAY part.changes LOOP
                    BEGIN
                        EXECUTE statement USING ARRAY[change], defaults;
                    EXCEPTION WHEN OTHERS THEN
                        INSERT INTO deskapp.trouble (seq, tbl, row, error)
                        VALUES (p_seq, part.tbl, coalesce(change ->> 1, ''), SQLERRM);
                    END;
                END LOOP;
        END;
    END LOOP;
    FOR change IN
        SELECT line::jsonb FROM unnest(string_to_array(whole, E'\n')) WITH ORDINALITY AS l(line, ord)
        WHERE ord > 1 AND line LIKE '["erasure"%'
    LOOP
        BEGIN
            PERFORM deskapp.desk_blank(change -> 3);
        EXCEPTION WHEN OTHERS THEN
            INSERT INTO deskapp.trouble (seq, tbl, row, error) VALUES (p_seq, 'erasure', change ->> 1, SQLERRM);
        END;
    END LOOP;
EXCEPTION WHEN query_canceled OR OTHERS THEN  -- OTHERS leaves out a statement that ran out of its time
    INSERT INTO deskapp.trouble (seq, tbl, row, error) VALUES (p_seq, '', '', SQLERRM);
END
$$;
"""

#: The one way into the log. Answers appended, again (this very batch stands there already), behind, compacted, rewound.
_APPEND = f"""
CREATE OR REPLACE FUNCTION deskapp.desk_append(
    p_epoch text, p_seq bigint, p_chain text, p_body bytea, OUT state text, OUT new_seq bigint, OUT new_chain text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    told json := convert_from(substring(p_body FOR position('\\x0a'::bytea IN p_body)), 'UTF8')::json;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    new_seq := p_seq + 1;
    new_chain := encode(sha256(convert_to(p_chain || E'\\n', 'UTF8') || p_body), 'hex');
    state := deskapp.place(p_epoch, p_seq, p_chain);
    IF state = 'held' THEN
        IF EXISTS (SELECT FROM deskapp.log l WHERE l.seq = new_seq AND l.chain = new_chain) THEN
            state := 'again';
        ELSE
            state := 'behind';
        END IF;
    END IF;
    IF state <> 'head' THEN
        RETURN;
    END IF;
    INSERT INTO deskapp.log (seq, chain, batch, replica, body)
    VALUES (new_seq, new_chain, told ->> 'id', told ->> 'replica', p_body);
    UPDATE deskapp.meta SET seq = new_seq, chain = new_chain;
    PERFORM deskapp.desk_enter(new_seq, p_body);
    PERFORM pg_notify('{CHANNEL}', p_epoch || ' ' || new_seq);
    state := 'appended';
END
$$;
"""

#: Content (files, snapshots) arrives in parts under a fresh key, within one transaction. A file is taken over under its
#: hash only if it is what the hash says.
_CONTENT = f"""
CREATE OR REPLACE FUNCTION deskapp.desk_part(p_key text, p_n int, p_data bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM deskapp.content c WHERE c.key = p_key) THEN
        RAISE EXCEPTION 'this content is whole already';
    END IF;
    INSERT INTO deskapp.part (key, n, data) VALUES (p_key, p_n, p_data);
END
$$;
CREATE OR REPLACE FUNCTION deskapp.blob_whole(p_sha256 text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM deskapp.content c WHERE c.key = p_sha256 AND c.size =
            (SELECT coalesce(sum(octet_length(p.data)), 0) FROM deskapp.part p WHERE p.key = p_sha256)
    )
$$;
CREATE OR REPLACE FUNCTION deskapp.desk_blob(p_key text, p_sha256 text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whole bytea := (SELECT coalesce(string_agg(data, ''::bytea ORDER BY n), '') FROM deskapp.part WHERE key = p_key);
BEGIN
    IF encode(sha256(whole), 'hex') <> p_sha256 THEN
        RAISE EXCEPTION 'this content is not what its hash says';
    END IF;
    INSERT INTO deskapp.content (key, size) VALUES (p_sha256, octet_length(whole)) ON CONFLICT (key) DO NOTHING;
    DELETE FROM deskapp.part WHERE key = p_sha256;
    UPDATE deskapp.part SET key = p_sha256 WHERE key = p_key;
END
$$;
-- only a file that an erasure names may go: nobody can take away what others still need
CREATE OR REPLACE FUNCTION deskapp.desk_drop(p_sha256 text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM desk.erasure e WHERE e.files::jsonb ? p_sha256)
        OR EXISTS (SELECT FROM desk.attachment a WHERE a.sha256 = p_sha256)
        OR EXISTS (SELECT FROM desk.message m WHERE m.raw_sha256 = p_sha256) THEN
        RETURN false;
    END IF;
    DELETE FROM deskapp.part WHERE key = p_sha256;
    DELETE FROM deskapp.content WHERE key = p_sha256;
    RETURN true;
END
$$;
CREATE OR REPLACE FUNCTION deskapp.desk_snapshot(
    p_epoch text, p_seq bigint, p_chain text, p_schema int, p_min_app text, p_made_at bigint, p_size bigint,
    p_sha256 text, p_key text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state text := deskapp.place(p_epoch, p_seq, p_chain);
BEGIN
    IF state IN ('head', 'held') THEN
        INSERT INTO deskapp.content (key, size) VALUES (p_key, p_size);
        INSERT INTO deskapp.snapshot (seq, chain, schema, min_app, made_at, size, sha256, key)
        VALUES (p_seq, p_chain, p_schema, p_min_app, p_made_at, p_size, p_sha256, p_key);
    END IF;
    RETURN state;
END
$$;
CREATE OR REPLACE FUNCTION deskapp.desk_compact(p_epoch text, p_seq bigint, p_chain text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    state text;
    keep bigint;
BEGIN
    PERFORM pg_advisory_xact_lock({LOCK});
    state := deskapp.place(p_epoch, p_seq, p_chain);
    IF state NOT IN ('head', 'held') THEN
        RETURN state;
    END IF;
    SELECT min(s.seq) INTO keep FROM deskapp.snapshot s
    WHERE s.seq >= p_seq AND deskapp.place(p_epoch, s.seq, s.chain) IN ('head', 'held');
    IF keep IS NULL THEN
        RETURN 'no snapshot';
    END IF;
    DELETE FROM deskapp.part p USING deskapp.snapshot s WHERE s.key = p.key AND s.seq < keep;
    DELETE FROM deskapp.content c USING deskapp.snapshot s WHERE s.key = c.key AND s.seq < keep;
    DELETE FROM deskapp.snapshot s WHERE s.seq < keep;
    DELETE FROM deskapp.log l WHERE l.seq <= p_seq;
    UPDATE deskapp.meta SET floor = p_seq, floor_chain = p_chain;
    RETURN 'done';
END
$$;
CREATE OR REPLACE FUNCTION deskapp.desk_beat(p_replica text, p_status text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO deskapp.beat (replica, status) VALUES (p_replica, p_status)
    ON CONFLICT (replica) DO UPDATE SET status = excluded.status, at = excluded.at
$$;
"""

FUNCTIONS = _PLACE + _ENTER + _APPEND + _CONTENT

GRANTS = """
GRANT USAGE ON SCHEMA deskapp, desk, report TO @reader@, @member@, @lead@;
GRANT SELECT ON ALL TABLES IN SCHEMA deskapp, desk, report TO @reader@, @member@, @lead@;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA deskapp FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deskapp.place, deskapp.blob_whole TO @reader@, @member@, @lead@;
GRANT EXECUTE ON FUNCTION deskapp.desk_append, deskapp.desk_part, deskapp.desk_blob, deskapp.desk_snapshot,
    deskapp.desk_compact, deskapp.desk_beat, deskapp.desk_drop TO @member@, @lead@;
"""

#: Enter what the log holds behind a snapshot.
REPLAY = """
DO $$
DECLARE entry record;
BEGIN
    FOR entry IN SELECT seq, body FROM deskapp.log WHERE seq > @seq@ ORDER BY seq LOOP
        PERFORM deskapp.desk_enter(entry.seq, entry.body);
    END LOOP;
END
$$
"""
