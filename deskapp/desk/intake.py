"""A letter becomes a ticket, or joins one; a call or a note becomes one by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deskapp.core.clock import to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.ids import natural_id
from deskapp.desk import answers, assignment, letters, numbers, people, questions, ratings, seals, states, threads, work
from deskapp.desk.derive import is_thanks
from deskapp.desk.desk import Act, Desk
from deskapp.desk.intake_values import Incoming, IncomingFile, Outcome
from deskapp.desk.values import Changes
from deskapp.models.schema import Attachment, Contact, Event, Follower, Message, Note, Ticket

_DAY = 24 * 3_600_000
#: Characters of a ticket's name; the letter keeps all of its subject.
_LONG_SUBJECT = 500


def accept(
    desk: Desk, letter: Incoming, quiet: bool = False, beside: Callable[[Act, Outcome], None] | None = None
) -> Changes:
    """Take a letter in; ``Changes.result`` is its Outcome. The same letter again changes nothing.

    ``quiet`` sends no acknowledgement: imports and first readings answer nobody. ``beside`` writes what must be there
    together with the ticket or not at all.
    """
    with desk.act("letter_in", author="") as act:
        outcome = _accept(act, letter, quiet)
        act.result = outcome
        act.say("letter_in", number=outcome.number)
        if beside is not None:
            beside(act, outcome)
    return act.changes


class _TakenBack(Exception):
    pass


def rehearse(desk: Desk, letters: Sequence[Incoming]) -> list[Outcome]:
    """What would become of letters, taken in this order; nothing is kept and nobody is answered."""
    found: list[Outcome] = []
    try:
        with desk.replica.writing("", desk.clock.now()) as writing:
            act = Act(desk, writing, "", {})
            found = [_accept(act, letter, quiet=True) for letter in letters]
            raise _TakenBack
    except _TakenBack:
        return found


def _accept(act: Act, letter: Incoming, quiet: bool) -> Outcome:
    row = natural_id("message", letter.key)
    known = act.writing.execute("SELECT ticket_id FROM message WHERE id = ?", (row,)).fetchone()
    if known:
        return Outcome("ignored", known[0], _number(act, known[0]), reason="already here", message_id=row)
    if letter.own_letter and act.writing.execute("SELECT 1 FROM message WHERE id = ?", (letter.own_letter,)).fetchone():
        return Outcome("ignored", reason="our own letter")
    found = threads.find(act, letter)
    if (
        letter.permanent and letter.bounced_address and found.ticket_id
    ):  # a report about no letter of ours proves nothing
        _mark_undeliverable(act, letter.bounced_address)
    team = act.writing.execute(
        "SELECT id FROM specialist WHERE lower(email) = ?", (people.normal(letter.sender[1]),)
    ).fetchone()
    ticket_id = found.ticket_id
    asked = "" if team else _asked_status(act, ticket_id, letter)
    if asked:
        contact_id, _customer = people.contact(act, letter.sender[0], letter.sender[1], letter.language)
        _keep(act, row, asked, letter, contact_id)
        if not quiet:
            letters.tell_status(act, asked, letter.sender, row)
        return Outcome("joined", asked, _number(act, asked), reason="a question about the state", message_id=row)
    if ticket_id and letter.kind not in ("auto", "bounce") and not team and _too_old(act, ticket_id, letter):
        found = threads.Found("", ticket_id)
        ticket_id = ""
    if not ticket_id and letter.kind in ("auto", "bounce"):
        return Outcome("ignored", reason=letter.automatic_reason or "an automatic letter about no ticket of ours")
    if ticket_id:
        _join(act, row, ticket_id, letter, team[0] if team else "")
        return Outcome("joined", ticket_id, _number(act, ticket_id), reason=found.by, message_id=row)
    ticket_id = _create(act, row, letter, found.looks_like)
    assignment.assign(act, ticket_id)
    due = (
        not letter.automatic
        and bool(act.desk.schedule.rule["acknowledge"])
        and bool(letter.sender[1])
        and not people.is_ours(act, letter.sender[1])
    )
    answered = due and not quiet and letters.acknowledge(act, ticket_id)
    reason = (
        letter.automatic_reason if letter.automatic else ("" if answered or quiet or not due else "enough letters sent")
    )
    return Outcome("created", ticket_id, _number(act, ticket_id), due, reason, row)


def _asked_status(act: Act, ticket_id: str, letter: Incoming) -> str:
    """The ticket whose state a letter asks for: of its thread, or of the number that a participant names."""
    shown = all(file.inline and file.content_id for file in letter.files)  # the pictures of a signature are no files
    if letter.automatic or letter.kind not in ("new", "reply") or not shown:
        return ""
    if not answers.asks_status(letter.subject, letter.reply_text):
        return ""
    return threads.of_participant(act, letter, ticket_id, answers.number_in(letter.subject, letter.reply_text))


def _number(act: Act, ticket_id: str) -> int | None:
    row = act.writing.execute("SELECT number FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return row[0] if row else None


def _mark_undeliverable(act: Act, address: str) -> None:
    row = act.writing.execute("SELECT id FROM contact WHERE address = ?", (people.normal(address),)).fetchone()
    if row:
        act.update(Contact, row[0], undeliverable=act.now)


def _too_old(act: Act, ticket_id: str, letter: Incoming) -> bool:
    """Whether the ticket was closed so long ago that a letter is likelier about something new."""
    row = act.writing.execute(
        "SELECT status, consent_at, finished_at FROM ticket WHERE id = ?", (ticket_id,)
    ).fetchone()
    if row is None or row[0] != "closed" or is_thanks(letter.reply_text):
        return False
    closed = row[1] or row[2] or 0
    return to_ms(letter.received_at) - closed > int(act.desk.schedule.rule["reopen_days"]) * _DAY


def _create(act: Act, row: str, letter: Incoming, looks_like: str) -> str:
    contact_id, customer_id = people.contact(act, letter.sender[0], letter.sender[1], letter.language)
    ticket_id = natural_id("ticket", row)
    number = numbers.take(act)
    act.put(
        Ticket,
        id=ticket_id,
        number=number,
        subject=_subject(letter, act.desk.language),
        channel="mail",
        contact_id=contact_id,
        customer_id=customer_id,
        language=letter.language,
        received_at=to_ms(letter.received_at),
        looks_like=looks_like,
    )
    _keep(act, row, ticket_id, letter, contact_id)
    if number is not None:
        at = to_ms(letter.received_at)
        act.insert(Event, ticket_id=ticket_id, made_at=at, kind="numbered", data={"number": number})
    asker = letter.asker if letter.asker[1] and not people.is_ours(act, letter.asker[1]) else ("", "")
    if letter.urgency_hint or letter.hint_words or asker[1]:  # a person decides; see ``hints``
        act.insert(
            Event,
            ticket_id=ticket_id,
            made_at=to_ms(letter.received_at),
            kind="hint",
            data={
                "urgency": letter.urgency_hint,
                "words": list(letter.hint_words),
                "cause": letter.cause_hint,
                "asker": [asker[0], people.normal(asker[1])],
            },
        )
    _followers(act, ticket_id, contact_id, letter)
    return ticket_id


def _subject(letter: Incoming, language: str) -> str:
    """The subject, else the first words, else the name of the first file, so that no line of a list is empty."""
    said = " ".join(letter.reply_text.split())[:80] or (letter.files[0].name if letter.files else "")
    said = said or " ".join(seals.parted(letter.text)[0].split())[:80]
    return letter.subject.strip()[:_LONG_SUBJECT] or said or ("Без темы" if language == "ru" else "No subject")


def _join(act: Act, row: str, ticket_id: str, letter: Incoming, specialist: str) -> None:
    if letter.kind in ("auto", "bounce"):
        # machines are no contacts, and what they write moves nothing
        known = act.writing.execute(
            "SELECT id FROM contact WHERE address = ? ORDER BY id LIMIT 1", (people.normal(letter.sender[1]),)
        ).fetchone()
        _keep(act, row, ticket_id, letter, known[0] if known else "")
        return
    if specialist:  # a colleague answered straight from the mail program
        _keep(act, row, ticket_id, letter, "", direction="out", kind="reply", author=specialist)
        return
    contact_id, _customer = people.contact(act, letter.sender[0], letter.sender[1], letter.language)
    _keep(act, row, ticket_id, letter, contact_id)
    _followers(act, ticket_id, contact_id, letter)
    rated = ratings.from_letter(act, ticket_id, contact_id, letter.reply_text)
    if not rated or answers.consent(letter.reply_text) == "disagree":  # an opinion moves nothing
        _move_on(act, ticket_id, letter)


def _move_on(act: Act, ticket_id: str, letter: Incoming) -> None:
    """What a requester's letter does to the ticket's state; thanks alone neither reopen nor complain."""
    status, wait_for, started, for_reply, set_aside, reopened = act.writing.execute(
        "SELECT status, wait_for, started_at, snoozed_for_reply, set_aside, reopened FROM ticket WHERE id = ?",
        (ticket_id,),
    ).fetchone()
    thanks = is_thanks(letter.reply_text)
    values: dict[str, object] = {}
    after = states.after("letter", status)
    if after != status and not thanks:  # an answer to a refused ticket: its clock starts anew
        values = {"status": after, "answered_at": None, "answered_by": "", "clock_from": to_ms(letter.received_at)}
    elif status == "waiting" and wait_for == "customer":
        values = {"status": "in_progress" if started else "promised", "wait_for": "", "wait_note": ""}
    elif status == "closed" and not thanks:
        values = {"status": states.after("reopen", status), "needs": "date", "finished_at": None}
        values |= {"consent_how": "", "consent_who": "", "consent_at": None, "reopened": reopened + 1}
    if status in ("refused", "closed") and values:
        act.insert(Event, ticket_id=ticket_id, made_at=act.now, kind="reopened", data={"from": status})
    if for_reply:
        values |= {"snoozed_until": None, "snoozed_for_reply": 0}
    if set_aside == "not_request" and not thanks:  # they write again: somebody should look once more
        values["set_aside"] = ""
    if values:
        act.update(Ticket, ticket_id, **values)


def _keep(
    act: Act,
    row: str,
    ticket_id: str,
    letter: Incoming,
    contact_id: str,
    direction: str = "in",
    kind: str = "",
    author: str = "",
) -> None:
    """Store the letter and its files under a ticket."""
    act.insert(
        Message,
        id=row,
        ticket_id=ticket_id,
        direction=direction,
        kind=kind or letter.kind,
        mailbox_id=letter.mailbox_id,
        message_id=letter.message_id,
        in_reply_to=letter.in_reply_to,
        refs=list(letter.references),
        sender=letter.sender[1],
        sender_name=letter.sender[0],
        to=[list(pair) for pair in letter.to],
        cc=[list(pair) for pair in letter.cc],
        contact_id=contact_id,
        author_id=author,
        subject=letter.subject,
        sent_at=to_ms(letter.sent_at) if letter.sent_at else None,
        received_at=to_ms(letter.received_at),
        text=letter.text,
        reply_text=letter.reply_text or letter.text,
        html=letter.html,
        raw_sha256=letter.raw_sha256,
        automatic=int(letter.automatic),
        about=people.normal(letter.bounced_address),
        pictures_held=int(letter.pictures_held),
    )
    for position, file in enumerate(letter.files):
        act.insert(
            Attachment,
            id=natural_id("attachment", row, position),
            ticket_id=ticket_id,
            message_id=row,
            name=file.name,
            type=file.type,
            size=file.size,
            sha256=file.sha256,
            content_id=file.content_id,
            inline=int(file.inline),
            position=position,
        )


def _followers(act: Act, ticket_id: str, requester: str, letter: Incoming) -> None:
    """People in copy want to know; our own mailboxes and colleagues are no followers, nor is who got a circular."""
    if not letter.cc or len(letter.to) + len(letter.cc) > letters.CIRCULAR:
        return
    ours = people.team_addresses(act)
    for name, address in letter.cc:
        key = people.normal(address)
        if not key or key in ours or key == people.normal(letter.sender[1]):
            continue
        contact_id, _customer = people.contact(act, name, address)
        if contact_id and contact_id != requester:
            act.put(
                Follower, id=natural_id("follower", ticket_id, contact_id), ticket_id=ticket_id, contact_id=contact_id
            )


def create(
    act: Act,
    subject: str,
    contact_name: str = "",
    address: str = "",
    phone: str = "",
    customer: str = "",
    channel: str = "hand",
    urgency: int = 3,
    cause_id: str = "",
    effort: int | None = None,
    contact_id: str = "",
) -> tuple[str, int | None]:
    """Id and number of a ticket made by a person; ``contact_id``: of a requester who is known already."""
    desk = act.desk
    known = act.writing.execute("SELECT customer_id FROM contact WHERE id = ?", (contact_id,)).fetchone()
    if known:
        customer_id = known[0]
    else:
        contact_id, customer_id = people.contact(act, contact_name, address, desk.language, phone)
    if customer.strip():
        customer_id = people.customer_by_name(act, customer)
        if contact_id and (not known or known[0] != customer_id):
            people.file_under(act, contact_id, customer_id)
    number = numbers.take(act)
    skill = act.writing.execute("SELECT skill_id FROM cause WHERE id = ?", (cause_id,)).fetchone()
    ticket_id = act.insert(
        Ticket,
        number=number,
        subject=subject.strip(),
        channel=channel,
        contact_id=contact_id,
        customer_id=customer_id,
        language=desk.language,
        urgency=urgency,
        cause_id=cause_id,
        skill_id=skill[0] if skill else "",
        effort=effort,
        received_at=act.now,
    )
    if number is not None:
        act.insert(
            Event, ticket_id=ticket_id, made_at=act.now, author_id=desk.me, kind="numbered", data={"number": number}
        )
    assignment.assign(act, ticket_id)
    return ticket_id, number


def by_hand(
    desk: Desk,
    subject: str,
    text: str = "",
    contact_name: str = "",
    address: str = "",
    phone: str = "",
    customer: str = "",
    channel: str = "hand",
    urgency: int = 3,
    cause_id: str = "",
    effort: int | None = None,
    files: Sequence[IncomingFile] = (),
    answers: questions.Answers = (),
) -> Changes:
    """A ticket from a conversation; ``answers`` to the questions of its cause are the first entry of its protocol.

    ``Changes.result`` is its id. Nothing is mailed.
    """
    if not subject.strip():
        raise UserFacingError("A ticket needs a subject", "What you typed is kept; say in a few words what is wrong.")
    with desk.act("created") as act:
        ticket_id, number = create(
            act,
            subject,
            contact_name=contact_name,
            address=address,
            phone=phone,
            customer=customer,
            channel=channel,
            urgency=urgency,
            cause_id=cause_id,
            effort=effort,
        )
        questions.record(act, ticket_id, answers, channel)
        if text.strip() or files:
            note_id = act.insert(
                Note,
                ticket_id=ticket_id,
                author_id=desk.me,
                made_at=act.now,
                kind="talk",
                text=text.strip(),
                channel=channel,
            )
            work.attach(act, ticket_id, note_id, files)
        act.say("created", number=number)
        act.result = ticket_id
    return act.changes
