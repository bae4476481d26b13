"""The preliminary analysis: what is asked for each cause, and what the answers say of the zone of the fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deskapp.core.errors import UserFacingError
from deskapp.desk import rights
from deskapp.desk.desk import Act, Desk
from deskapp.desk.values import Changes
from deskapp.models.schema import CauseQuestion, Note, Ticket


@dataclass(frozen=True)
class Question:
    """``answers``: (what is said, the zone of the fault that it speaks for or empty); none: in own words."""

    id: str
    text: str
    answers: tuple[tuple[str, str], ...] = ()


#: A question's id and what was answered.
Answers = Sequence[tuple[str, str]]


def of_cause(desk: Desk, cause_id: str) -> tuple[Question, ...]:
    """What is asked for a cause, in its order and the reader's language."""
    return tuple(_question(desk, row) for row in rows(desk, cause_id) if row["active"])


def _question(desk: Desk, row: Mapping[str, Any]) -> Question:
    english = desk.language == "en"
    answers = tuple(
        ((one.get("text_en") or one["text"]) if english else one["text"], str(one.get("zone_id") or ""))
        for one in row["answers"] or ()
    )
    return Question(row["id"], (row["text_en"] or row["text"]) if english else row["text"], answers)


def rows(desk: Desk, cause_id: str) -> list[dict[str, Any]]:
    """Questions of a cause as Settings edit them, those out of use included."""
    return desk.replica.records(
        CauseQuestion, CauseQuestion.cause_id == cause_id, order=(CauseQuestion.position, CauseQuestion.id)
    )


def save(desk: Desk, row: Mapping[str, Any]) -> Changes:
    """Change a question, or add one (no ``id``) to ``cause_id``."""
    rights.demand(desk, "lists")
    if "text" in row and not str(row["text"]).strip():
        raise UserFacingError("The question has no text", "The old one was kept.")
    values = {name: value for name, value in row.items() if name in CauseQuestion._meta.fields}
    with desk.act("settings") as act:
        question_id = str(values.pop("id", "") or "")
        if question_id:
            act.update(CauseQuestion, question_id, **values)
        else:
            last = act.writing.execute(
                "SELECT coalesce(max(position), -1) FROM cause_question WHERE cause_id = ?", (values["cause_id"],)
            ).fetchone()[0]
            question_id = act.insert(CauseQuestion, **{"answers": [], "position": last + 1, **values})
        act.result = question_id
    return act.changes


def zone_of(questions: Sequence[Question], answers: Answers) -> str:
    """The zone of the fault that most answers speak for; empty where none does, or two are even."""
    known = {question.id: dict(question.answers) for question in questions}
    votes = Counter(zone for question, said in answers if (zone := known.get(question, {}).get(said, "")))
    best = votes.most_common(2)
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def protocol(questions: Sequence[Question], answers: Answers) -> str:
    """The answers as an entry of the protocol: a line each."""
    texts = {question.id: question.text for question in questions}
    lines = [
        f"{texts[question].rstrip('?: ')}: {said.strip()}"
        for question, said in answers
        if said.strip() and question in texts
    ]
    return "\n".join(lines)


def record(act: Act, ticket_id: str, answers: Answers, channel: str = "") -> str:
    """Write answers into the ticket: an entry of the protocol, and the zone they speak for where none is set.

    Returns the entry's id, empty without answers.
    """
    row = act.writing.execute("SELECT cause_id, zone_id FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    asked = of_cause(act.desk, row[0]) if row else ()
    text = protocol(asked, answers)
    if not text:
        return ""
    note_id = act.insert(
        Note,
        ticket_id=ticket_id,
        author_id=act.writing.author,
        made_at=act.now,
        kind="check",
        text=text,
        channel=channel,
    )
    zone = zone_of(asked, answers)
    if zone and not row[1]:
        act.update(Ticket, ticket_id, zone_id=zone)
    return note_id


def answer(desk: Desk, ticket_id: str, answers: Answers) -> Changes:
    """Answers to the questions of the ticket's cause; ``Changes.result`` is the protocol's entry."""
    with desk.act("questions") as act:
        act.result = record(act, ticket_id, answers)
        if not act.result:
            raise UserFacingError("Nothing is answered yet", "Answer one question at least.")
        number = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
        act.say("questions", number=number[0] if number else None)
    return act.changes
