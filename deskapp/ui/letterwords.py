"""What each kind of letter is called: where it is written, in the list of templates, and as a mark in the timeline."""

from __future__ import annotations

from .i18n import translate


def titles() -> dict[str, str]:
    """Kind of ``desk.templates.KINDS`` -> its name. A new kind gets its line here and in ``chips``."""
    return {
        "ack": translate("Composer", "Acknowledgement"),
        "promise": translate("Composer", "Promise"),
        "reply": translate("Composer", "Reply"),
        "question": translate("Composer", "Question"),
        "refusal": translate("Composer", "Refusal"),
        "done": translate("Composer", "Done"),
        "slip": translate("Composer", "New date"),
        "reminder": translate("Composer", "Reminder"),
        "status": translate("Composer", "Status"),
        "visit": translate("Composer", "Visit"),
        "holding": translate("Composer", "Holding letter"),
        "followup": translate("Composer", "Follow-up"),
        "rating": translate("Composer", "Question about satisfaction"),
    }


def chips() -> dict[str, str]:
    """The same for letters that were sent; a plain reply has no mark."""
    return {
        "ack": translate("Timeline", "Acknowledgement"),
        "promise": translate("Timeline", "Promise"),
        "reply": "",
        "question": translate("Timeline", "Question"),
        "refusal": translate("Timeline", "Refusal"),
        "done": translate("Timeline", "Done"),
        "slip": translate("Timeline", "Slip notice"),
        "reminder": translate("Timeline", "Reminder"),
        "status": translate("Timeline", "Status"),
        "visit": translate("Timeline", "Visit", "letter"),
        "holding": translate("Timeline", "Holding letter"),
        "followup": translate("Timeline", "Follow-up"),
        "rating": translate("Timeline", "Question about satisfaction"),
    }


def title(kind: str) -> str:
    return titles().get(kind, kind)


def chip(kind: str) -> str:
    return chips().get(kind, "")
