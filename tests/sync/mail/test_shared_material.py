"""Letters that others collected: all of them are read, nothing of them is lost, and what they expect is compared
(what stalwart's parser makes of its own: `test_stalwart`).

**Reply sets.** Crisp's letters are compared with the reply that its own tests name, Talon's with theirs (a
signature is no part of the reply here, so two of theirs count with it taken off).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from deskapp.sync.mail.html_text import html_to_text
from deskapp.sync.mail.letter import BrokenLetter
from deskapp.sync.mail.parse import parse
from deskapp.sync.mail.quotation import reply_text
from tests.sync.mail.test_quotation import shares

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
MAIL = DATA / "mail"
REPLIES = DATA / "replies"

needs_mail = pytest.mark.skipif(not MAIL.is_dir(), reason="the letters of other projects are not beside the repository")
needs_replies = pytest.mark.skipif(
    not REPLIES.is_dir(), reason="the replies of other projects are not beside the repository"
)


def all_letters() -> list[Path]:
    return sorted(path for path in MAIL.rglob("*") if path.suffix in (".eml", ".box"))


@needs_mail
def test_every_letter_is_read() -> None:
    found: Counter[str] = Counter()
    for path in all_letters():
        letter = parse(path.read_bytes())
        found[letter.kind] += 1
        for text in (letter.text, letter.html, letter.subject, letter.reply_text, *letter.headers):
            assert "\0" not in text and not re.search("[\ud800-\udfff]", text), path
        assert letter.reply_text or not letter.text.strip(), path
    print(f"\n{sum(found.values())} letters: {dict(found)}")
    assert sum(found.values()) >= 280


def leaves(message: Message) -> Iterator[Message]:
    """Parts with content; letters inside letters are one file each and not looked into."""
    if message.get_content_maintype() == "message" or not message.is_multipart():
        yield message
        return
    for inner in message.get_payload():
        assert isinstance(inner, Message)
        yield from leaves(inner)


@needs_mail
def test_nothing_is_lost() -> None:
    """Each part that the standard library sees is among the files, byte for byte, or its words are in the text."""
    checked = 0
    for path in all_letters():
        raw = path.read_bytes()
        message = BytesParser().parsebytes(raw)
        if message.defects or any(part.defects for part in message.walk()):
            continue
        letter = parse(raw)
        files = {file.data.strip() for file in letter.attachments}
        words = set(re.findall(r"[A-Za-z]{4,}", letter.text + letter.html))
        inside = sum(file.content_type.startswith("message/") for file in letter.attachments)
        assert all(file.data in raw for file in letter.attachments if file.content_type == "message/rfc822"), path
        for part in leaves(message):
            if part.get_content_maintype() == "message":
                checked += 1
                inside -= 1
                continue
            payload = part.get_payload(decode=True)
            if not isinstance(payload, bytes) or not payload.strip():
                continue
            checked += 1
            if payload.strip() in files:
                continue
            if part.defects:
                continue  # base64 with a missing letter, which the library gives back as it is
            # Uuencoded files in a text are attachments for us and plain text for the library.
            payload = re.sub(rb"(?ms)^begin \d{3} .*?^end", b"", payload)
            plain = set(re.findall(r"[A-Za-z]{4,}", payload.decode("ascii", "replace")))
            missing = plain - words
            assert len(missing) * 20 <= len(plain) or len(missing) < 3, (path, part.get_content_type(), missing)
        assert inside >= 0, path
    assert checked > 300


# --- replies -------------------------------------------------------------------------------------------------

#: The reply that crisp's own tests expect, where it is not the common one.
CRISP = {
    "email_1": "Hi folks\n\nWhat is the best way to clear a Riak bucket of all key, values after\nrunning a test?\n"
    "I am currently using the Java HTTP API.\n\n-Abhishek Kona",
    "email_3": "Oh thanks.\n\nHaving the function would be great.\n\n-Abhishek Kona",
    "email_4": "Awesome! I haven't had another problem with it.",
    "email_6": "I get proper rendering as well.\n\nSent a magnificent torch of pixels",
    "email_blackberry": "Here is another email",
    "email_custom_quote_header": "Thank you!",
    "email_customer_quote_header_2": "Thank you very much.",
    "email_emoji": "🎉\n\n—\nJohn Doe\nCEO at Pandaland\n\n@pandaland",
    "email_iphone": "Here is another email",
    "email_multi_word_sent_from_my_mobile_device": "Here is another email",
    "email_sent_from": "Hi it can happen to any texts you type, as long as you type in between words or paragraphs.",
    "email_sent_from_my_not_signature": "Here is another email\n\n"
    "Sent from my desk, is much easier then my mobile phone.",
    "email_thread": "This is new email reply in thread from bellow.",
    "email_unquoted_reply": "This is my reply.",
    "email_with_regards": "Hi,\n\nI still have the same problem....\n\nCan you help?",
    "email_zoho": "What is the best way to clear a Riak bucket of all key, values after\nrunning a test?",
    "correct_sig": "this is an email with a correct -- signature.",
    "sig_no_empty_line": "this is an email with a signature with no empty line above.",
    "email_2_1": "Outlook with a reply",
    "email_tricky_9_nested_quotes": "I agree with the points below.",
}
#: Letters without any quotation or signature: the reply is the letter.
CRISP_WHOLE = (
    "email_5", "email_not_a_signature", "email_not_a_signature_2", "email_tricky_1_on_false_positive",
    "email_tricky_3_code_block", "email_tricky_4_from_in_body", "email_tricky_6_regards_in_sentence",
    "email_tricky_7_multiple_dashes", "email_tricky_8_sent_from_in_content", "email_tricky_13_timestamp_variations",
)  # fmt: skip
TALON_HTML = "Hi. I am fine. Thanks, Alex"


def reply_cases() -> list[tuple[str, str, str]]:
    """(name, letter's text, reply)."""
    cases = []
    common = (REPLIES / "crisp" / "email_18.txt").read_text("utf-8").partition("\n\nFrom:")[0].strip()
    for path in sorted((REPLIES / "crisp").glob("*.txt")):
        text = path.read_text("utf-8").replace("\r\n", "\n")
        if text.strip().startswith(common[:40]):
            cases.append((f"crisp/{path.stem}", text, common))
        elif path.stem in CRISP:
            cases.append((f"crisp/{path.stem}", text, CRISP[path.stem]))
        elif path.stem in CRISP_WHOLE:
            cases.append((f"crisp/{path.stem}", text, text))
    for path in sorted((REPLIES / "talon" / "html_replies").glob("*.html")):
        cases.append((f"talon/{path.stem}", html_to_text(path.read_text("utf-8")), TALON_HTML))
    for path in sorted((REPLIES / "talon" / "standard_replies").glob("*.eml")):
        cases.append((f"talon/{path.stem}", parse(path.read_bytes()).text, "Hello"))
    return cases


@needs_replies
def test_replies_of_other_projects() -> None:
    """The share of letters whose reply is exact, beside mail-parser-reply and beside letters left untouched."""
    cases = reply_cases()
    wrong = [name for name, text, wanted in cases if flat(reply_text(text)) != flat(wanted)]
    print()
    for kind in ("crisp/", "talon/", ""):
        chosen = [(text, wanted) for name, text, wanted in cases if name.startswith(kind)]
        share, others, untouched = shares(chosen)
        print(
            f"{kind or 'both':7} exact replies {share:6.1%} of {len(chosen)}; mail-parser-reply {others:6.1%}; "
            f"untouched letters {untouched:6.1%}"
        )
        assert share >= 0.95 and share > max(others, untouched)
    print(f"not exact: {wrong}")
    assert len(cases) >= 90


def flat(text: str) -> str:
    return " ".join(text.split())


@needs_mail
def test_an_empty_letter_is_the_only_one_refused() -> None:
    with pytest.raises(BrokenLetter):
        parse(b"\r\n" * 5)
