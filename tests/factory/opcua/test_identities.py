"""Who may log in: kept without passwords, found as the file stands now."""

from __future__ import annotations

import stat

import pytest

from linewalker.errors import InputError
from linewalker.factory.opcua.credentials import Credentials, PasswordCheck
from linewalker.factory.opcua.identities import (
    IDENTITIES_FILE,
    Identity,
    Register,
    Role,
    read_identities,
    write_identities,
)


def person(name: str, role: Role, password: str = "a long password") -> Identity:
    return Identity(
        name=name, role=role, check=PasswordCheck.for_password_of(Credentials(user=name, password=password))
    )


def test_what_is_written_is_read_and_no_password_is_in_it_and_nobody_else_reads_it(tmp_path):
    robot = Identity(name="cell 7", role=Role.LINE, certificate="ab" * 32)
    write_identities(tmp_path, [person("maria", Role.OBSERVER), robot])
    file = tmp_path / IDENTITIES_FILE
    assert "a long password" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    [maria, again] = read_identities(tmp_path)
    assert (maria.name, maria.role) == ("maria", Role.OBSERVER)
    assert maria.check.accepts("maria", "a long password")
    assert again == robot


def test_the_register_follows_the_file(tmp_path):
    register = Register([person("line", Role.LINE)], tmp_path)
    assert register.by_password("maria", "a long password") is None
    write_identities(tmp_path, [person("maria", Role.ENGINEER), Identity(name="c", role=Role.LINE, certificate="ab")])
    assert register.by_password("maria", "a long password").role is Role.ENGINEER
    assert register.by_password("maria", "another password") is None
    assert register.by_password("line", "a long password").role is Role.LINE
    assert register.by_certificate("ab").name == "c"
    assert register.by_certificate("") is None
    write_identities(tmp_path, [])
    assert register.by_password("maria", "a long password") is None


@pytest.mark.parametrize("content", ["", "{}x", '[{"name": "x"}]', '[{"name": "x", "role": "king"}]', "[7]"])
def test_a_file_that_is_none_is_named(tmp_path, content):
    (tmp_path / IDENTITIES_FILE).write_text(content)
    with pytest.raises(InputError, match="linewalker trust user"):
        read_identities(tmp_path)


def test_roles():
    assert [role for role in Role if role.writes] == [Role.LINE, Role.ENGINEER]
    assert [role for role in Role if role.has_a_place] == [Role.LINE]


def test_a_broken_file_keeps_nobody_out_who_is_not_in_it(tmp_path, caplog):
    register = Register([person("line", Role.LINE)], tmp_path)
    (tmp_path / IDENTITIES_FILE).write_text("nonsense")
    assert register.by_password("line", "a long password").role is Role.LINE
    assert register.by_password("maria", "a long password") is None
    assert "linewalker trust user" in caplog.text
