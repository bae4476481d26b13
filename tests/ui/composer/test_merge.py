"""What was typed into a letter stays when its draft changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskapp.ui.composer.merge import merge

ORLOV = "Решим до срока. Специалист: Дмитрий Орлов.\nЕсли срок изменится, напишем заранее. 4 ноября праздник.\n"
SOKOLOVA = "Решим до срока. Специалист: Марина Соколова.\nЕсли срок изменится, напишем заранее.\n"


def test_untouched_letter_is_simply_the_new_one() -> None:
    assert merge(ORLOV, ORLOV, SOKOLOVA) == SOKOLOVA


def test_typed_paragraph_survives_another_person_and_no_holiday() -> None:
    mine = ORLOV + "Пока идёт работа, УПД можно принять вручную.\n"
    merged = merge(ORLOV, mine, SOKOLOVA)
    assert "Марина Соколова" in merged
    assert "Орлов" not in merged
    assert "праздник" not in merged
    assert merged.endswith("Пока идёт работа, УПД можно принять вручную.\n")


def test_typed_words_win_where_both_changed() -> None:
    mine = ORLOV.replace("Дмитрий Орлов", "наш Дмитрий")
    assert "наш Дмитрий" in merge(ORLOV, mine, SOKOLOVA)


words = st.lists(st.sampled_from("да нет срок орлов ждём работа\n".split(" ")), max_size=12).map(" ".join)


@given(words, words)
def test_one_sided_changes_are_taken_whole(base: str, other: str) -> None:
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other


@given(base=words, mine=words, fresh=words)
def test_every_typed_word_that_is_new_stays(base: str, mine: str, fresh: str) -> None:
    typed = base + "\nмоё"
    assert merge(base, typed, fresh).count("моё") == 1
    assert isinstance(merge(base, mine, fresh), str)
