"""What a plant writes about destinations is read as it is meant, or told what is wrong with it."""

from __future__ import annotations

import pytest

from linewalker.errors import InputError
from linewalker.factory.outbox.destination import Folder, Server
from linewalker.factory.outbox.outbox_file import read_outbox


def read(tmp_path, text):
    (tmp_path / "outbox.yaml").write_text(text)
    return read_outbox(tmp_path / "outbox.yaml")


def test_destinations_are_folders_and_servers(tmp_path):
    (tmp_path / "token").write_text("secret\n")
    found = read(
        tmp_path,
        "destinations:\n"
        "  quality: {folder: /mnt/q, format: dfq, append: true}\n"
        "  excel: {folder: here, format: csv-de}\n"
        "  mes: {url: 'https://mes/results', token_file: token}\n",
    )
    assert found["quality"].path.as_posix() == "/mnt/q"
    assert found["excel"] == Folder(path=tmp_path / "here", format="csv-de")
    assert found["mes"] == Server(url="https://mes/results", token="secret")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("destinations: {}", "there is none"),
        ("destinations: {a: {folder: x, format: xls}}", "dfq"),
        ("destinations: {a: {folder: x}}", "format"),
        ("destinations: {a: {url: 'ftp://x'}}", "not the address of a server"),
        ("destinations: {a: {url: 'http://x', token_file: none}}", "can not be read"),
        ("destinations: {a: {folder: x, format: json, append: true}}", r"only a \.dfq"),
        ("places: {}", "destinations"),
    ],
)
def test_what_is_wrong_is_one_clear_error(tmp_path, text, problem):
    with pytest.raises(InputError, match=problem) as caught:
        read(tmp_path, text)
    assert "outbox.yaml" in str(caught.value)


def test_a_file_without_a_token_is_refused(tmp_path):
    (tmp_path / "token").write_text("two\nlines")
    with pytest.raises(InputError, match="holds no token"):
        read(tmp_path, "destinations: {a: {url: 'http://x', token_file: token}}")
