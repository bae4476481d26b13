"""Language of the window: English in the code, Russian (and English plural forms) in resources/i18n.

The translation files are read as they are, without a compiled twin that could be missing or stale, a context when it is
first wanted.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ..core import paths

LANGUAGES = ("ru", "en")


def plural_form(language: str, n: int) -> int:
    """Index of the numerus form, in the order of Qt Linguist: Russian one/few/many, English one/other."""
    n = abs(n)
    if language == "ru":
        if n % 10 == 1 and n % 100 != 11:
            return 0
        return 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2
    return 0 if n == 1 else 1


_Texts = dict[tuple[str, str], tuple[str, ...]]


class TsTranslator(QTranslator):
    """Answers from a .ts file. What the file lacks is None, so that Qt shows the source text.

    A context is read when something of it is first asked for: the first window asks for few of them.
    """

    def __init__(self, path: Path, language: str) -> None:
        super().__init__()
        self._language = language
        self._unread: dict[str, str] = {}
        self._texts: dict[str, _Texts] = {}
        for part in path.read_text("utf-8").split("<context>")[1:]:
            name = part.partition("<name>")[2].partition("</name>")[0]
            self._unread[name] = self._unread.get(name, "") + part.partition("</context>")[0]

    def isEmpty(self) -> bool:
        return not (self._unread or self._texts)

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        texts = self._texts.get(context)
        if texts is None:
            texts = self._texts[context] = _read(self._unread.pop(context, ""))
        forms = texts.get((source, disambiguation or ""))
        if forms is None and disambiguation:
            forms = texts.get((source, ""))
        if forms is None:
            return None
        if len(forms) == 1 or n < 0:
            return forms[0]
        return forms[min(plural_form(self._language, n), len(forms) - 1)]


def _read(context: str) -> _Texts:
    """{(source, comment): translation in its forms} of what stands within a context, as the extractor writes it."""
    found: _Texts = {}
    for message in _MESSAGE.finditer(context):
        source, comment, kind, translation = message.groups("")
        if kind in ("vanished", "obsolete"):
            continue
        forms = tuple(map(_plain, _FORM.findall(translation) or (translation,)))
        if all(forms):
            found[_plain(source), _plain(comment)] = forms
    return found


_MESSAGE = re.compile(
    r"<message[^>]*>.*?<source>(.*?)</source>\s*(?:<comment>(.*?)</comment>\s*)?(?:<(?:extra|translator)comment>.*?"
    r"</(?:extra|translator)comment>\s*)*<translation(?: type=\"(\w+)\")?>(.*?)</translation>",
    re.DOTALL,
)
_FORM = re.compile(r"<numerusform[^>]*>(.*?)</numerusform>", re.DOTALL)


def _plain(text: str) -> str:
    if "&" in text:
        for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
            text = text.replace(name, sign)
    return text


_installed: list[QTranslator] = []
_language = "en"


def language() -> str:
    """The language in force, "ru" or "en"."""
    return _language


def is_chosen() -> bool:
    """Whether the window has come so far that it speaks a language."""
    return bool(_installed)


def system_language() -> str:
    """The first of the person's languages that we speak, else English."""
    for name in QLocale.system().uiLanguages():
        if name[:2] in LANGUAGES:
            return name[:2]
    return "en"


def install(code: str) -> None:
    """Switch the window to a language now; open windows get QEvent.LanguageChange. ValueError if it is
    unknown.
    """
    global _language
    if code not in LANGUAGES:
        raise ValueError(code)
    app = QCoreApplication.instance()
    assert app is not None
    fresh: list[QTranslator] = []
    own_words_of_qt = QTranslator()
    if code != "en" and own_words_of_qt.load(
        f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        fresh.append(own_words_of_qt)
    ours = TsTranslator(paths.resources() / "i18n" / f"deskapp_{code}.ts", code)
    if not ours.isEmpty():
        fresh.append(ours)
    _language = code
    QLocale.setDefault(QLocale("ru_RU" if code == "ru" else "en_GB"))
    for old in _installed:
        app.removeTranslator(old)
    _installed[:] = fresh
    for translator in fresh:
        app.installTranslator(translator)


def translate(context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
    """Translate outside a class with `tr`, or a plural in a class that has heirs (there Qt loses the plural
    form).

    The name and the order of arguments are those that the extractor looks for.
    """
    text = QCoreApplication.translate(context, source, disambiguation, n)
    return text if n < _GROUPED_FROM else text.replace(str(n), grouped(n), 1)


#: Figures of four signs are read at a glance.
_GROUPED_FROM = 10_000


def grouped(count: int) -> str:
    """ "48\u00a0906" or "48,906": large counts in groups of three."""
    return f"{count:,}".replace(",", "\u00a0") if _language == "ru" else f"{count:,}"


def fill(text: str, *args: object) -> str:
    """%1, %2... replaced by the arguments, each once and not looked into again."""
    parts: list[str] = []
    rest = text
    while rest:
        head, sign, tail = rest.partition("%")
        parts.append(head)
        if not sign:
            break
        if tail[:1].isdigit() and 0 < int(tail[0]) <= len(args):
            parts.append(str(args[int(tail[0]) - 1]))
            rest = tail[1:]
        else:
            parts.append("%")
            rest = tail
    return "".join(parts)
