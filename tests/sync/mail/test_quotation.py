"""The new text of a reply, for the mail programs that requesters use."""

from __future__ import annotations

import pytest

from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.quotation import reply_text
from tests.sync.mail.russian_hard import HARD
from tests.sync.mail.russian_html import HTML
from tests.sync.mail.russian_letters import REPLIES, Reply
from tests.sync.mail.russian_more import MORE


def shares(texts: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Of (text, reply): the share of exact replies by us, by mail-parser-reply, and by touching nothing."""
    from mailparser_reply import EmailReplyParser

    def flat(text: str) -> str:
        return " ".join(text.split())

    def others(text: str) -> str:
        return str(
            EmailReplyParser(languages=["en", "de", "fr", "it", "pl", "es", "nl", "da", "sv"]).parse_reply(text=text)
            or ""
        )

    count = len(texts)
    return (
        sum(flat(reply_text(text)) == flat(reply) for text, reply in texts) / count,
        sum(flat(others(text)) == flat(reply) for text, reply in texts) / count,
        sum(flat(text) == flat(reply) for text, reply in texts) / count,
    )


@pytest.mark.parametrize("reply", REPLIES + HARD + MORE + HTML, ids=lambda reply: reply.name)
def test_the_reply_is_what_the_writer_wrote(reply: Reply) -> None:
    letter = parse(reply.raw())
    assert letter.reply_text == reply.reply
    assert letter.subject == reply.subject
    assert (letter.sender.name, letter.sender.address) == (reply.sender, "ivan.petrov@example.ru")
    assert letter.kind == "reply"
    assert letter.ticket_number == (4117 if "4117" in reply.subject else None)
    assert letter.language == ("en" if reply.sender == "John Smith" else "ru")


def test_ours_are_many_and_better_read_than_by_others() -> None:
    """Letters whose reply is exact, beside mail-parser-reply and beside untouched letters."""
    texts = [(parse(one.raw()).text, one.reply) for one in REPLIES + HARD + MORE + HTML if one.sender != "John Smith"]
    assert len(texts) >= 95
    exact, others, untouched = shares(texts)
    print(
        f"\nown Russian letters, exact replies: {exact:.1%}; mail-parser-reply {others:.1%}; untouched {untouched:.1%}"
    )
    assert exact >= 0.95 and exact > max(others, untouched)


def test_a_notice_of_a_firm_alone_is_kept() -> None:
    text = "Настоящее сообщение содержит конфиденциальную информацию. Удалите его."
    assert reply_text(text) == text


def test_nothing_but_quotation_keeps_the_whole_text() -> None:
    text = "> только цитата\n> и больше ничего"
    assert reply_text(text) == text


def test_a_signature_alone_is_kept() -> None:
    assert reply_text("Отправлено с iPhone") == "Отправлено с iPhone"


def test_text_under_a_signature_of_a_phone_at_the_top_stays() -> None:
    assert reply_text("Отправлено с iPhone\nНе работает касса") == "Не работает касса"


@pytest.mark.parametrize(
    "text",
    [
        "Без вирусов на флешке не обошлось, проверьте.\nИван",
        "Внешний отправитель жалуется: наши письма не доходят.\n\nЧто делать?",
        "Внимание! Пришло письмо от внешнего отправителя со ссылкой и вложением, похоже на обман.\n\nЧто делать?",
        "Вот журнал:\nFrom: 10.0.0.1\nTo: 10.0.0.2\nDate: 2026-11-03\nSubject: connection lost\nПомогите.",
        "External drive E: is not seen.\n\nPlease help.",
        "Это письмо пришло от внешнего адресата, вложения пустые.",
        "Тема: принтер\nКому: бухгалтерии\n\nПривезите картридж.",
        "Ад: стоит очередь\nКаму: всем\n\nпомогите",
    ],
)
def test_words_that_only_look_like_it_stay(text: str) -> None:
    assert reply_text(text) == text


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
