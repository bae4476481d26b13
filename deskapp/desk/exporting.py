"""The whole desk as open files, and back: a CSV a table, letters as .eml, files by their hashes.

    desk.json            what this is: format, when, how many rows of each table
    tables/NAME.csv      every row and column; UTF-8 with a mark, comma, one header row
    letters/...eml       every letter: as it came where that is kept, else made of its parts
    files/HASH           attachments and raw letters; attachment.csv names them

A cell holds what the column holds: NULL is ``\\N``, a text that begins with a backslash gets another one before it, and
what a spreadsheet would take for a formula (= + - @, their wide forms, tab, line ends) or an apostrophe gets an
apostrophe before it; reading back takes both away. Left out: number blocks and leases, which belong to a hub and not
to a desk; what is one machine's or one person's alone (drafts, letters within their time of undo, what has been read,
a running timer, settings of the machine, passwords); and what is counted anew (lists, figures, the search index).
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import IO, Any, Protocol

from deskapp import __version__
from deskapp.core.clock import from_ms
from deskapp.core.errors import UserCancelled, UserFacingError
from deskapp.core.ids import new_id
from deskapp.core.plainfile import is_plain, open_plain
from deskapp.desk import exported, files, letters, numbers
from deskapp.desk.desk import Desk
from deskapp.desk.values import Changes
from deskapp.models.fields import Json
from deskapp.models.schema import SHARED, Lease, NumberBlock, Shared

FORMAT = 1
LEFT_OUT: tuple[type[Shared], ...] = (Lease, NumberBlock)
TABLES = tuple(model for model in SHARED if model not in LEFT_OUT)
#: ``progress(done, total)`` says whether to go on.
Progress = Callable[[int, int], bool]
_NULL = "\\N"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
#: Bytes of one file and signs of one cell that are taken in.
_LARGEST = 1 << 30
_LONGEST_CELL = 64 << 20


def cell(value: Any) -> str:
    """A value as a cell that reads back as the same value and that no spreadsheet takes for a formula."""
    if value is None:
        return _NULL
    if not isinstance(value, str):
        return str(value)
    if value.startswith("\\"):
        return f"\\{value}"
    return f"'{value}" if value.startswith(_FORMULA) else value


def value(written: str) -> str | None:
    """The other way round; the column's kind makes numbers of it."""
    if written == _NULL:
        return None
    return written[1:] if written.startswith(("\\", "'")) else written


class _Target(Protocol):
    def open(self, name: str) -> Any: ...

    def copy(self, name: str, source: Path) -> None: ...


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, name: str) -> IO[bytes]:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "wb")

    def copy(self, name: str, source: Path) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name, "w", force_zip64=True)

    def copy(self, name: str, source: Path) -> None:
        self.archive.write(source, name)


def write(desk: Desk, path: str | Path, progress: Progress = lambda _done, _total: True) -> dict[str, int]:
    """Write the desk into a folder, or into a zip where ``path`` ends so; rows of each table. Reader's lane.

    UserFacingError for a folder that is not empty; what was begun is removed when it fails or is cancelled.
    """
    target = Path(path)
    if target.suffix.lower() != ".zip" and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserFacingError("The folder is not empty", "%1 holds other files. Nothing was written.", target)
    fresh = target.with_name(f".{target.name}.{new_id()[-6:]}")
    try:
        with desk.replica.db.atomic():  # all tables as of one moment
            found = _write(desk, fresh, target.suffix.lower() == ".zip", progress)
        if target.is_dir():
            target.rmdir()
        fresh.replace(target)
    except OSError as error:
        raise UserFacingError("The desk could not be written", "%1: %2", target, error.strerror or error) from error
    finally:
        if fresh.is_dir():
            shutil.rmtree(fresh, ignore_errors=True)
        fresh.unlink(missing_ok=True)
    return found


def _write(desk: Desk, fresh: Path, zipped: bool, progress: Progress) -> dict[str, int]:
    replica = desk.replica
    counts = {
        model._meta.table_name: int(replica.value(f'SELECT count(*) FROM "{model._meta.table_name}"'))
        for model in TABLES
    }
    total = sum(counts.values()) + counts["message"]
    step = _Step(progress, total)
    with _target(fresh, zipped) as target:
        about = {
            "format": FORMAT, "application": f"deskapp {__version__}", "made_at": desk.clock.now().isoformat(),
            "desk": str(desk.schedule.rule["desk_name"]), "me": desk.me, "tables": counts,
        }  # fmt: skip
        with target.open("desk.json") as out:
            out.write(json.dumps(about, ensure_ascii=False, indent=1).encode())
        for model in TABLES:
            _table(desk, target, model, step)
        _letters(desk, target, step)
        _files(desk, target)
    return counts


@contextmanager
def _target(fresh: Path, zipped: bool) -> Iterator[_Target]:
    if zipped:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            yield _Zip(archive)
    else:
        fresh.mkdir(parents=True)
        yield _Folder(fresh)


class _Step:
    """Counts rows and asks now and then whether to go on."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, max(1, total), 0

    def __call__(self) -> None:
        self._done += 1
        if self._done % 2_000 == 0:
            self.tell()

    def tell(self) -> None:
        if not self._progress(min(self._done, self._total), self._total):
            raise UserCancelled


def _columns(model: type[Shared]) -> list[str]:
    return [field.column_name for field in model._meta.sorted_fields]


def _table(desk: Desk, target: _Target, model: type[Shared], step: _Step) -> None:
    name, columns = model._meta.table_name, _columns(model)
    shown = ", ".join(f'"{column}"' for column in columns)
    with target.open(f"tables/{name}.csv") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        out = csv.writer(text)
        out.writerow(columns)
        for row in desk.replica.db.execute_sql(f'SELECT {shown} FROM "{name}" ORDER BY id'):
            out.writerow([cell(each) for each in row])
            step()
    step.tell()


_LETTER = (
    "SELECT m.id, t.number, m.direction, m.message_id, m.in_reply_to, m.refs, m.sender, m.sender_name, m.recipients, "
    "m.cc, m.subject, coalesce(m.sent_at, m.received_at), m.text, m.raw_sha256 FROM message m "
    "LEFT JOIN ticket t ON t.id = m.ticket_id ORDER BY m.received_at, m.id"
)


def _letters(desk: Desk, target: _Target, step: _Step) -> None:
    for row in desk.replica.db.execute_sql(_LETTER):
        row_id, number, direction, *_rest = row
        name = f"letters/{number or 'none'}-{from_ms(row[11] or 0):%Y%m%d-%H%M%S}-{direction}-{row_id[:8]}.eml"
        kept = _kept(desk, row[13])
        if kept is not None:
            target.copy(name, kept)
        else:
            with target.open(name) as out:
                out.write(_eml(desk, row))
        step()


def _kept(desk: Desk, sha256: str) -> Path | None:
    path = Path(desk.profile.blobs, sha256[:2], sha256)
    return path if sha256 and path.is_file() else None


def _eml(desk: Desk, row: Any) -> bytes:
    """A letter of its parts, with the files that belong to it."""
    (row_id, _number, _direction, message_id, in_reply_to, refs, sender, sender_name, recipients, cc, subject, sent,
     text, _raw) = row  # fmt: skip
    letter = EmailMessage(policy=SMTP)
    heads = {
        "From": formataddr((sender_name, sender)), "To": _people(recipients), "Cc": _people(cc), "Subject": subject,
        "Date": format_datetime(from_ms(sent or 0)), "Message-ID": f"<{message_id}>" if message_id else "",
        "In-Reply-To": f"<{in_reply_to}>" if in_reply_to else "",
        "References": " ".join(f"<{each}>" for each in json.loads(refs)),
    }  # fmt: skip
    for name, text_of in heads.items():
        clean = " ".join(text_of.split())
        if clean:
            try:
                letter[name] = clean
            except ValueError:  # an address that no header may hold
                letter[f"X-Deskapp-{name}"] = clean.encode("ascii", "replace").decode()
    letter.set_content(text or "")
    for name, kind, sha256 in desk.replica.rows(
        "SELECT name, content_type, sha256 FROM attachment WHERE message_id = ? ORDER BY position", (row_id,)
    ):
        path = _kept(desk, sha256)
        if path is not None:
            main, _slash, sub = kind.partition("/")
            proper = main in ("application", "audio", "image", "text", "video") and sub.isascii() and bool(sub)
            main, sub = (main, sub) if proper and main != "text" else ("application", "octet-stream")
            letter.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=name or "file")
    return letter.as_bytes()


def _people(stored: str) -> str:
    return ", ".join(formataddr((name, address)) for name, address in json.loads(stored) if address)


def _files(desk: Desk, target: _Target) -> None:
    for (sha256,) in desk.replica.rows(
        "SELECT sha256 FROM attachment WHERE sha256 <> '' UNION SELECT raw_sha256 FROM message WHERE raw_sha256 <> ''"
    ):
        path = _kept(desk, sha256)
        if path is not None:
            target.copy(f"files/{sha256}", path)


# --- back --------------------------------------------------------------------------------------------------------


class _Source:
    """A folder or a zip that an export wrote."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path) if path.is_file() else None
        self._root = path

    def open(self, name: str) -> Any:
        """NoPlainFile for a pipe or a link that somebody put into an export."""
        return self._zip.open(name) if self._zip else open_plain(self._root / name)

    def size(self) -> int:
        """Bytes that the files of a zip say they unpack to."""
        return sum(entry.file_size for entry in self._zip.infolist()) if self._zip else 0

    def names(self, folder: str) -> list[str]:
        if self._zip:
            return [name for name in self._zip.namelist() if name.startswith(f"{folder}/") and not name.endswith("/")]
        return [f"{folder}/{path.name}" for path in sorted((self._root / folder).glob("*")) if is_plain(path)]

    def close(self) -> None:
        if self._zip:
            self._zip.close()


#: What reading a file of strangers ends in.
_DAMAGE = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, OSError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, csv.Error,
)  # fmt: skip


def about(path: str | Path) -> dict[str, Any]:
    """What an export says of itself; UserFacingError where it is none, or of a newer application."""
    try:
        source = _Source(Path(path))
        try:
            with source.open("desk.json") as file:
                found: dict[str, Any] = json.loads(file.read(1 << 20))
        finally:
            source.close()
        counts = {str(name): int(count) for name, count in dict(found.get("tables", {})).items()}
        found |= {"format": int(found.get("format", 0)), "tables": counts, "me": str(found.get("me", ""))}
    except _DAMAGE as error:
        raise UserFacingError("This is no exported desk", "%1 has no readable desk.json.", Path(path).name) from error
    if found["format"] > FORMAT:
        raise UserFacingError(
            "This was exported by a newer version",
            "Install it here too. Nothing was imported.",
            found.get("application"),
        )
    return found


def read(desk: Desk, path: str | Path, progress: Progress = lambda _done, _total: True) -> Changes:
    """Fill an empty desk with an exported one, ids and all; ``Changes.result`` is the rows of each table, ``said``
    tells what was mended and which references lead nowhere (column -> how many), and the copy made before.

    UserFacingError where the desk has tickets: two desks are not mixed; and for what no desk holds, with its place
    (``exported``). All of it or nothing; no undo. What the desk held without tickets is in a copy. Letters that were
    about to leave do not leave from here by themselves.
    """
    told = about(path)
    if desk.replica.value("SELECT 1 FROM ticket LIMIT 1"):
        raise UserFacingError(
            "This desk is not empty",
            "A whole desk goes only into a new one; choose another folder. Nothing was changed.",
        )
    source = _Source(Path(path))
    kept: list[Path] = []
    taken = False
    mended: dict[str, int] = {}
    loose: dict[str, int] = {}
    try:
        if source.size() > shutil.disk_usage(desk.profile.root).free:
            raise UserFacingError(
                "There is no room for this desk", "Unpacked it takes %1 MB. Nothing was imported.", source.size() >> 20
            )
        _take_files(desk, source, kept)
        backup = _copy_of_before(desk)
        with desk.act("restored", author="") as act:
            step = _Step(progress, sum(told["tables"].values()))
            counts = {}
            for model in TABLES:
                act.writing.execute(f'DELETE FROM "{model._meta.table_name}"')
                counts[model._meta.table_name] = _read_table(act.writing, source, model, step)
                exported.must_be_sound(act.writing, model)
            mended = exported.speak_known_languages(act.writing, TABLES)
            loose = exported.loose_ends(act.writing, TABLES)
            letters.doubt_ready(act)
            rows = act.writing.execute("SELECT id FROM ticket").fetchall()
            act.extra.update(row[0] for row in rows)
            desk.replica.set_state("people_version", new_id())
            if numbers.blocks(desk.replica) is None:
                desk.replica.set_state("next_number", str(numbers.following(desk.replica)))
            act.result = counts
        taken = True
    except _DAMAGE as error:
        raise UserFacingError("The export is damaged", "%1. Nothing was imported.", error) from error
    finally:
        source.close()
        if not taken:
            for file in kept:
                file.unlink(missing_ok=True)
    if desk.replica.value("SELECT 1 FROM specialist WHERE id = ?", (told["me"],)):
        desk.settings.set("me", told["me"])
    said = {"mended": mended, "loose": loose, "backup": backup}
    return Changes(act.changes.tables, act.changes.tickets, "", ("restored", said), result=counts)


def _copy_of_before(desk: Desk) -> str:
    """A copy of what people have entered already, if they have; its name."""
    entered = " UNION ALL ".join(f"SELECT 1 FROM {table}" for table in ("customer", "contact", "article", "part"))
    return desk.replica.backup("before-import").name if desk.replica.value(f"{entered} LIMIT 1") else ""


def _take_files(desk: Desk, source: _Source, later: list[Path]) -> None:
    """Keep the files; ``later``: where those lie that were not here."""
    for name in source.names("files"):
        with source.open(name) as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ValueError(f"{name} is too large")
        if files.put(desk, data, later) != name.rpartition("/")[2]:
            raise ValueError(f"{name} is not what its name says")
    files.settle(list(later))  # which empties its own


def _read_table(writing: Any, source: _Source, model: type[Shared], step: _Step) -> int:
    name = model._meta.table_name
    try:
        raw = source.open(f"tables/{name}.csv")
    except (KeyError, FileNotFoundError):  # a table that an older application did not have
        return 0
    fields = {field.column_name: field for field in model._meta.sorted_fields}
    csv.field_size_limit(_LONGEST_CELL)
    with raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        lines = csv.reader(text)
        told = next(lines, [])
        places = [place for place, column in enumerate(told) if column in fields]  # a newer one may know more
        columns = [told[place] for place in places]
        if "id" not in columns or len(set(columns)) < len(columns):
            raise ValueError(f"{name}.csv: its heads are not those of this table")
        heads = _heads(model, columns)
        marks = ",".join("?" * len(heads))
        shown = ",".join(f'"{column}"' for column in heads)
        sql = f'INSERT INTO "{name}" ({shown}) VALUES ({marks})'
        rest = list(heads.values())[len(columns) :]
        batch: list[list[Any]] = []
        first: dict[str, int] = {}
        count = 0
        for count, line in enumerate(lines, 1):
            if len(line) <= max(places):
                raise ValueError(f"{name}.csv, row {count + 1}: {len(line)} cells instead of {len(told)}")
            row = [
                _stored(fields[column], name, count + 1, line[place])
                for column, place in zip(columns, places, strict=True)
            ]
            id_ = row[columns.index("id")]
            if first.setdefault(id_, count + 1) != count + 1:
                raise exported.refused_twice(name, count + 1, id_, first[id_])
            batch.append(row + rest)
            step()
            if len(batch) == 2_000:
                writing.executemany(sql, batch)
                batch.clear()
        writing.executemany(sql, batch)
    step.tell()
    return count


def _stored(field: Any, table: str, row: int, written: str) -> Any:
    """A cell as its column stores it. UserFacingError for what would stop every reading of the row."""
    found = value(written)
    if found is None and field.null:
        return None
    stored: Any = found
    if found is not None and exported.is_number(field):
        stored = exported.as_number(found)
    elif found is not None and isinstance(field, Json) and found not in ("[]", "{}"):
        try:
            json.loads(found)
        except (ValueError, RecursionError):
            stored = None
    if stored is None:
        raise exported.refused(table, row, field.column_name, found)
    return stored


def _heads(model: type[Shared], columns: list[str]) -> Mapping[str, Any]:
    """The columns to write, those that an older export lacks with their defaults behind."""
    found: dict[str, Any] = dict.fromkeys(columns)
    for field in model._meta.sorted_fields:
        if field.column_name not in found:
            default = field.default() if callable(field.default) else field.default
            found[field.column_name] = None if default is None else field.db_value(default)
    return found
