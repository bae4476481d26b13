r"""The text of a letter that Outlook keeps as compressed rich text (MS-OXRTFCP), and as nothing else.

The only file that knows compressed_rtf. What is packed is either rich text or a whole HTML letter in its disguise
(``\fromhtml1``, MS-OXRTFEX); both are read in one walk over the tokens, in time linear in their length. Never raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from deskapp.sync.mail.charsets import codec_name, guess
from deskapp.sync.mail.html_text import html_to_text

#: Packed bytes: what is longer is pictures, and takes seconds.
MAX_PACKED = 1024 * 1024
#: Bytes of rich text that are read, and characters of text.
_MAX_RTF = 4 * 1024 * 1024
_MAX_DEPTH = 400
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|'([0-9a-fA-F]{2})|(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_HEX = re.compile(rb"\\'([0-9a-fA-F]{2})")
_LINK = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
#: Groups whose content is none of the letter's text.
_ASIDE = frozenset(
    (b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"header", b"headerl", b"headerr", b"headerf", b"footer",
     b"footerl", b"footerr", b"footerf", b"fldinst", b"object", b"objdata", b"nonshppict", b"xe", b"tc", b"rxe", b"txe",
     b"private", b"filetbl", b"revtbl", b"listtext", b"mhtmltag", b"operator", b"template")
)  # fmt: skip
_SIGNS = {
    b"par": "\n", b"line": "\n", b"sect": "\n\n", b"page": "\n\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t",
    b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"zwj": "", b"zwnj": "",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\r": "\n", b"\n": "\n"}
#: \fcharset to codec; 0 and 1 are the document's own.
_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """One of both is filled: ``html`` where a letter in HTML was put into rich text."""

    text: str = ""
    html: str = ""


def first_of(text: str, html: str, rich: bytes) -> str | None:
    """Of the forms in which Outlook keeps a text the first that is there; None: only ``rich`` is, and is unreadable."""
    shown = text.strip() or html_to_text(html).strip()
    if shown or not rich:
        return shown
    found = read(rich)
    return None if found is None else found.text.strip() or html_to_text(found.html).strip()


def read(packed: bytes) -> Body | None:
    """What PR_RTF_COMPRESSED holds; None if it is broken, or larger than `MAX_PACKED`."""
    if not 16 < len(packed) <= MAX_PACKED:
        return None
    import compressed_rtf  # type: ignore[import-untyped]  # only where a letter is nothing but this

    try:
        plain = compressed_rtf.decompress(packed)
    except Exception:  # a file from outside: whatever its bytes lead the library to
        return None
    return body(plain[:_MAX_RTF]) if plain.lstrip().startswith(b"{\\rtf") else None


def body(rtf: bytes) -> Body:
    """The letter in rich text that is not packed."""
    walk = _Walk(disguised=b"\\fromhtml1" in rtf[:1000])
    walk.over(rtf)
    text = "".join(walk.out)
    if walk.disguised:
        return Body(html=text)
    lines = (line.rstrip() for line in text.replace("\r", "").split("\n"))
    return Body(text=re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


@dataclass(frozen=True, slots=True)
class _Group:
    """What a brace opens and its fellow ends."""

    aside: bytes = b""
    """The name of the destination that is not shown; empty in the text."""
    tag: bool = False
    """In a piece of the HTML that the rich text is in place of."""
    muted: bool = False
    """In rich text that stands for a piece of HTML."""
    hidden: bool = False
    after_unicode: int = 1
    codec: str = ""
    link: int = -1
    """Where in ``links`` the target of this field is."""


@dataclass(slots=True)
class _Walk:
    disguised: bool
    out: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    fonts: dict[int, str] = field(default_factory=dict)
    codec: str = ""
    """Of the document."""
    font: int = 0
    """That the font table describes just now."""
    links: list[str] = field(default_factory=list)
    target: list[bytes] = field(default_factory=list)
    half: int = 0
    """The first half of a sign beyond U+FFFF."""

    def over(self, rtf: bytes) -> None:
        """Read all of it; stops where groups lie in each other deeper than in any letter."""
        found = re.search(rb"\\ansicpg([0-9]{1,5})", rtf[:2000])
        named = codec_name(f"cp{found.group(1).decode()}") if found and found.group(1) != b"65001" else None
        if found and found.group(1) == b"65001":
            named = "utf-8"
        self.codec = named or guess(bytes(int(one, 16) for one in _HEX.findall(rtf[:65_536])))
        group = _Group(codec=self.codec)
        above: list[_Group] = []
        skip = at = 0
        while at < len(rtf):
            token = _TOKEN.match(rtf, at)
            if token is None:
                break
            at = token.end()
            word, number, code, sign, brace, run = token.groups()
            if code is not None or run is not None:
                bare = bytes((int(code, 16),)) if code is not None else run
                dropped = min(skip, len(bare))
                skip -= dropped
                self.add(group, bare[dropped:])
                continue
            if skip and (word is not None or sign is not None) and word != b"u":
                skip -= 1
                continue
            if word != b"u":
                skip = 0
            self.settle(group)
            if brace == b"{":
                above.append(group)
                if len(above) > _MAX_DEPTH:
                    return
            elif brace == b"}":
                if not above:
                    return
                before, group = group, above.pop()
                self.closed(before, group)
                if not above:
                    return
            elif sign is not None:
                if sign == b"*":
                    group = replace(group, aside=group.aside or b"*")
                else:
                    self.say(group, _SYMBOLS.get(sign, ""))
            elif word is not None:
                value = int(number) if number is not None else None
                if word == b"bin":
                    at += max(0, value or 0)
                elif word == b"u":
                    self.unicode(group, value or 0)
                    skip = group.after_unicode
                else:
                    group = self.word(group, word, value, above)
        self.settle(group)

    def word(self, group: _Group, word: bytes, value: int | None, above: list[_Group]) -> _Group:
        if word == b"htmltag" and group.aside == b"*" and self.disguised:
            return replace(group, aside=b"", tag=True)
        if word == b"htmlrtf":
            return replace(group, muted=value != 0)
        if word in _ASIDE:
            if word == b"fldinst":
                self.target = []
                if above:
                    self.links.append("")
                    above[-1] = replace(above[-1], link=len(self.links) - 1)
            return replace(group, aside=word)
        if group.aside == b"fonttbl":
            if word == b"f" and value is not None:
                self.font = value
            elif word == b"fcharset" and value in _CHARSETS and len(self.fonts) < 5_000:
                self.fonts[self.font] = _CHARSETS[value]
            return group
        if word == b"f" and value is not None:
            return replace(group, codec=self.fonts.get(value, self.codec))
        if word == b"plain":
            return replace(group, codec=self.codec, hidden=False)
        if word == b"v":
            return replace(group, hidden=value != 0)
        if word == b"uc" and value is not None:
            return replace(group, after_unicode=max(0, min(value, 10)))
        if word in _SIGNS:
            self.say(group, _SIGNS[word])
        return group

    def add(self, group: _Group, bare: bytes) -> None:
        if group.aside == b"fldinst":
            if len(self.target) < 500:
                self.target.append(bare)
        elif self.shown(group):
            self.pending += bare

    def shown(self, group: _Group) -> bool:
        if group.aside or (group.hidden and not self.disguised):
            return False
        return not (self.disguised and group.muted)

    def say(self, group: _Group, text: str) -> None:
        if text and self.shown(group):
            self.out.append(text)

    def settle(self, group: _Group) -> None:
        """The bytes that stood together, in the charset of their font; tags are in the document's."""
        if self.pending:
            self.out.append(self.pending.decode(self.codec if group.tag else group.codec, "replace"))
            self.pending.clear()

    def unicode(self, group: _Group, value: int) -> None:
        code = value & 0xFFFF
        if 0xD800 <= code < 0xDC00:
            self.half = code
            return
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((self.half - 0xD800) << 10) + (code - 0xDC00) if self.half else 0xFFFD
        self.half = 0
        self.say(group, chr(code))

    def closed(self, before: _Group, after: _Group) -> None:
        """At the end of a field: where its link leads, unless the text says so itself."""
        if before.aside == b"fldinst" and after.aside != b"fldinst":
            found = _LINK.search(b"".join(self.target).decode(self.codec, "replace"))
            if found and self.links:
                self.links[-1] = found.group(1)
        if before.link >= 0 and before.link != after.link and not self.disguised and self.shown(before):
            where = self.links[before.link]
            address = where.removeprefix("mailto:")
            if where and address not in "".join(self.out[-8:]):
                self.out.append(f" <{address}>")
