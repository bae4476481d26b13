"""Signed letters: read as if they were not, and said to be signed; whose signature it is nobody here checks."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from deskapp.core.paths import Profile
from deskapp.desk import seals
from deskapp.desk.desk import Desk
from deskapp.sync.mail import inside, pgp, stages
from deskapp.sync.mail.letter import Letter
from deskapp.sync.mail.parse import parse
from tests.desk import world
from tests.sync.mail.build_letters import letter, multipart, part

HEAD = (
    "From: Ольга Сидорова <olga@romashka.example>",
    "To: support@desk.example",
    "Subject: Re: [#1042] Касса",
    "Message-ID: <signed@romashka.example>",
    "In-Reply-To: <promise@desk.example>",
    "References: <first@romashka.example> <promise@desk.example>",
    "Date: Tue, 3 Nov 2026 10:00:00 +0300",
)
WORDS = "Срочно: касса всё ещё не печатает.\r\n-- чек пустой\r\n"
QUOTED = "\r\n02.11.2026 18:00, Поддержка пишет:\r\n> Исправим завтра.\r\n"


def content(words: str = WORDS + QUOTED) -> bytes:
    """What is signed: text in two forms, a picture in it and a file, as mail programs send it."""
    html = f"<p>{words.splitlines()[0]}</p><img src='cid:a'>"
    both = multipart("alternative", part(words), part(html, "text/html; charset=utf-8")).partition(b"\r\n")[2]
    return multipart(
        "mixed", both.replace(b"=-=cut-here", b"=-=both"),
        part(b"%PDF", "application/pdf", "Content-Disposition: attachment; filename=act.pdf"),
    ).partition(b"\r\n")[2].replace(b"=-=cut-here", b"=-=mixed")  # fmt: skip


def plain(body: bytes) -> bytes:
    return "\r\n".join(HEAD).encode() + b"\r\n" + body


@pytest.fixture(scope="module")
def keys() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ольга Сидорова")])
    now = datetime(2026, 11, 2, tzinfo=UTC)
    return key, (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=9)).sign(key, hashes.SHA256())
    )  # fmt: skip


Keys = tuple[rsa.RSAPrivateKey, x509.Certificate]


def opaque(body: bytes, keys: Keys) -> bytes:
    key, certificate = keys
    builder = pkcs7.PKCS7SignatureBuilder().set_data(body).add_signer(certificate, key, hashes.SHA256())
    return cms(builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]), "signed-data")


def cms(data: bytes, kind: str) -> bytes:
    head = f"Content-Type: application/pkcs7-mime; smime-type={kind}; name=smime.p7m\r\n"
    head += "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n"
    return head.encode() + base64.encodebytes(data)


def clear(body: bytes, keys: Keys) -> bytes:
    key, certificate = keys
    builder = pkcs7.PKCS7SignatureBuilder().set_data(body).add_signer(certificate, key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    signature = builder.sign(serialization.Encoding.DER, options)
    kind = "application/pkcs7-signature"
    seal = part(
        base64.encodebytes(signature), f"{kind}; name=smime.p7s", "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename=smime.p7s",
    )  # fmt: skip
    whole = multipart("signed", body, seal, parameters=f'; protocol="{kind}"; micalg=sha-256').partition(b"\r\n")[2]
    return whole.replace(b"=-=cut-here", b"=-=signed")


def enveloped(body: bytes, keys: Keys) -> bytes:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(body).add_recipient(keys[1])
    return cms(builder.encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]), "enveloped-data")


#: By GnuPG, which signs "-- чек" as "- -- чек".
SIGNATURE = """-----BEGIN PGP SIGNATURE-----

iHUEARYIAB0WIQQwi/0au6INlBGbKPx0rlyta/zxCAUCawPjugAKCRB0rlyta/zx
CFAxAQDTymnap0tUYBR3I72+pglieK84YdKKR0fTPkE6vy3sWwD+P3RZbmqXbQ3/
ZrVnMIvWdATXKk5CJ9+blO8NLxlhVQY=
=DLBG
-----END PGP SIGNATURE-----
"""


def pgp_mime(body: bytes, name: str = "signature.asc") -> bytes:
    kind = "application/pgp-signature"
    seal = part(SIGNATURE, f"{kind}; name={name}", f"Content-Disposition: attachment; filename={name}")
    whole = multipart("signed", body, seal, parameters=f'; micalg="pgp-sha256"; protocol="{kind}"')
    return whole.partition(b"\r\n")[2].replace(b"=-=cut-here", b"=-=signed")


def pgp_inline(words: str) -> str:
    escaped = "".join(f"- {line}" if line.startswith("-") else line for line in words.splitlines(keepends=True))
    return f"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n{escaped}" + SIGNATURE.replace("\n", "\r\n")


def read(found: Letter) -> tuple[object, ...]:
    """All that the desk takes from a letter but what says that it is signed."""
    seen = inside.look(found, "ru")
    return (
        found.text.strip(), found.reply_text, found.html, found.kind, found.automatic, found.language, found.hints,
        found.ticket_number, found.in_reply_to, found.references, found.sender, found.encrypted, seen.text,
        [(one.name, one.content_type, one.data) for one in seen.files],
    )  # fmt: skip


def test_every_way_of_signing_reads_as_the_letter_does(keys: Keys) -> None:
    bare = parse(plain(content()))
    assert bare.reply_text == "Срочно: касса всё ещё не печатает.\n-- чек пустой" and bare.ticket_number == 1042
    assert not bare.signed and inside.look(bare, "ru").note == ""
    ways = {
        "smime": (clear(content(), keys), opaque(content(), keys), opaque(clear(content(), keys), keys),
                  clear(opaque(content(), keys), keys)),
        "pgp": (pgp_mime(content()), pgp_mime(content(), "OpenPGP_signature")),
    }  # fmt: skip
    for kind, bodies in ways.items():
        for place, body in enumerate(bodies):
            found = parse(plain(body))
            assert read(found) == read(bare), (kind, place)
            assert found.signed and found.signature == kind
            for language in ("ru", "en"):
                assert inside.look(found, language).note == seals.NOTES[language][kind]


def test_a_signature_in_the_text_itself_is_opened() -> None:
    def of(words: str) -> Letter:
        return parse(letter(*HEAD, body=words))

    bare, found = of(WORDS + QUOTED), of(pgp_inline(WORDS + QUOTED))
    assert read(found) == read(bare) and found.signature == "pgp" and not found.encrypted
    listed = of(pgp_inline(WORDS) + "-- \r\nРассылка")
    assert listed.reply_text == bare.reply_text and "PGP" not in listed.text and "Рассылка" in listed.text
    quoted = of("Принято.\r\n\r\n> " + pgp_inline(WORDS).replace("\r\n", "\r\n> "))
    assert not quoted.signed and quoted.reply_text == "Принято."
    cut = of(pgp_inline(WORDS)[:-60])
    assert "касса всё ещё не печатает" in cut.text and "BEGIN PGP SIGNED" in cut.text, "what is torn is not guessed at"


def test_triple_wrapped_letters_say_both(keys: Keys) -> None:
    """Signed, encrypted, signed again (RFC 2634): nothing of it can be read here, and that is said."""
    for outer in (clear, opaque):
        found = parse(plain(outer(enveloped(opaque(content(), keys), keys), keys)))
        assert found.encrypted and found.signature == "smime" and found.text == ""
        seen = inside.look(found, "ru")
        assert "зашифровано (S/MIME)" in seen.text and "подписано (S/MIME)" in seen.note
        assert [one.name for one in seen.files] == ["smime.p7m"]
    sealed = parse(plain(enveloped(content(), keys)))
    assert sealed.encrypted and not sealed.signed and inside.look(sealed, "en").note == ""


def test_below_a_list_and_in_a_list_it_is_signed_too(keys: Keys) -> None:
    for kind, body in (("smime", clear(content(), keys)), ("pgp", pgp_mime(content()))):
        found = parse(multipart("mixed", body, part("-- \r\nРассылка"), headers=HEAD))
        assert found.signature == kind and [one.name for one in inside.look(found, "ru").files] == ["act.pdf"]
    hidden = multipart("encrypted", part("Version: 1", "application/pgp-encrypted"), part(b"x")).partition(b"\r\n")[2]
    hidden = hidden.replace(b"=-=cut-here", b"=-=hidden")
    assert parse(multipart("mixed", hidden, part("-- \r\nРассылка"), headers=HEAD)).encrypted


def test_the_signature_of_a_document_is_a_document(keys: Keys) -> None:
    """Russian firms send "contract.pdf" and "contract.pdf.sig" side by side: the letter itself is not signed."""
    raw = multipart(
        "mixed", part("Договор"),
        part(b"\x30\x80", "application/pkcs7-signature", "Content-Disposition: attachment; filename=contract.pdf.sig"),
        part(SIGNATURE, "application/pgp-signature", "Content-Disposition: attachment; filename=contract.pdf.asc"),
        part(opaque(content(), keys).partition(b"\r\n\r\n")[2], "application/pkcs7-mime; smime-type=signed-data",
             "Content-Transfer-Encoding: base64", "Content-Disposition: attachment; filename=contract.p7m"),
    )  # fmt: skip
    found = parse(raw)
    assert not found.signed and not found.encrypted
    names = [one.name for one in inside.look(found, "ru").files]
    assert names == ["contract.pdf.sig", "contract.pdf.asc", "contract.p7m"]


def test_signed_reports_are_reports(keys: Keys) -> None:
    receipt = multipart(
        "report", part("Ваше письмо прочитано."),
        part("Original-Message-ID: <promise@desk.example>\r\nDisposition: manual-action; displayed",
             "message/disposition-notification"),
        parameters="; report-type=disposition-notification",
    ).partition(b"\r\n")[2].replace(b"=-=cut-here", b"=-=report")  # fmt: skip
    bare = parse(plain(receipt))
    for body in (clear(receipt, keys), opaque(receipt, keys), pgp_mime(receipt)):
        found = parse(plain(body))
        assert (found.kind, found.automatic) == (bare.kind, bare.automatic) == ("auto", True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = Path(tmp_path_factory.mktemp("seals") / "desk")
    world.furnish(Profile(root))
    opened = world.open_world(root)
    yield opened
    opened.replica.disconnect()


def test_the_desk_keeps_the_words_and_says_that_they_are_signed(desk: Desk, keys: Keys) -> None:
    asked = stages.take(desk, letter(*HEAD[:2], "Subject: Касса", "Message-ID: <first@romashka.example>"), "first")
    answer = plain(clear(content(), keys)).replace(b"[#1042] ", b"")
    joined = stages.take(desk, answer, "second")
    assert (joined.outcome, joined.ticket_id) == ("joined", asked.ticket_id), "threaded as an unsigned one"
    row = desk.replica.row(
        "SELECT id, text, reply_text FROM message WHERE ticket_id = ? AND message_id = ?",
        (asked.ticket_id, "signed@romashka.example"),
    )
    assert row is not None and "подпись" not in row[2].lower()
    own, kind = seals.parted(row[1])
    assert kind == "smime" and own == parse(plain(content())).text
    files = [one for (one,) in desk.replica.rows("SELECT name FROM attachment WHERE message_id = ?", (row[0],))]
    assert files == ["act.pdf"]
    thanks = stages.take(desk, letter("Subject: ", "Message-ID: <x@y>", body=pgp_inline("")), "third")
    title = desk.replica.value("SELECT subject FROM ticket WHERE id = ?", (thanks.ticket_id,))
    assert "подписано" not in title, "a ticket is not called after a signature"


@given(st.text(max_size=80), st.sampled_from(["ru", "en"]), st.sampled_from(["smime", "pgp"]))
def test_the_note_is_parted_from_every_text(text: str, language: str, kind: str) -> None:
    text = text.strip("\n")
    note = seals.NOTES[language][kind]
    assert seals.parted("\n\n".join(filter(None, [text, note]))) == (text, kind)
    assert seals.parted(f"{note}\n> {text}.") == (f"{note}\n> {text}.", "")


_PARTS = st.sampled_from(
    ["-----BEGIN PGP SIGNED MESSAGE-----\n", "Hash: SHA256\n", "\n", "- ", "текст\n", *SIGNATURE.splitlines(True)]
)


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_torn_signatures_never_raise(text: str) -> None:
    found, signed = pgp.opened(text)
    assert found.count("текст") <= text.count("текст") and (signed or found == text)
    if "BEGIN PGP SIGNATURE" not in text:
        assert found == text
