"""What the window stands on: fonts that can write both languages, pictures, printing, TLS of Qt."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from ..core import paths
from ..desk.doctor import Finding

_AGAIN = "This copy of the application is incomplete. Install it again."
_WRITING = (QFontDatabase.WritingSystem.Latin, QFontDatabase.WritingSystem.Cyrillic)
_FORMATS = {"png", "jpg", "jpeg", "gif", "svg", "webp", "ico"}


def findings() -> Iterator[Finding]:
    from PySide6.QtNetwork import QSslSocket
    from PySide6.QtPrintSupport import QPrinter

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QGuiApplication)
    yield Finding(f"window system {app.platformName()}", True)
    written = all(QFontDatabase.families(one) for one in _WRITING)
    yield Finding("fonts with Latin and Cyrillic letters", written, "Install a font such as DejaVu Sans.")
    known = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    missing = sorted(_FORMATS - known)
    yield Finding("formats of pictures", not missing, f"Missing: {', '.join(missing)}. {_AGAIN}")
    icon = QImage(str(paths.resources() / "desktop" / "deskapp.png"))
    yield Finding("pictures of the application", not icon.isNull(), _AGAIN)
    yield Finding("printing", QPrinter.OutputFormat.PdfFormat is not None, _AGAIN)
    yield Finding("TLS of the window's library", QSslSocket.supportsSsl(), _AGAIN)
