"""Every command explains itself in the language that is spoken, and a slip of the pen gets one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from rich.cells import cell_len

from linewalker import cli
from linewalker.console.help_words import labelled, said_help
from linewalker.messages.language import Language, speaking

CHINESE = re.compile("[\u4e00-\u9fff]")


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


TREE = dict(commands(typer.main.get_command(cli.app)))


@pytest.mark.parametrize("path", TREE, ids=" ".join)
def test_every_help_text_has_its_chinese(path: tuple[str, ...]) -> None:
    command = TREE[path]
    texts = [command.help, command.short_help, *(getattr(parameter, "help", None) for parameter in command.params)]
    with speaking(Language.ZH):
        paragraphs = [part for text in texts if text for part in said_help(text).split("\n\n")]
    assert [part for part in paragraphs if not CHINESE.search(part)] == []


def ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["linewalker", *words])
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", [(), ("run",), ("plan",), ("records", "retain"), ("walk",)], ids=" ".join)
def test_help_fits_a_narrow_terminal(monkeypatch, capsys, path: tuple[str, ...], language: str) -> None:
    assert ended(monkeypatch, *path, "--help", "--lang", language) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert ("用法：" if language == "zh" else "Usage:") in "\n".join(lines)
    assert bool(CHINESE.search("\n".join(lines))) == (language == "zh")
    assert not any("…" in line for line in lines)


SLIPS = [
    (("rum",), "error: No such command 'rum'", "错误：没有命令“rum”"),
    (("run", "--sped", "1"), "error: No such option: --sped", "错误：没有选项 --sped"),
    (("run",), "error: Missing option '--shift'", "错误：缺少选项 '--shift'"),
    (
        ("walk", "--duration", "x"),
        "error: Invalid value for '--duration': ",
        "错误：'--duration' 的值不对：“x”不是数字",
    ),
    (("run", "--shift", "no.csv", "--plan", "x"), "error: no.csv: there is no such", "错误：no.csv: 没有这个文件"),
    (("line",), "error: --shift: a line brings", "错误：--shift: 线体要送来一个班次的车"),
]


@pytest.mark.parametrize(("words", "english", "chinese"), SLIPS, ids=lambda value: " ".join(value)[:20])
def test_a_slip_of_the_pen_gets_one_line(monkeypatch, capsys, words, english: str, chinese: str) -> None:
    for language, begins in (("en", english), ("zh", chinese)):
        assert ended(monkeypatch, *words, "--lang", language) == cli.EXIT_INPUT
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(begins)


def test_a_language_we_do_not_speak_is_bad_input(monkeypatch, capsys) -> None:
    assert ended(monkeypatch, "doctor", "--lang", "fr") == cli.EXIT_INPUT
    assert "'fr' is not one of 'zh', 'en'" in capsys.readouterr().err


def test_no_words_at_all_show_the_help(monkeypatch, capsys) -> None:
    assert ended(monkeypatch, "--lang", "zh") == cli.EXIT_INPUT
    shown = capsys.readouterr()
    assert "用法：" in shown.out
    assert shown.err == ""


def test_chinese_wants_no_blank_after_its_colon() -> None:
    with speaking(Language.ZH):
        assert labelled("error:", "x.csv: 甲： 乙") == "错误：x.csv: 甲： 乙"
    with speaking(Language.EN):
        assert labelled("error:", "gone") == "error: gone"
