"""The line below a signed letter's text which says that its signature is not checked.

It is the last of the stored text, so that exports and other programs have it too; the window shows it as a chip.
"""

from __future__ import annotations

#: By language of the desk and kind of signature.
NOTES = {
    "ru": {
        "smime": "[Письмо подписано (S/MIME). Подпись здесь не проверяется: это делает почтовая программа.]",
        "pgp": "[Письмо подписано (PGP). Подпись здесь не проверяется: это делает почтовая программа.]",
    },
    "en": {
        "smime": "[The letter is signed (S/MIME). The signature is not checked here: a mail program does that.]",
        "pgp": "[The letter is signed (PGP). The signature is not checked here: a mail program does that.]",
    },
}


def parted(text: str) -> tuple[str, str]:
    """``(the letter's own text, the kind of its signature)``; the kind is empty where the note is not there."""
    for notes in NOTES.values():
        for kind, note in notes.items():
            if text.endswith(note):
                return text.removesuffix(note).rstrip("\n"), kind
    return text, ""
