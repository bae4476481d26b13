"""Bytes to text when the declared charset is right, wrong, unknown or absent.

Russian mail is the hard case: koi8-r, windows-1251 and UTF-8 without a declaration, or declared as something
else. The three are told apart by how often their letters stand where Russian puts them, which is quick and
works on one word; charset-normalizer is asked only about what is not Russian.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

# Names met in letters that Python does not know, or knows too narrowly: browsers and mail clients read a
# declared Latin-1 as windows-1252 and GB2312 as its superset (WHATWG Encoding Standard, section 4.2).
_ALIASES = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "win-1251": "cp1251",
    "windows1251": "cp1251", "win1251": "cp1251", "cp-1251": "cp1251", "x-cp1251": "cp1251",
    "koi8": "koi8-r", "koi8r": "koi8-r", "x-koi8-r": "koi8-r", "cp-866": "cp866", "ibm866": "cp866",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
    "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-unicode-2-0-utf-8": "utf-8", "utf-8n": "utf-8",
    "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8", "iso-8859-9": "cp1254", "tis-620": "cp874", "windows-874": "cp874",
    "iso-8859-11": "cp874", "visual": "iso-8859-8", "x-euc-jp": "euc_jp", "cp-850": "cp850",
    "ansi_x3.4-1968": "ascii", "us-ascii": "ascii", "x-roman8": "hp-roman8",
}  # fmt: skip
_NOT_TEXT = {"base64", "quopri", "uu", "hex", "rot13", "bz2", "zlib", "idna", "punycode", "unicode_escape",
             "raw_unicode_escape", "undefined", "mbcs", "oem"}  # fmt: skip

_RUSSIAN = ("utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
# Share of each letter in Russian running text, per mille (rounded; ё counted with е).
_SHARE = {
    letter: share
    for share, letters in (
        (110, "о"), (85, "е"), (80, "а"), (74, "и"), (67, "н"), (63, "т"), (55, "с"), (46, "рв"),
        (38, "лк"), (30, "мдп"), (26, "у"), (20, "я"), (17, "ыьгз"), (13, "бч"), (10, "йх"),
        (7, "жшю"), (5, "цщэ"), (3, "фъ"),
    )
    for letter in letters
}  # fmt: skip
_SHARE |= dict.fromkeys("іїєґ", 30)  # Ukrainian neighbours write too
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SAMPLE = 8192
_MULTIBYTE_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@lru_cache(maxsize=256)
def codec_name(declared: str) -> str | None:
    """The Python codec for a charset name found in a letter, or None when it is unknown or no text
    encoding."""
    name = declared.strip().strip("\"'").lower().partition("*")[0].replace(" ", "")
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        return None
    return None if found.replace("-", "_") in _NOT_TEXT or found.startswith("bz2") else found


def decode(data: bytes, declared: str | None = None, hint: str | None = None) -> tuple[str, str]:
    """``(text, problem)``: never raises. ``declared`` is what the part says, ``hint`` what its neighbours
    say.

    ``problem`` is empty, or says in words how the charset had to be guessed.
    """
    if data.isascii() and (not declared or not _stateful(declared)):
        # UTF-16 without a mark consists of ASCII bytes, every other of them a control sign.
        wide = _wide(data[:_SAMPLE]) if b"\0" in data or b"\x04" in data else None
        return data.decode(wide or "ascii", "replace"), ""
    codec_declared = codec_name(declared) if declared else None
    # "юя" in windows-1251 are the bytes of a mark: one of two bytes is believed where it was declared or looks wide
    believed = codec_declared in (None, "utf-16", "utf-16-le", "utf-16-be") or b"\0" in data or b"\x04" in data
    for mark, codec in _BOMS:
        if data.startswith(mark) and (believed or codec != "utf-16"):
            return data.decode(codec, "replace"), ""
    if codec_declared and codec_declared != "ascii":
        text = _strict(data, codec_declared)
        if text is not None:
            better = _contradicts(data, text, codec_declared)
            if better is None:
                return text, ""
            return data.decode(better, "replace"), f"Text declared as {declared} is {better}"
        if codec_declared == "utf-8" and _nearly_utf8(data):
            return data.decode("utf-8", "replace"), "Some characters are broken"
        if codec_declared not in _RUSSIAN and _strict(data, "utf-8") is None:
            # One bad byte in a long Chinese or Japanese letter is no reason to doubt the declaration.
            text = data.decode(codec_declared, "replace")
            if text.count("\ufffd") * 20 <= len(text):
                return text, "Some characters are broken"
    if hint and (codec_hint := codec_name(hint)) and codec_hint != "ascii" and _strict(data, "utf-8") is None:
        text = _strict(data, codec_hint)
        if text is not None and _contradicts(data, text, codec_hint) is None:
            return text, ""
    codec = guess(data)
    reason = f"Unknown charset {declared}" if declared and codec_declared is None else "Charset not declared"
    if codec_declared and codec_declared != "ascii":
        reason = f"Text is not {declared}"
    return data.decode(codec, "replace"), f"{reason}, read as {codec}"


def guess(data: bytes) -> str:
    """The most likely codec of undeclared 8-bit text; UTF-8, Russian ones, then what charset-normalizer
    says."""
    if _strict(data, "utf-8") is not None or _nearly_utf8(data):
        return "utf-8"
    sample = data[:_SAMPLE]
    if wide := _wide(sample):
        return wide
    codec, score = _best_russian(sample)
    if score >= (20 if codec in ("cp1251", "koi8-r", "cp866") else 40):
        return codec
    high = sum(byte > 127 for byte in sample)
    if high * 4 > len(sample):
        found = from_bytes(sample, steps=3, chunk_size=512).best()
        if found is not None:
            name = codec_name(found.encoding)
            if name is not None:
                return name
    return "cp1252"


def _stateful(declared: str) -> bool:
    """Charsets that say more than ASCII with ASCII bytes alone."""
    name = declared.strip().lower()
    return "utf-7" in name or "2022" in name or name.startswith(("hz", "utf-16", "utf-32"))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        # A text cut in the middle of its last character is still that charset.
        if codec == "utf-8" and len(data) > 8:
            for cut in (1, 2, 3):
                try:
                    data[:-cut].decode("utf-8")
                except UnicodeError:
                    continue
                return data.decode("utf-8", "replace")
        return None


def _nearly_utf8(data: bytes) -> bool:
    """Mostly valid UTF-8 with a few broken bytes: what cutting by bytes or a faulty gateway leaves."""
    sample = data[:65536]
    good = sum(len(pair) for pair in _MULTIBYTE_PAIR.findall(sample))
    high = sum(byte > 127 for byte in sample) if good else 0
    return high > 0 and good * 10 >= high * 9


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as a NUL (or a Cyrillic page byte) in every other place."""
    if len(sample) < 8:
        return None
    even, odd = sample[0::2], sample[1::2]
    for tail, codec in ((odd, "utf-16-le"), (even, "utf-16-be")):
        if (tail.count(0) + tail.count(4)) * 10 >= len(tail) * 9:
            return codec
    return None


#: So few letters of a Russian charset prove nothing against the one that was declared.
_FEW = 24


def _contradicts(data: bytes, text: str, codec: str) -> str | None:
    """The codec that the bytes clearly are although the declared one can decode them, or None."""
    if codec in ("utf-8", "gb18030", "big5", "cp932", "euc_jp", "cp949") or codec.startswith(("utf", "iso2022")):
        return None
    sample = data[:_SAMPLE]
    pairs = _MULTIBYTE_PAIR.findall(sample)
    # One pair is enough against Western charsets: "Ã" before a sign is no word of any language.
    if len(pairs) >= (1 if codec == "cp1252" else 2) and _nearly_utf8(sample) and _strict(data, "utf-8") is not None:
        return "utf-8"
    if codec == "cp1252":
        # Western text has a few accented letters; Russian read as Western consists of them.
        letters = sum(char.isalpha() for char in text[:_SAMPLE])
        high = sum(char.isalpha() and char > "\x7f" for char in text[:_SAMPLE])
        if high >= 4 and high * 2 > letters:
            better, score = _best_russian(sample)
            return better if score >= 35 else None
        return None
    if codec in _RUSSIAN:
        if sum(byte > 127 for byte in sample) <= _FEW:
            return None
        better, score = _best_russian(sample)
        if better != codec and score > 40 and score - _russian_score(text[:_SAMPLE]) > 20:
            return better
    return None


def _best_russian(sample: bytes) -> tuple[str, float]:
    scored = [(_russian_score(sample.decode(codec, "replace")), codec) for codec in _RUSSIAN[1:]]
    score, codec = max(scored, key=lambda pair: pair[0])
    return codec, score


def _russian_score(text: str) -> float:
    """How Russian the non-ASCII part of a text is: about 50 for real text, below 20 for a wrong code page.

    The mean commonness of its letters, less a fine for capitals inside words and for signs that no sentence
    holds (a wrong code page swaps case or brings box drawings).
    """
    total = points = 0
    before = " "
    for char in text:
        if char > "\x7f":
            total += 1
            lower = char.lower()
            share = _SHARE.get("е" if lower == "ё" else lower)
            if share is not None:
                points += share
                if char != lower and before != before.upper():
                    points -= 90
                if before.isascii() and before.isalpha():
                    points -= 60
            elif char in "«»—–№…“”„’ \u00a0":
                points += 20
            else:
                points -= 90
        elif before > "\x7f" and char.isalpha() and before.isalpha():
            points -= 60
        before = char
    return points / total if total else 0.0
