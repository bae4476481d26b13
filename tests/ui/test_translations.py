"""Both languages are complete, and what Qt's own extractor would find is what is kept."""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from deskapp.ui import i18n

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """resources/i18n/update.py, which is a script and no part of the package."""
    path = ROOT / "resources" / "i18n" / "update.py"
    module = ModuleType("update")
    module.__file__ = str(path)
    exec(compile(path.read_text("utf-8"), str(path), "exec"), module.__dict__)
    return module


def test_nothing_is_untranslated_vanished_or_out_of_reach(update: ModuleType) -> None:
    assert update.problems() == []


def test_qts_extractor_finds_nothing_else(update: ModuleType, tmp_path: Path) -> None:
    target = tmp_path / "texts.ts"
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(tool), "-silent", *map(str, update.window_files()), "-ts", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    theirs = set(update.read(target))
    assert len(theirs) > 100
    assert theirs - set(update.window_texts()) == set()


def test_the_check_notices(update: ModuleType, tmp_path: Path) -> None:
    package = tmp_path / "deskapp"
    (package / "ui").mkdir(parents=True)
    (package / "ui" / "one.py").write_text(
        'class A(Q):\n    def f(self): return self.tr("Hello"), self.tr(f"Hello {1}"), self.tr("a" + x)\n'
        'b = translate("C", "%n day(s)", None, self.count())\nc = QT_TRANSLATE_NOOP("D", "in " "two parts")\n'
        'd = translate("C", "May", "short")\n',
        "utf-8",
    )
    (package / "wrong.py").write_text(
        "class Late(UserFacingError): ...\nclass Later(Late): ...\nraise Later('Too late', 'Come back at %1.', at)\n",
        "utf-8",
    )
    assert update.window_texts(package) == [
        ("A", "Hello", ""),
        ("C", "%n day(s)", ""),
        ("D", "in two parts", ""),
        ("C", "May", "short"),
    ]
    assert update.declared_texts(package) == [("Errors", "Too late", ""), ("Errors", "Come back at %1.", "")]
    assert len(update.f_strings_in_tr(package)) == 2


def test_files_are_read_back_as_written(update: ModuleType, tmp_path: Path) -> None:
    texts = {
        ("C", "%n day(s)", ""): ["%n день", "%n дня", "%n дней"],
        ("C", "a < b & c", "note"): ["а < б & в"],
        ("B", "todo", ""): [""],
    }
    path = tmp_path / "x.ts"
    update.write(path, "ru", texts)
    assert update.read(path) == texts
    translator = i18n.TsTranslator(path, "ru")
    assert translator.translate("C", "%n day(s)", None, 3) == "%n дня"
    assert translator.translate("C", "a < b & c", "note") == "а < б & в"
    assert translator.translate("B", "todo") is None
    assert translator.translate("C", "unknown") is None


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_every_text_is_read_as_an_xml_parser_reads_it(code: str) -> None:
    path = ROOT / "resources" / "i18n" / f"deskapp_{code}.ts"
    translator = i18n.TsTranslator(path, code)
    count = 0
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            asked = (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
            )
            assert [
                translator.translate(*asked, n) for n in ((-1,) if len(forms) == 1 else (1, 2, 5)[: len(forms)])
            ] == forms
            count += 1
    assert count > 50


def test_signs_of_xml_and_texts_that_went_away(tmp_path: Path) -> None:
    path = tmp_path / "some.ts"
    path.write_text(
        "<TS><context><name>A</name><message><source>a &lt;b&gt; &amp;amp; &quot;c&quot;</source>"
        "<translation>d &lt;e&gt; &amp;amp;</translation></message><message><source>gone</source>"
        '<translation type="vanished">weg</translation></message><message><source>bare</source>'
        '<translation type="unfinished"></translation></message></context></TS>',
        "utf-8",
    )
    translator = i18n.TsTranslator(path, "ru")
    assert translator.translate("A", 'a <b> &amp; "c"') == "d <e> &amp;"
    assert (
        translator.translate("A", "gone") is translator.translate("A", "bare") is translator.translate("B", "a") is None
    )


def test_english_plurals(update: ModuleType) -> None:
    assert update.english_forms("%n day(s)") == ["%n day", "%n days"]
    assert update.english_forms("%n entry(ies)") == ["%n entry", "%n entries"]


def test_translations_in_words_go_through_qt(qapp: QApplication) -> None:
    i18n.install("ru")
    assert QCoreApplication.translate("Words", "today") == "сегодня"
    assert QCoreApplication.translate("Words", "%n day(s)", None, 21) == "%n день".replace("%n", "21")
    assert QCoreApplication.translate("Nowhere", "stays as it is") == "stays as it is"
    i18n.install("en")
    assert QCoreApplication.translate("Words", "today") == "today"
    assert QCoreApplication.translate("Words", "%n day(s)", None, 1) == "1 day"


def test_qts_own_words_are_translated(qapp: QApplication, qtbot: Any) -> None:
    i18n.install("ru")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().replace("&", "") == "Отмена"


def test_open_windows_hear_of_the_switch(qapp: QApplication, qtbot: Any) -> None:
    class Listener(QWidget):
        heard = 0

        def changeEvent(self, event: QEvent) -> None:
            self.heard += event.type() == QEvent.Type.LanguageChange

    window = Listener()
    qtbot.addWidget(window)
    i18n.install("ru")
    qtbot.waitUntil(lambda: window.heard > 0)


@pytest.mark.parametrize(
    ("n", "form"), [(0, 2), (1, 0), (2, 1), (4, 1), (5, 2), (11, 2), (12, 2), (21, 0), (22, 1), (111, 2), (-1, 0)]
)
def test_russian_has_three_forms(n: int, form: int) -> None:
    assert i18n.plural_form("ru", n) == form


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        i18n.install("de")
    assert i18n.language() == "en"


def test_no_source_text_shouts() -> None:
    for path in (ROOT / "deskapp" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
                "tr",
                "translate",
            ):
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                assert not any(text.endswith("!") for text in texts), (path, texts)


def test_tr_of_a_class_reaches_its_context(qapp: QApplication) -> None:
    class TopBar(QObject):
        def words(self) -> str:
            return self.tr("Call")

    i18n.install("ru")
    assert TopBar().words() == "Звонок"
