"""The new text of a reply, for the mail programs that requesters use."""

from __future__ import annotations

import pytest

from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.quotation import reply_text
from tests.sync.mail.russian_letters import REPLIES, Reply


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.name)
def test_the_reply_is_what_the_writer_wrote(reply: Reply) -> None:
    letter = parse(reply.raw())
    assert letter.reply_text == reply.reply
    assert letter.subject == reply.subject
    assert (letter.sender.name, letter.sender.address) == (reply.sender, "ivan.petrov@example.ru")
    assert letter.kind == "reply"
    assert letter.ticket_number == (4117 if "4117" in reply.subject else None)
    assert letter.language == ("en" if reply.sender == "John Smith" else "ru")


def test_nothing_but_quotation_keeps_the_whole_text() -> None:
    text = "> только цитата\n> и больше ничего"
    assert reply_text(text) == text


def test_a_signature_alone_is_kept() -> None:
    assert reply_text("Отправлено с iPhone") == "Отправлено с iPhone"


def test_text_under_a_signature_of_a_phone_at_the_top_stays() -> None:
    assert reply_text("Отправлено с iPhone\nНе работает касса") == "Не работает касса"


def test_dashes_and_tables_are_no_signature() -> None:
    text = "Услуга     Срок\n--------------\nДомен  27.06.2026\n\n-- первый пункт\n-- второй"
    assert reply_text(text) == text


def test_regards_in_a_sentence_stay() -> None:
    text = "С уважением относимся к вашему труду, но почему касса не работает?\nЖдём."
    assert reply_text(text) == text


@pytest.mark.parametrize(
    "hostile",
    [
        "From: x\n" * 15_000,
        "wrote:\n" * 15_000,
        (" " * 290 + "x\n") * 2_000,
        ("- " * 145 + "x\n") * 2_000,
        ">" * 300_000,
    ],
    ids=["labels", "verbs", "blanks", "dashes", "marks"],
)
def test_hostile_text_is_read_in_bounded_time(hostile: str) -> None:
    import time

    before = time.process_time()
    reply_text(hostile)
    assert time.process_time() - before < 5
