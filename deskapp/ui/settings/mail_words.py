"""What a trial of a mailbox, and the look for one, are told in."""

from __future__ import annotations

from ...desk.mailport import Checked, Detected
from ..i18n import fill, translate
from ..messages import error_words


def checked_words(checked: Checked) -> str:
    """How a trial ended, in a sentence or two."""
    if checked.error is not None:
        return ". ".join(part.rstrip(".") for part in error_words(checked.error) if part) + "."
    sentences = {
        "works": translate("MailPage", "The mailbox can be read and the server takes letters."),
        "folder": translate("MailPage", "Letters are read from %1 and put into %2."),
        "read_only": translate("MailPage", "The folder %1 is read-only."),
        "no_mail": translate("MailPage", "Mail does not run in this process."),
    }
    return fill(sentences[checked.code], *checked.args)


def detected_words(found: Detected) -> str:
    """What an address told."""
    sentences = {
        "known": translate("MailPage", "This is %1; its servers are entered."),
        "exchange": translate("MailPage", "An Exchange server was found: %1."),
        "online": translate("MailPage", "The mailbox is in Exchange Online: it signs in at Microsoft."),
        "records": translate("MailPage", "The domain names its mail server: %1."),
        "guess": translate("MailPage", "A mail server answers at %1. Test it with the password."),
        "nothing": translate(
            "MailPage", "No server was found for this address. Ask the administrator of its mail for the names."
        ),
    }
    words = fill(sentences[found.code], found.name)
    if found.app_password:
        more = translate(
            "MailPage",
            "%1 takes only a password made for applications: allow IMAP in the settings of the mailbox there, make one "
            "and enter it here.",
        )
        words = f"{words} {fill(more, found.name)}"
    return words
