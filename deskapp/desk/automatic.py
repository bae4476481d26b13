"""Letters that leave without a person: never to an address that is known not to work or had enough of them this hour,
never twice for one reason.

Their ids are natural, so that two replicas which find the same reason make one letter.
"""

from __future__ import annotations

from typing import Any

from deskapp.core.ids import natural_id
from deskapp.desk import letters, templates
from deskapp.desk.desk import Act


def send(act: Act, ticket_id: str, kind: str, *reason: object, about: str = "", **data: Any) -> str:
    """Put a letter of ``kind`` into the outbox; its id. Empty if it was sent before, cannot be delivered, or has to
    wait, since the address had enough automatic letters this hour. ``about``: the promise that it tells."""
    letter_id = natural_id(kind, ticket_id, *reason)
    if act.writing.execute("SELECT 1 FROM message WHERE id = ?", (letter_id,)).fetchone():
        return ""
    values, language, ticket = letters.values_for(act.desk, ticket_id)
    if not letters.may_answer_by_itself(act, str(ticket["address"])):
        return ""
    values.update(data)  # type: ignore[typeddict-item]
    values["signature"] = str(act.desk.schedule.rule["desk_name"])
    own_subject, own_body = letters.own_template(act.desk, kind, language, ticket_id)
    subject, body = templates.render(kind, language, values, own_body or None, own_subject or None)
    if templates.unfilled(body):
        return ""
    letter = {
        "to": [[ticket["name"], ticket["address"]]],
        "cc": [list(one) for one in letters.followers(act.desk, ticket_id)] if kind in letters.COPIED else [],
        "subject": subject,
        "body": body,
        "author": "",
        "about": about,
        "files": [],
    }
    letters._to_outbox(act, letter_id, ticket_id, kind, letter, act.now, automatic=True)
    act.extra.add(ticket_id)
    return letter_id
