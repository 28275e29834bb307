"""Only the passphrase signs, only what was signed is verified, and the file alone signs nothing."""

from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.station.approval.operator_key import KEY_FILE, OperatorKey

PASSPHRASE = "九月的第三个班次"
DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def key() -> OperatorKey:
    """One of an operator."""
    return OperatorKey.made_of(PASSPHRASE)


def test_what_the_passphrase_signs_is_verified_and_nothing_else(key: OperatorKey) -> None:
    signature = key.sign(PASSPHRASE, DIGEST)
    assert key.verifies(DIGEST, signature)
    assert not key.verifies("cd" * 32, signature)
    assert not key.verifies(DIGEST, signature[:-2] + ("00" if signature[-2:] != "00" else "01"))
    for nothing in ("", "zz", "00" * 64):
        assert not key.verifies(DIGEST, nothing)


def test_another_key_verifies_it_not_even_of_the_same_passphrase(key: OperatorKey) -> None:
    assert not OperatorKey.made_of(PASSPHRASE).verifies(DIGEST, key.sign(PASSPHRASE, DIGEST))


def test_another_passphrase_signs_nothing(key: OperatorKey) -> None:
    with pytest.raises(InputError, match="not the operator's passphrase"):
        key.sign(PASSPHRASE + " ", DIGEST)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InputError, match="at least 8"):
        OperatorKey.made_of("停停停")


def test_the_file_gives_the_key_back_and_holds_no_passphrase(key: OperatorKey, tmp_path: Path) -> None:
    assert OperatorKey.read(tmp_path) is None
    path = key.write(tmp_path)
    assert OperatorKey.read(tmp_path) == key
    assert PASSPHRASE not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"salt": "00", "public_key": "00"}', '{"salt": 1, "public_key": 2}'])
def test_what_is_no_key_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="is no operator key"):
        OperatorKey.read(tmp_path)
