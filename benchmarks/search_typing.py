"""Search as one types: the first page (50 tickets with their words around the match) for each state of the field.

Words rare and frequent, Russian and English, in other forms, mistyped in the other keyboard layout, addresses, codes,
parts of numbers and phones; each is typed key by key, and every key is a search of its own.
Floor: the text index alone: the rows that match the whole words and the begun one, newest first, as many as a page has.
"""

from __future__ import annotations

from benchmarks.big_desk import TICKETS, folder, opened
from benchmarks.measure import Row, Times, against, bare, in_turn
from deskapp.desk import search
from deskapp.models import search as index

TYPED = (
    "принтер", "принтерами", "здравствуйте", "служба поддержки", "не печатает после обновления", "сертификат подпись",
    "printer driver", "hello", "certificates", "нигдетакогонет", "ghbynth", "user3@firm7.example", "sn-00417",
    "балтпром",
)  # fmt: skip
DIGITS = ("4129", "41290", "#7041", "0417", "+7 (495) 12", "4951234")


def _keys(words: str) -> list[str]:
    return [words[:end] for end in range(1, len(words) + 1)]


def run(tickets: int = TICKETS, rounds: int = 3) -> list[Row]:
    with opened(folder(tickets)) as desk:
        rows = bare(desk.replica)

        def floor(words: str) -> None:
            query = index.match_query(words)
            if query:
                rows("SELECT rowid FROM search_text WHERE body MATCH ? ORDER BY rowid DESC LIMIT 50", (query,))

        def measured(fields: tuple[str, ...]) -> tuple[Times, Times]:
            cases = [state for field in fields for state in _keys(field)]
            for case in cases:
                search.find(desk, case)
            return in_turn(cases * rounds, floor, lambda words: search.find(desk, words))

        return [
            against("search as you type, words", *measured(TYPED), most=30),
            against("search as you type, numbers and phones", *measured(DIGITS), most=30),
        ]
