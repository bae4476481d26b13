"""What build.spec asks for on Windows, read on any system: parts of the builder are stood in for, none of ours."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from PyInstaller import compat
from PyInstaller.config import CONF
from PyInstaller.utils import hooks

from deskapp import __version__

ROOT = Path(__file__).resolve().parent.parent
#: What a build on Windows finds beside what is wanted, and what it must keep.
FOUND = {
    "PySide6\\plugins\\platforms\\qwindows.dll": True,
    "PySide6\\plugins\\platforms\\qoffscreen.dll": True,
    "PySide6\\plugins\\platforms\\qdirect2d.dll": False,
    "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll": True,
    "PySide6\\plugins\\imageformats\\qico.dll": True,
    "PySide6\\plugins\\imageformats\\qsvg.dll": True,
    "PySide6\\plugins\\iconengines\\qsvgicon.dll": True,
    "PySide6\\plugins\\tls\\qschannelbackend.dll": True,
    "PySide6\\plugins\\sqldrivers\\qsqlite.dll": False,
    "PySide6\\plugins\\qmltooling\\qmldbg_server.dll": False,
    "PySide6\\translations\\qtbase_ru.qm": True,
    "PySide6\\translations\\qtbase_de.qm": False,
    "PySide6\\Qt6Core.dll": True,
    "PySide6\\Qt6Quick.dll": False,
    "PySide6\\opengl32sw.dll": False,
    "VCRUNTIME140.dll": True,
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """What the spec told the builder: the programs, and what it collects."""
    programs: list[dict[str, Any]] = []
    collected: list[Any] = []

    def analysis(scripts: list[str], **_words: Any) -> SimpleNamespace:
        files = [(name, name, "BINARY") for name in FOUND]
        return SimpleNamespace(scripts=scripts, pure=[], binaries=files, datas=[])

    def collect(*parts: Any, **words: Any) -> None:
        collected.append((parts, words))

    def program(*_parts: Any, **words: Any) -> dict[str, Any]:
        programs.append(words)
        return words

    with pytest.MonkeyPatch.context() as patch:
        # these write resources into programs, which nobody asks here; they are there on Windows alone
        patch.setitem(sys.modules, "pefile", ModuleType("pefile"))
        patch.setattr(compat, "win32api", None, raising=False)
        for name in ("collect_submodules", "collect_data_files", "copy_metadata"):
            patch.setattr(hooks, name, lambda *_names: [])
        patch.setitem(CONF, "workpath", str(tmp_path_factory.mktemp("work")))
        patch.setattr(sys, "platform", "win32")
        names = {"Analysis": analysis, "PYZ": lambda _pure: None, "EXE": program, "COLLECT": collect}
        exec(compile((ROOT / "build.spec").read_text("utf-8"), "build.spec", "exec"), {**names, "SPECPATH": str(ROOT)})
    ((parts, words),) = collected
    return SimpleNamespace(programs=programs, parts=parts, words=words)


def test_one_program_has_a_window_and_one_a_console(told: SimpleNamespace) -> None:
    window, line = told.programs
    assert (window["name"], window["console"]) == ("deskapp", False)
    assert (line["name"], line["console"]) == ("deskapp-cli", True)
    assert list(told.parts[:2]) == [window, line], "both lie in the folder"
    assert not any(one["upx"] for one in (window, line, told.words))


def test_both_carry_the_version_and_the_icon(told: SimpleNamespace) -> None:
    for program in told.programs:
        assert Path(program["icon"]).is_file() and program["icon"].endswith(".ico")
        raw = program["version"].toRaw()
        for word in (f"{program['name']}.exe", __version__, "deskapp, a help desk", "MIT licence"):
            assert word.encode("utf-16-le") in raw
        major, minor, patch = (int(part) for part in __version__.split("."))
        assert struct.pack("<II", major << 16 | minor, patch << 16) in raw


def test_the_icon_has_every_size_that_windows_shows() -> None:
    icon = (ROOT / "resources" / "desktop" / "deskapp.ico").read_bytes()
    kind, count = struct.unpack_from("<HH", icon, 2)
    entries = [struct.unpack_from("<BBBBHHII", icon, 6 + 16 * at) for at in range(count)]
    assert kind == 1 and {entry[0] or 256 for entry in entries} >= {16, 24, 32, 48, 256}
    for entry in entries:
        size, at = entry[6], entry[7]
        assert icon[at : at + 8] == b"\x89PNG\r\n\x1a\n" and at + size <= len(icon)


def test_what_windows_needs_is_kept_and_the_rest_left_out(told: SimpleNamespace) -> None:
    kept = {name for name, _path, _kind in told.parts[2]}
    assert kept == {name for name, wanted in FOUND.items() if wanted}
