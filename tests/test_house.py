"""The rules of the house: which room knows which, one home for each library, and what is kept out."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DESKAPP = ROOT / "deskapp"

#: Which other rooms a room may import.
ARROWS = {
    "core": set(),
    "planning": {"core"},
    "models": {"core"},
    "desk": {"core", "planning", "models"},
    "sync": {"core", "models", "desk"},
    "ui": {"core", "planning", "desk"},
    "cli": {"commands", "core", "desk", "app"},
    "commands": {"core", "planning", "models", "desk", "sync", "app"},
    "app": {"core", "planning", "models", "desk", "sync", "ui"},
    "__main__": {"cli"},
}
#: Libraries that have a room instead of a single file.
ROOMS_OF_LIBRARIES = {
    "PySide6": ("ui/", "app.py"),
    "shiboken6": ("ui/",),
    "peewee": ("models/", "sync/hub/"),
    "playhouse": ("models/", "sync/hub/"),
}
#: All other libraries that core may know; the rest of it is the standard library.
LIBRARIES_OF_CORE = {"keyring", "cryptography"}
#: Import names that differ from the name in requirements.txt.
DISTRIBUTIONS = {
    "PySide6": "pyside6-essentials",
    "shiboken6": "pyside6-essentials",
    "playhouse": "peewee",
    "Stemmer": "pystemmer",
    "dns": "dnspython",
    "imap_tools": "imap-tools",
    "charset_normalizer": "charset-normalizer",
    "dateutil": "python-dateutil",
    "python_calamine": "python-calamine",
    "compressed_rtf": "compressed-rtf",
}

LONGEST_FILE = 620
LONGEST_FILES = {"deskapp/ui/main_window.py": 500}


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def place(path: Path, node: ast.AST) -> str:
    return f"{name_of(path)}:{getattr(node, 'lineno', '?')}"


def imports_of(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Each imported module by its full name, also those inside functions; `from a import b` gives a.b."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            parts = list(package[: len(package) - node.level + 1]) if node.level else []
            base = ".".join(parts + ([node.module] if node.module else []))
            for alias in node.names:
                yield node, f"{base}.{alias.name}"


def room_of(path: Path) -> str:
    return path.relative_to(DESKAPP).parts[0].removesuffix(".py")


def vendor_imports() -> Iterator[tuple[Path, ast.AST, str]]:
    for path in python_files("deskapp"):
        for node, module in imports_of(path):
            library = module.split(".")[0]
            if library != "deskapp" and library not in sys.stdlib_module_names:
                yield path, node, library


def test_rooms_know_only_the_rooms_below_them() -> None:
    wrong = []
    for path in python_files("deskapp"):
        room = room_of(path)
        if room == "__init__":
            continue
        assert room in ARROWS, f"{name_of(path)} stands in no room"
        for node, module in imports_of(path):
            parts = module.split(".")
            # "from deskapp import __version__" is a name, not a room.
            known = parts[1] if parts[0] == "deskapp" and len(parts) > 1 else ""
            if known in ARROWS and known != room and known not in ARROWS[room]:
                wrong.append(f"{place(path, node)} {room} -> {known}")
    assert not wrong, "\n".join(wrong)


def test_each_library_has_its_home() -> None:
    wrong, homes = [], defaultdict(set)
    for path, node, library in vendor_imports():
        inside = path.relative_to(DESKAPP).as_posix()
        if library in ROOMS_OF_LIBRARIES:
            if not inside.startswith(ROOMS_OF_LIBRARIES[library]):
                wrong.append(f"{place(path, node)} {library} outside {ROOMS_OF_LIBRARIES[library]}")
        else:
            homes[library].add(inside)
        if inside.startswith("core/") and library not in LIBRARIES_OF_CORE:
            wrong.append(f"{place(path, node)} core knows {library}")
        if inside.startswith("ui/") and library == "keyring":
            wrong.append(f"{place(path, node)} the window knows the keyring")
    wrong += [f"{library} in {sorted(files)}" for library, files in homes.items() if len(files) > 1]
    assert not wrong, "\n".join(wrong)


def test_what_is_imported_is_pinned() -> None:
    pinned = {
        re.split(r"[\[=]", line)[0].lower().replace("_", "-"): line
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    used = {DISTRIBUTIONS.get(library, library.lower()) for _, _, library in vendor_imports()}
    assert not used - set(pinned), "not in requirements.txt"
    assert all(re.search(r"==\d", line) for line in pinned.values()), "a pin is exact"


@pytest.mark.parametrize(
    ("start", "stays_out"),
    [
        ("deskapp.cli", {"PySide6", "psycopg", "exchangelib", "holidays", "keyring", "msal", "xlsxwriter"}),
        ("deskapp.app", {"psycopg", "exchangelib", "holidays", "keyring", "msal", "xlsxwriter"}),
    ],
)
def test_slow_libraries_wait_until_they_are_needed(start: str, stays_out: set[str]) -> None:
    if not (ROOT / (start.replace(".", "/") + ".py")).exists():
        pytest.skip(f"{start} is not written yet")
    program = f"import sys, {start}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True)
    assert not stays_out & set(loaded.split())


def test_planning_knows_neither_clock_nor_tables() -> None:
    wrong = []
    for path in python_files("deskapp/planning"):
        for node in ast.walk(tree_of(path)):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.endswith((".now", ".today", ".utcnow")) or called.startswith("time."):
                wrong.append(f"{place(path, node)} {called}")
        wrong += [place(path, node) for node, name in imports_of(path) if "core.clock" in name]
    assert not wrong, "\n".join(wrong)


def test_days_are_walked_in_the_calendar_and_not_by_seconds() -> None:
    # A day has 23 or 25 hours when the clocks change.
    day = re.compile(r"\b(86_?400(_?000)?|24 ?\* ?(60 ?\* ?60|3_?600))\b")
    wrong = [
        f"{name_of(path)}:{number}"
        for path in python_files("deskapp/planning", "deskapp/desk")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if day.search(line.split("#")[0])
    ]
    assert not wrong, "\n".join(wrong)


def test_files_stay_readable_in_one_sitting() -> None:
    wrong = []
    for path in python_files("deskapp"):
        length = path.read_text(encoding="utf-8").count("\n")
        if length > LONGEST_FILES.get(name_of(path), LONGEST_FILE):
            wrong.append(f"{name_of(path)}: {length}")
    assert not wrong, "\n".join(wrong)


def test_replace_stays_out_of_sql() -> None:
    # REPLACE deletes the row and makes another: change capture would tell the hub of a deletion.
    banned = re.compile(
        r"\breplace\s+into\b|\binsert\s+or\s+replace\b"
        r"|on_conflict_replace|\.replace_many\(|on_conflict\(\s*['\"]replace",
        re.IGNORECASE,
    )
    wrong = []
    for path in python_files("deskapp", "benchmarks"):
        text = path.read_text(encoding="utf-8")
        wrong += [f"{name_of(path)}: {hit.group()}" for hit in banned.finditer(text)]
    assert not wrong, "\n".join(wrong)


def is_translation(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return called in ("tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP")


def is_put_together(argument: ast.AST) -> bool:
    """Whether this is a text made at run time: an f-string, a sum or % with a text in it, a .format call."""
    if isinstance(argument, ast.Call):
        return ast.unparse(argument.func).endswith(".format")
    if isinstance(argument, ast.BinOp):
        parts = list(ast.walk(argument))
        return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts)
    return isinstance(argument, ast.JoinedStr)


def test_texts_to_translate_are_plain_literals() -> None:
    # lupdate takes the braces of an f-string for text, and such a text is never found again at run time.
    wrong = []
    for path in python_files("deskapp/ui"):
        for node in filter(is_translation, ast.walk(tree_of(path))):
            assert isinstance(node, ast.Call)
            wrong += [place(path, node) for argument in node.args[:3] if is_put_together(argument)]
    assert not wrong, "\n".join(wrong)


def test_tests_wait_for_what_happens_and_not_for_time() -> None:
    wrong = []
    for path in python_files("tests"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in ("time.sleep", "sleep", "qtbot.wait") or called.endswith((".qWait", ".qSleep")):
                    wrong.append(f"{place(path, node)} {called}")
    assert not wrong, "\n".join(wrong)


def test_messages_come_through_one_seam() -> None:
    wrong = [
        place(path, node)
        for path in python_files("deskapp")
        if name_of(path) != "deskapp/ui/messages.py"
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.Name) and node.id == "QMessageBox")
        or (isinstance(node, ast.Attribute) and node.attr == "QMessageBox")
        or (isinstance(node, ast.alias) and node.name == "QMessageBox")
    ]
    assert not wrong, "\n".join(wrong)


def test_no_path_of_one_machine_is_written_down() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")
    private = re.compile(rb"(?<![\w.~-])/(work|root)/[\w.]")
    wrong = []
    for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
        path = ROOT / name
        if path.is_file() and private.search(path.read_bytes()):
            wrong.append(name)
    assert not wrong, "\n".join(wrong)
