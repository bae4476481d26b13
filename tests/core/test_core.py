"""Clock, ids, text, settings, secrets, locks, paths."""

from __future__ import annotations

import multiprocessing
import os
import stat
import tomllib
import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deskapp.core import ids
from deskapp.core.clock import FixedClock, ShiftedClock, from_ms, to_ms
from deskapp.core.errors import UserFacingError
from deskapp.core.locks import FileLock, held
from deskapp.core.paths import Profile
from deskapp.core.secrets import KeyringSecrets, MemorySecrets, NoKeyring
from deskapp.core.settings import SETTINGS, Settings
from deskapp.core.text import clean_text


@given(st.datetimes(timezones=st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))))
def test_instants_survive_the_way_into_a_table_and_back(at: datetime) -> None:
    assume(1900 < at.year < 2200)
    back = from_ms(to_ms(at))
    assert back.tzinfo is UTC
    assert timedelta() <= at - back < timedelta(milliseconds=1)


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(ValueError):
        to_ms(datetime(2026, 11, 2))  # noqa: DTZ001 - the point of it


def test_clocks_of_tests_and_demos() -> None:
    start = datetime(2026, 11, 2, 9, 20, tzinfo=timezone(timedelta(hours=3)))
    fixed = FixedClock(start)
    fixed.advance(hours=2)
    assert fixed.now() == start + timedelta(hours=2)
    shifted = ShiftedClock(start)
    first, second = shifted.now(), shifted.now()
    assert start <= first <= second < start + timedelta(minutes=5)


def test_ids_grow_and_are_uuid7() -> None:
    made = [ids.new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}


def test_natural_ids_depend_on_their_key_alone() -> None:
    assert ids.natural_id("contact", "a@b.example") == ids.natural_id("contact", "a@b.example")
    assert ids.natural_id("contact", "a", "b") != ids.natural_id("contact", "ab")
    assert ids.natural_id("contact", "a") != ids.natural_id("customer", "a")


@given(st.text(st.characters(codec=None)) | st.text(st.sampled_from("\x00\ud800\udfffя a")))
def test_clean_text_keeps_all_that_can_be_stored(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert cleaned == "".join(ch for ch in text if ch != "\x00" and not 0xD800 <= ord(ch) <= 0xDFFF)


def test_errors_fill_their_words() -> None:
    error = UserFacingError("It failed", "%1 of %2 letters", 3, "ten")
    assert error.filled() == "3 of ten letters"
    assert str(error) == "It failed 3 of ten letters"


# --- settings ----------------------------------------------------------------------------------------------------


def test_every_setting_survives_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    settings = Settings(path)
    awkward = 'Пётр "O\'Neil" \\ \n\t%1 ]['
    for key, setting in SETTINGS.items():
        if isinstance(setting.default, bool):
            settings.set(key, not setting.default)
        elif isinstance(setting.default, int):
            settings.set(key, setting.default + 7)
        else:
            settings.set(key, setting.choices[-1] if setting.choices else awkward)
    again = Settings(path)
    assert {key: again.get(key) for key in SETTINGS} == {key: settings.get(key) for key in SETTINGS}
    assert all(again.get(key) != setting.default for key, setting in SETTINGS.items())
    tomllib.loads(path.read_text("utf-8"))


def test_a_setting_has_a_type_and_choices(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.toml")
    with pytest.raises(TypeError):
        settings.set("undo_seconds", "15")
    with pytest.raises(TypeError):
        settings.set("undo_seconds", True)
    with pytest.raises(ValueError):
        settings.set("theme", "pink")
    with pytest.raises(KeyError):
        settings.get("unheard_of")
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"[[[", b"theme = 'dark'\ntheme = 'light'\n"])
def test_a_broken_settings_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    settings = Settings(path)
    assert settings.text("theme") == "system"
    assert settings.broken is not None and settings.broken.read_bytes() == content
    settings.set("theme", "dark")
    assert Settings(path).text("theme") == "dark"


def test_of_a_half_written_file_the_sound_lines_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    whole = Settings(path)
    whole.set("me", "anna")
    whole.set("theme", "dark")
    whole.set("undo_seconds", 30)
    path.write_bytes(path.read_bytes()[:-3])  # the last line ends in its middle
    path.write_bytes(path.read_bytes().replace(b'"dark"', b'"dark'))
    again = Settings(path)
    assert (again.text("me"), again.text("theme")) == ("anna", "system")
    assert again.broken is not None
    assert Settings(path).text("me") == "anna", "also at the start after that, with nothing set between"


def test_values_of_another_type_or_an_unknown_key_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("undo_seconds = '3'\nfuture = 1\ntheme = 'dark'\nlanguage = 'xx'\n", "utf-8")
    settings = Settings(path)
    assert settings.number("undo_seconds") == 15
    assert settings.text("theme") == "dark"
    assert settings.text("language") == ""


# --- secrets -----------------------------------------------------------------------------------------------------


def test_without_a_keyring_secrets_live_for_this_run_only(tmp_path: Path) -> None:
    secrets = KeyringSecrets()
    assert not secrets.usable()
    with pytest.raises(NoKeyring):
        secrets.set("mailbox:1", "open sesame")
    assert secrets.get("mailbox:1") == "open sesame"
    assert KeyringSecrets().get("mailbox:1") is None


def test_memory_secrets() -> None:
    secrets = MemorySecrets()
    secrets.set("a", "b")
    assert secrets.get("a") == "b"
    secrets.delete("a")
    secrets.delete("a")
    assert secrets.get("a") is None


# --- locks and folders -------------------------------------------------------------------------------------------


def _hold(path: Path, ready: object, go: object) -> None:
    lock = FileLock(path)
    assert lock.take()
    ready.set()  # type: ignore[attr-defined]
    go.wait(60)  # type: ignore[attr-defined]
    os._exit(1)  # dies without letting go


def test_a_lock_is_one_holders_and_dies_with_it(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "one.lock"
    context = multiprocessing.get_context("spawn")
    ready, go = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(path, ready, go))
    holder.start()
    assert ready.wait(60)
    mine = FileLock(path)
    assert not mine.take()
    go.set()
    holder.join(60)
    assert mine.take()
    mine.release()
    with held(path):
        assert not FileLock(path).take()
    assert mine.take()
    mine.release()


@pytest.mark.skipif(os.name != "posix", reason="POSIX file modes")
def test_a_profile_is_its_owners(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "desk").make()
    assert stat.S_IMODE(profile.root.stat().st_mode) == 0o700
    assert profile.blobs.is_dir() and profile.backups.is_dir() and profile.log.is_dir()
