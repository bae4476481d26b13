"""Tables of other programs read in, and the whole desk written as open files and read back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from deskapp.commands.common import on_desk, print_json
from deskapp.core.errors import UserFacingError

if TYPE_CHECKING:
    import argparse

    from deskapp.commands.common import Add
    from deskapp.desk.desk import Desk
    from deskapp.desk.import_rows import Problem
    from deskapp.desk.importing import Preview

KINDS = ("customers", "contacts", "articles", "parts", "tickets", "history")
#: Rows with a problem that are named one by one.
_NAMED = 20


def declare(add: Add) -> None:
    taking = add("import", "read a table (CSV, XLSX, XLS, ODS): customers, contacts, articles, parts, tickets, history")
    taking.add_argument("path", metavar="FILE")
    taking.add_argument("--kind", choices=KINDS, help="what the rows are; guessed from the heads without it")
    taking.add_argument(
        "--column", action="append", default=[], metavar="FIELD=HEAD", help="which column holds a field"
    )
    taking.add_argument("--sheet", default="", help="of a spreadsheet; the first without it")
    taking.add_argument("--dry-run", action="store_true", help="only tell how the file would be understood")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=on_desk(_import))
    giving = add("export", "write the whole desk as open files, into a folder or a .zip")
    giving.add_argument("path", metavar="TARGET")
    giving.add_argument("--json", action="store_true", help="rows of each table")
    giving.set_defaults(run=on_desk(_export))
    restoring = add("import-desk", "fill a new desk with what export wrote")
    restoring.add_argument("path", metavar="SOURCE")
    restoring.add_argument("--json", action="store_true", help="rows of each table")
    restoring.set_defaults(run=on_desk(_restore))


def _import(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import importing

    seen = importing.look(desk, arguments.path, arguments.kind or "", None, arguments.sheet)
    if arguments.column:
        seen = importing.preview(desk, seen.table, seen.kind, {**seen.mapping, **_columns(seen, arguments.column)})
    if arguments.dry_run:
        _tell(seen, arguments.json)
        return 1 if seen.missing else 0
    result = importing.run(desk, seen, _progress(arguments.json)).result
    if arguments.json:
        print_json(
            {
                "kind": seen.kind, "made": result.made, "changed": result.changed, "known": result.known,
                "renumbered": result.renumbered, "left_out": result.wrong, "backup": result.backup or None,
                "problems": [_problem(each) for each in result.problems],
            }
        )  # fmt: skip
    else:
        print(
            f"{seen.kind}: {result.made} made, {result.changed} changed, {result.known} known already, "
            f"{result.wrong} left out"
        )
        for each in result.problems[:_NAMED]:
            print(f"row {each.row}: {each.field}: {each.code} {each.cell}".rstrip(), file=sys.stderr)
    return 1 if result.wrong else 0


def _columns(seen: Preview, given: list[str]) -> dict[str, int]:
    found = {}
    heads = [head.casefold() for head in seen.table.heads]
    for each in given:
        name, _sign, head = each.partition("=")
        if head.casefold() not in heads:
            raise UserFacingError("There is no such column", "%1 has: %2", seen.table.path.name, ", ".join(heads))
        found[name] = heads.index(head.casefold())
    return found


def _tell(seen: Preview, as_json: bool) -> None:
    columns = {name: seen.table.heads[column] for name, column in seen.mapping.items()}
    if as_json:
        print_json(
            {
                "kind": seen.kind, "read_as": seen.table.about, "columns": columns, "missing": list(seen.missing),
                "rows": seen.total, "left_out": seen.wrong, "one_step": seen.one_step,
                "problems": [_problem(each) for each in seen.problems],
            }
        )  # fmt: skip
        return
    print(f"{seen.kind}, {seen.table.about}: {seen.total} rows, {seen.wrong} would be left out")
    for name, head in columns.items():
        print(f"  {name:<12} {head}")
    for name in seen.missing:
        print(f"  {name:<12} no column: name one by --column {name}=HEAD", file=sys.stderr)
    for each in seen.problems[:_NAMED]:
        print(f"row {each.row}: {each.field}: {each.code} {each.cell}".rstrip(), file=sys.stderr)


def _problem(problem: Problem) -> dict[str, Any]:
    return {"row": problem.row, "field": problem.field, "code": problem.code, "cell": problem.cell}


def _progress(quiet: bool) -> Any:
    def told(done: int, total: int) -> bool:
        if not quiet and sys.stderr.isatty():
            print(f"\r{done} / {total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)
        return True

    return told


def _export(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import exporting

    counts = exporting.write(desk, arguments.path, _progress(arguments.json))
    if arguments.json:
        print_json(counts)
    else:
        print(f"{arguments.path}: {counts['ticket']} tickets, {counts['message']} letters, {sum(counts.values())} rows")
    return 0


def _restore(desk: Desk, arguments: argparse.Namespace) -> int:
    from deskapp.desk import exporting

    changes = exporting.read(desk, arguments.path, _progress(arguments.json))
    counts = changes.result
    told: Any = changes.said[1]
    for column, count in told["mended"].items():
        print(f"{column}: {count} unknown, the default stands there now", file=sys.stderr)
    for column, count in told["loose"].items():
        print(f"{column}: {count} lead to no row; kept as they are", file=sys.stderr)
    if told["backup"]:
        print(f"what this desk held before is in {told['backup']}", file=sys.stderr)
    if arguments.json:
        print_json(counts)
    else:
        print(f"{counts['ticket']} tickets, {counts['message']} letters, {sum(counts.values())} rows")
    return 0
