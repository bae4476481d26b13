"""Long secrets in sealed files."""

from __future__ import annotations

import os
from pathlib import Path

from deskapp.core.sealed import SealedFile, new_key


def test_a_secret_comes_back_with_its_key_alone(tmp_path: Path) -> None:
    path, key = tmp_path / "sealed" / "box", new_key()
    secret = "секрет " * 5000
    SealedFile(path, key).write(secret)
    assert SealedFile(path, key).read() == secret
    assert SealedFile(path, new_key()).read() is None
    assert "секрет".encode() not in path.read_bytes() and key.encode() not in path.read_bytes()
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_changed_or_swapped_reads_as_absent(tmp_path: Path) -> None:
    key = new_key()
    one = SealedFile(tmp_path / "one", key)
    assert one.read() is None
    one.write("a")
    (tmp_path / "two").write_bytes(one.path.read_bytes())
    assert SealedFile(tmp_path / "two", key).read() is None, "one mailbox's tokens are not another's"
    one.path.write_bytes(one.path.read_bytes()[:-1] + b"x")
    assert one.read() is None
    one.delete()
    one.delete()
    assert not one.path.exists()
