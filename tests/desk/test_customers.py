"""Customers: lists and cards, unknown senders with guesses, doubles merged and parted again, own letters."""

from __future__ import annotations

import pytest

from deskapp.core.errors import UserFacingError
from deskapp.desk import contracts, customers, letters, setup, ticket, undo
from deskapp.desk.desk import Desk
from tests.desk.world import arrive


def made(desk: Desk, name: str, domain: str = "") -> str:
    return str(customers.save(desk, {"name": name, "domain": domain}).result)


def test_a_list_tells_contract_open_tickets_and_what_ends_soon(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    (romashka,) = customers.page(desk)
    assert (romashka.name, romashka.open, romashka.kept, romashka.expires) == ("romashka.example", 1, None, None)
    contracts.save(desk, {"customer_id": romashka.id, "number": "C-1", "until": "2026-11-20", "vip": 1})
    (romashka,) = customers.page(desk)
    assert (romashka.contract, romashka.expires, romashka.vip) == ("C-1, 8×5, 20.11.2026", 18, True)
    card = customers.card(desk, romashka.id)
    assert [row["address"] for row in card.contacts] == ["ivan@romashka.example"]
    assert [item.id for item in card.tickets] == [ticket_id] and card.more_tickets == 0
    assert {(item.table, item.act) for item in card.history} >= {("customer", "I"), ("contact", "I"), ("contract", "I")}


def test_words_find_names_people_phones_and_the_wrong_layout(desk: Desk) -> None:
    lotos, astra = made(desk, "Лотос-Трейд", "lotos.example"), made(desk, "Астра")
    customers.save_contact(desk, {"customer_id": astra, "name": "Пётр Зайцев", "phone": "+7 495 123-45-67"})
    assert [item.id for item in customers.page(desk, "лот")] == [lotos]
    assert [item.id for item in customers.page(desk, "kjnjc")] == [lotos]  # лотос on a Latin keyboard
    assert [item.id for item in customers.page(desk, "зайцев петр")] == [astra]
    assert [item.id for item in customers.page(desk, "1234567")] == [astra]
    assert customers.page(desk, "nobody at all") == ()


def test_an_unknown_sender_is_added_with_their_tickets_and_taken_back(desk: Desk) -> None:
    romashka = made(desk, "Ромашка", "romashka.example")
    made(desk, "Астра", "astra.example")
    ticket_id = arrive(desk, sender=("Склад", "romashka.sklad@mail.ru")).ticket_id
    (sender,) = customers.unknown(desk)
    assert (sender.address, sender.tickets, sender.guesses) == (
        "romashka.sklad@mail.ru",
        1,
        ((romashka, "Ромашка"),),
    )
    changes = customers.add_sender(desk, sender.contact_id, romashka)
    assert customers.unknown(desk) == ()
    assert ticket.view(desk, ticket_id).requester.customer == "Ромашка"
    undo.revert(desk, changes.tx)
    assert len(customers.unknown(desk)) == 1


def test_a_letter_renames_nobody_and_a_public_provider_names_no_customer(desk: Desk) -> None:
    made(desk, "Пётр и сыновья", "mail.ru")  # typed by somebody who meant well
    arrive(desk, sender=("Склад", "sklad@mail.ru"))
    arrive(desk, sender=("робот 1С", "sklad@mail.ru"))
    arrive(desk, sender=("", "ivan@lotos.example"))
    arrive(desk, sender=("Иван", "ivan@lotos.example"))
    rows = dict(desk.replica.rows("SELECT address, name FROM contact"))
    assert rows == {"sklad@mail.ru": "Склад", "ivan@lotos.example": "Иван"}, "only what was missing is taken in"
    assert desk.replica.value("SELECT customer_id FROM contact WHERE address = 'sklad@mail.ru'") == ""


def test_a_subdomain_is_guessed_first(desk: Desk) -> None:
    made(desk, "Сота", "sota.example")
    right = made(desk, "Другая", "corp.example")
    with desk.act("made") as act:
        from deskapp.models.schema import Contact

        contact = act.insert(Contact, name="Sota fan", address="sota@mail.corp.example")
    assert customers.guesses(desk, contact)[0][0] == right


def test_doubles_become_one_and_two_again(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    (first,) = customers.page(desk)
    second = made(desk, "ООО Ромашка", "romashka-shop.example")
    assert [row[0] for row in customers.doubles(desk, second)] == [first.id]
    site = customers.save_site(desk, {"customer_id": first.id, "name": "Office"}).result
    changes = customers.merge(desk, second, first.id)
    card = customers.card(desk, second)
    assert ([row["id"] for row in card.sites], [item.id for item in card.tickets]) == ([site], [ticket_id])
    assert [item.id for item in customers.page(desk)] == [second]
    assert ticket.view(desk, ticket_id).requester.customer == "ООО Ромашка"
    undo.revert(desk, changes.tx)
    assert {item.id for item in customers.page(desk)} == {first.id, second}
    assert [item.id for item in customers.card(desk, first.id).tickets] == [ticket_id]
    with pytest.raises(UserFacingError):
        customers.merge(desk, second, second)


def test_two_entries_for_one_person_become_one(desk: Desk) -> None:
    ticket_id = arrive(desk).ticket_id
    asked = ticket.view(desk, ticket_id).requester
    other = customers.save_contact(
        desk, {"customer_id": asked.customer_id, "name": "Петров И.", "phone": "+7 1 2 3", "post": "director"}
    ).result
    customers.merge_contacts(desk, asked.contact_id, other)
    found = ticket.view(desk, ticket_id).requester
    assert (found.name, found.phone, found.post) == ("Иван Петров", "+7 1 2 3", "director")
    assert len(customers.card(desk, asked.customer_id).contacts) == 1


def test_a_person_with_a_known_address_is_that_person(desk: Desk) -> None:
    asked = ticket.view(desk, arrive(desk).ticket_id).requester
    saved = customers.save_contact(desk, {"customer_id": asked.customer_id, "address": " IVAN@romashka.example "})
    assert saved.result == asked.contact_id
    with pytest.raises(UserFacingError):
        customers.save_contact(desk, {"customer_id": asked.customer_id, "address": "ivan"})


def test_a_customers_own_letter_is_sent_to_that_customer_alone(desk: Desk) -> None:
    ours, others = arrive(desk).ticket_id, arrive(desk, sender=("X", "x@other.example")).ticket_id
    customer = ticket.view(desk, ours).requester.customer_id
    usual = letters.draft(desk, others, "reminder").body
    setup.save_template(desk, "reminder", "ru", "", "Своё письмо", customer)
    assert letters.draft(desk, ours, "reminder").body.startswith("Своё письмо")
    assert letters.draft(desk, others, "reminder").body == usual
    setup.save_template(desk, "reminder", "ru", "", "", customer)
    assert not letters.draft(desk, ours, "reminder").body.startswith("Своё письмо")
