"""Letters a second, from the bytes that a server hands over to the committed ticket: kept as a file, parsed, threaded,
numbered, acknowledged, indexed, shown in the lists. On a new desk and on the big one.

Letters are plain text of some 500 characters, three in four Russian; every third answers an earlier one. Each is on
the disk (synchronous = full) before the next begins, as with a mailbox.
Floor: the least that a mail store does for a letter on the same disk: its bytes into a file with fsync, two rows
(ticket and message) with their indexes and its words into the text index, one transaction a letter. The disk's own
speed is in both; the fastest open peer took 30 letters a second on two cores, 13 with a full base.
"""

from __future__ import annotations

import os
import random
import tempfile
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from benchmarks import words
from benchmarks.big_desk import NOW, TICKETS, copied, folder, make
from benchmarks.measure import Row, Times, bare, in_turn
from deskapp.desk.desk import Desk
from deskapp.models import rows as statements
from deskapp.models.schema import Message, Ticket
from deskapp.sync.mail.stages import take


def letters(count: int) -> list[bytes]:
    rng = random.Random(7)
    texts = words.Texts(rng, 800)
    made = []
    for place in range(count):
        russian = rng.random() < 0.75
        name = words.person(rng.randrange(10**6), russian)
        letter = EmailMessage()
        letter["From"] = f'"{name}" <user{place % 40}@client{place % 25}.example>'
        letter["To"] = "help@desk.example"
        answers = place % 3 == 2
        letter["Subject"] = f"Re: {texts.subject(russian)}" if answers else texts.subject(russian)
        letter["Message-ID"] = f"<intake.{place}@client.example>"
        if answers:
            letter["In-Reply-To"] = f"<intake.{place - 2}@client.example>"
        letter["Date"] = format_datetime(NOW)
        letter.set_content("\n".join(texts.letter(rng, russian, name)))
        made.append(letter.as_bytes())
    return made


def _measured(desk: Desk, count: int) -> tuple[Times, Times]:
    run_sql = bare(desk.replica)

    def floor(case: tuple[int, bytes]) -> None:
        place, raw = case
        with tempfile.NamedTemporaryFile(dir=desk.profile.blobs) as kept:
            kept.write(raw)
            kept.flush()
            os.fsync(kept.fileno())
        run_sql("BEGIN IMMEDIATE", ())
        run_sql("UPDATE capture_context SET active = 0 WHERE id = 1", ())
        text = raw.decode("utf-8", "replace")
        run_sql(*statements.insert(Ticket, {"id": f"floor-{place}", "subject": text[:40], "status": "closed"}))
        message = {"id": f"floor-{place}", "ticket_id": f"floor-{place}", "message_id": f"floor-{place}", "text": text}
        run_sql(*statements.insert(Message, message))
        run_sql("INSERT INTO search_text (rowid, body) VALUES (?, ?)", (10**9 + place, text))
        run_sql("COMMIT", ())

    cases = list(enumerate(letters(count)))
    take(desk, letters(count + 1)[-1], "warm")
    return in_turn(cases, floor, lambda case: take(desk, case[1], f"letter-{case[0]}"))


#: Ten times what the fastest open peer took on two cores, with a new base and with a full one.
_NEW, _FULL = 300, 130


def _row(work: str, times: tuple[Times, Times], least: int) -> Row:
    floor, ours = (1000 / one.median for one in times)
    return Row(work, floor, ours, "/s", f"≥ {least} a second", ours >= least, f"p95 {times[1].p95:.1f} ms")


def run(tickets: int = TICKETS, count: int = 150) -> list[Row]:
    found = []
    with tempfile.TemporaryDirectory(prefix="deskapp-benchmark-", ignore_cleanup_errors=True) as scratch:
        make(Path(scratch) / "new", tickets=50)
        with copied(Path(scratch) / "new") as desk:
            found.append(_row("intake, a new desk", _measured(desk, count), _NEW))
    with copied(folder(tickets)) as desk:
        found.append(_row(f"intake, {tickets:,} tickets", _measured(desk, count), _FULL))
    return found
