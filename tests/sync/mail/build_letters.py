"""Letters for tests, put together from pieces; nothing here is clever about what mail programs would refuse."""

from __future__ import annotations


def letter(
    *headers: str | bytes,
    body: str | bytes = "Не печатает принтер.",
    charset: str = "utf-8",
    sender: str = "ivan@example.ru",
) -> bytes:
    """A letter with these header lines; ``From`` and a content type are added when they are not given."""
    lines = [line.encode(charset) if isinstance(line, str) else line for line in headers]
    names = {line.partition(b":")[0].lower() for line in lines}
    if b"from" not in names:
        lines.insert(0, f"From: {sender}".encode())
    if b"content-type" not in names:
        lines.append(f"Content-Type: text/plain; charset={charset}".encode())
    content = body.encode(charset) if isinstance(body, str) else body
    return b"\r\n".join([*lines, b"", content])


def multipart(subtype: str, *parts: bytes, headers: tuple[str, ...] = (), parameters: str = "") -> bytes:
    """A letter of several parts; each part is its headers, an empty line and its content."""
    boundary = "=-=cut-here"
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return letter(
        *headers,
        f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}',
        body=body + b"--" + boundary.encode() + b"--\r\n",
    )


def part(content: str | bytes, content_type: str = "text/plain; charset=utf-8", *headers: str) -> bytes:
    lines = [f"Content-Type: {content_type}", *headers, ""]
    data = content.encode() if isinstance(content, str) else content
    return "\r\n".join(lines).encode() + b"\r\n" + data
