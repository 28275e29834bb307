"""There is no way in without user and password, and no way to see the password."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck, random_credentials, read_credentials


def test_the_password_is_never_printed():
    assert "secret word" not in repr(Credentials(user="line", password="secret word"))


def test_options_go_before_the_environment(tmp_path):
    file = tmp_path / "password"
    file.write_text("from the file\nsecond line\n")
    environment = {"LINEWALKER_USER": "env", "LINEWALKER_PASSWORD": "from the environment"}
    assert read_credentials("option", file, environment) == Credentials(user="option", password="from the file")
    assert read_credentials(None, None, environment) == Credentials(user="env", password="from the environment")


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({}, "LINEWALKER_USER"),
        ({"LINEWALKER_USER": "line"}, "LINEWALKER_PASSWORD"),
        ({"LINEWALKER_USER": "line", "LINEWALKER_PASSWORD": "short"}, "5 characters"),
    ],
)
def test_what_is_missing_is_named(environment, complaint):
    with pytest.raises(InputError, match=complaint):
        read_credentials(environment=environment)


def test_an_empty_password_file_is_named(tmp_path):
    file = tmp_path / "password"
    file.write_text("")
    with pytest.raises(InputError, match="first line has 0 characters") as caught:
        read_credentials("line", file, {})
    assert caught.value.file == file


def test_random_credentials_are_never_the_same():
    assert random_credentials().password != random_credentials().password


def test_only_the_right_pair_is_accepted():
    check = PasswordCheck.for_password_of(Credentials(user="line", password="right password"))
    assert check.accepts("line", "right password")
    assert PasswordCheck.of(check.document()).accepts("line", "right password")
    for user, password in [("line", ""), ("line", "right password "), ("admin", "right password"), ("", "")]:
        assert not check.accepts(user, password)
    assert not any(b"right password" in bytes(str(value), "utf8") for value in vars(check).values())
    assert "right password" not in str(check.document())


def test_a_password_file_that_others_can_read_is_warned_of(tmp_path, caplog):
    file = tmp_path / "password"
    file.write_text("a password for tests\n")
    for mode, warned in ((0o600, False), (0o640, True)):
        file.chmod(mode)
        caplog.clear()
        read_credentials("line", file, {})
        assert ("others can read" in caplog.text) == warned
        assert "a password" not in caplog.text
