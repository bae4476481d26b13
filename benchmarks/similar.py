"""What may help with a ticket while it is triaged: similar tickets and articles by its own words, 2,000 articles beside
the tickets of the desk.

Floor: the text index alone, asked for the newest tickets that have any of the subject's words.
"""

from __future__ import annotations

import random

from benchmarks.big_desk import TICKETS, copied, folder
from benchmarks.measure import Row, against, bare, in_turn
from deskapp.desk import knowledge
from deskapp.desk.desk import Desk
from deskapp.models import search as index
from deskapp.models.schema import Article

ARTICLES = 2_000


def _write_articles(desk: Desk, count: int) -> None:
    """Articles in the words of the desk's own tickets, so that frequent words are frequent in them too."""
    rng = random.Random(7)
    subjects = [row[0] for row in desk.replica.rows("SELECT subject FROM ticket ORDER BY id LIMIT 20000")]
    texts = [
        row[0]
        for row in desk.replica.rows("SELECT reply_text FROM message WHERE direction = 'in' ORDER BY id LIMIT 5000")
    ]
    with desk.act("") as act:
        for place in range(count):
            act.insert(
                Article,
                number=900_000 + place,
                title=rng.choice(subjects),
                state="published",
                symptoms=rng.choice(texts)[:600],
                fix=" ".join(rng.choice(texts).split()[:80]),
                made_at=act.now,
                changed_at=act.now,
            )


def run(tickets: int = TICKETS, rounds: int = 200) -> list[Row]:
    with copied(folder(tickets)) as desk:
        _write_articles(desk, min(ARTICLES, max(20, tickets // 10)))
        rows = bare(desk.replica)
        asked = desk.replica.rows("SELECT id, subject FROM ticket ORDER BY id DESC LIMIT ?", (rounds,))

        def floor(case: tuple[str, str]) -> None:
            words = [word for word in dict.fromkeys(index.tokens(case[1])) if len(word) > 3][:8]
            either = " OR ".join(f'"{word}"' for word in words)
            if either:
                rows(
                    "SELECT rowid FROM search_text WHERE body MATCH ? ORDER BY rowid DESC LIMIT 200",
                    (f'"#"* AND ({either})',),
                )

        for case in asked[:20]:
            knowledge.suggest(desk, case[0])
        measured = in_turn(asked, floor, lambda case: knowledge.suggest(desk, case[0]))
        return [against("similar tickets and articles", *measured, most=30)]
