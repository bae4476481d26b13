"""Text out of bytes, declared rightly, wrongly or not at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deskapp.sync.mail.charsets import codec_name, decode

RUSSIAN = (
    "Привет",
    "Не работает печать накладной в 1С",
    "СРОЧНО. НЕ РАБОТАЕТ КАССА",
    "Ваш заказ №17 готов — ждём",
    "Щука Ёж объём",
    "Иван Петров",
)


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "koi8-r"])
@pytest.mark.parametrize("text", RUSSIAN)
def test_undeclared_russian(text: str, codec: str) -> None:
    data = text.encode(codec, "ignore")
    assert decode(data)[0] == data.decode(codec)
    assert decode(data, "us-ascii")[0] == data.decode(codec)
    assert decode(data, "x-unknown")[0] == data.decode(codec)


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("cp1251", "iso-8859-1"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "koi8-r"),
        ("cp1251", "utf-8"),
        ("koi8-r", "windows-1251"),
    ],
)
def test_wrongly_declared_russian(codec: str, declared: str) -> None:
    text = "Добрый день, не открывается отчёт о продажах"
    found, problem = decode(text.encode(codec), declared)
    assert found == text
    assert problem


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Müller grüßt aus Köln", "cp1252"),
        ("café à la crème", "cp1252"),
        ("日本語のメール本文です", "cp932"),
        ("你好世界这是一封测试邮件", "gb18030"),
    ],
)
def test_other_languages_are_not_taken_for_russian(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text
    assert decode(text.encode(codec), codec)[0] == text


def test_what_is_declared_rightly_is_believed() -> None:
    for text, codec in (
        ("Schöne Grüße", "iso-8859-1"),
        ("Καλημέρα", "iso-8859-7"),
        ("Привет", "cp866"),
        ("тест", "koi8-r"),
    ):
        assert decode(text.encode(codec), codec) == (text, "")


def test_names_that_python_does_not_know() -> None:
    for name in (
        "windows1251",
        "cp-1251",
        "KOI8R",
        "ks_c_5601-1987",
        "x-sjis",
        "gb2312",
        "unicode-1-1-utf-7",
        '"utf-8"',
    ):
        assert codec_name(name), name
    for name in ("base64", "hex", "nonsense", "", "idna", "unicode_escape"):
        assert codec_name(name) is None, name


def test_one_broken_byte_does_not_cost_the_text() -> None:
    data = "Не работает печать накладной".encode()
    found, problem = decode(data[:9] + b"\xff" + data[9:], "utf-8")
    assert found.replace("\ufffd", "") == "Не работает печать накладной"
    assert problem


def test_utf16_with_and_without_a_mark() -> None:
    assert decode("Привет, мир".encode("utf-16"))[0] == "Привет, мир"
    assert decode("Привет, мир и всем".encode("utf-16-le"))[0] == "Привет, мир и всем"


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "koi8-r", "cp1251", "utf-7", "gb2312", "hz", "x", "utf-16"]),
)
def test_anything_is_decoded(data: bytes, declared: str | None) -> None:
    text, _ = decode(data, declared)
    assert isinstance(text, str)


#: What letters are made of, rare letters among it: charsets are told apart by words, not by letters at random.
WORDS = (
    "здравствуйте не работает принтер ошибка после обновления счёт файл объект съёмка щит цех эхо юг фойе хэш я и в к "
    "обмен с банком прошу помочь подъезд чья это ёлка вьюга жёлтый грузовик печать отчёта за октябрь шнур чехол щётка"
).split()


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join),
    st.sampled_from(["cp1251", "koi8-r", "utf-8"]),
)
@example("юя, как две последние буквы алфавита", "cp1251")  # the bytes of a mark of UTF-16
@example("а                 пп", "cp1251")  # "Ю ОО" of another charset is not more likely
def test_declared_russian_survives(text: str, codec: str) -> None:
    assert decode(text.encode(codec), codec)[0] == text
