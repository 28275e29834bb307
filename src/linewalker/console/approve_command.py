"""``linewalker approve``: an operator looks at what was proposed and says yes or no, where no client can reach.

What a terminal shows here was written by others: it is shown on single lines and without characters that move the
cursor, hide or turn text round, so that what is read is what is approved.
"""

from __future__ import annotations

import getpass
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from linewalker.console.terminal import terminal
from linewalker.errors import InputError
from linewalker.plantfile import read_text
from linewalker.station.approval.leave import approve, reject
from linewalker.station.approval.operator_key import KEY_FILE, OperatorKey
from linewalker.station.approval.proposal import Filed, ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.run_folder import PROPOSALS_FILE, make_folder

DONE, NOT_DONE = 0, 1
_MOST_LETTERS, _MOST_STEPS = 400, 30


@dataclass(frozen=True, kw_only=True, eq=False)
class Operator:
    """Where the operator sits.

    Attributes:
        keys: what is typed; only a terminal is believed to be somebody.
        ask: shows a question and returns what is typed.
        ask_secret: the same, unseen.
        passphrase_file: the passphrase, for an operator that is a program: a button, a console.
        clock: seconds since 1970.
    """

    keys: TextIO
    ask: Callable[[str], str]
    ask_secret: Callable[[str], str]
    passphrase_file: Path | None = None
    clock: Callable[[], float] = time.time

    @classmethod
    def at_this_terminal(cls, passphrase_file: Path | None) -> Operator:
        """Whoever started this program."""
        return cls(keys=sys.stdin, ask=input, ask_secret=getpass.getpass, passphrase_file=passphrase_file)

    @property
    def seated(self) -> bool:
        """Whether somebody sits at a terminal."""
        return self.keys.isatty()


def decide(folder: Path, proposal_id: str | None, operator: Operator, *, no: bool = False) -> int:
    """Show a proposal and take the operator's yes or no; returns the exit code.

    Args:
        proposal_id: None: the only one that waits.
        no: the answer is no already.

    Raises:
        InputError: there is nothing to decide, or nobody who may.
    """
    console, book = terminal(), _book(folder, operator.clock)
    key = OperatorKey.read(folder)
    if not operator.seated and (key is None or operator.passphrase_file is None):
        raise InputError(
            "nobody sits at this terminal; approve in one, or make a key with --new-key and give --passphrase-file"
        )
    filed = _chosen(book, proposal_id, console, operator.clock())
    if filed is None:
        return NOT_DONE
    _show(filed, console, operator.clock())
    if no or not _says_yes(filed, operator):
        because = reject(book, filed.id, by=_who("said no"))
        console.print("拒绝  not approved" if because is None else f"{because.title.zh}  {because.title.en}")
        return NOT_DONE if because is not None or not no else DONE
    passphrase = "" if key is None else _passphrase(operator)
    by = _who("at a terminal" if key is None else "with the operator's passphrase")
    because = approve(book, filed.id, by=by, now_s=operator.clock(), key=key, passphrase=passphrase)
    if because is not None:
        console.print(f"{because.title.zh}  {because.title.en}")
        return NOT_DONE
    console.print(f"已批准  approved: {filed.id}")
    return DONE


def make_key(folder: Path, operator: Operator) -> int:
    """Make the operator's key; returns the exit code.

    Raises:
        InputError: there is one already, nobody sits at the terminal, or the passphrase is none.
    """
    if (folder / KEY_FILE).exists():
        raise InputError("there is a key already; take the file away first, on purpose", file=folder / KEY_FILE)
    if not operator.seated:
        raise InputError("nobody sits at this terminal; a key is made where its passphrase can be typed")
    make_folder(folder)
    passphrase = operator.ask_secret("新口令  new passphrase: ")
    if operator.ask_secret("再输入一次  once more: ") != passphrase:
        raise InputError("these were two different passphrases; try again")
    path = OperatorKey.made_of(passphrase).write(folder)
    terminal().print(f"操作员密钥已写入  operator key: {path}", soft_wrap=True)
    terminal().print("正在运行的服务需重启后才检查签名  a server that runs already checks signatures after a restart")
    return DONE


def plain(text: str) -> str:
    """Text of others on one line, without anything that does something to a terminal, and not endless."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]}..."


def _book(folder: Path, clock: Callable[[], float]) -> ProposalBook:
    path = folder / PROPOSALS_FILE
    if not path.is_file():
        raise InputError("nothing was proposed here; give the --out folder of the server", file=path)
    return ProposalBook(path, clock)


def _chosen(book: ProposalBook, proposal_id: str | None, console: Console, now_s: float) -> Filed | None:
    """The proposal to decide on; None, and why is said, if it is not clear which."""
    if proposal_id is not None:
        filed = book.find(proposal_id)
        if filed is None:
            raise InputError(f"there is no proposal '{plain(proposal_id)}'; without an id, those that wait are listed")
        return filed
    waiting = [one for one in book.pending() if one.state is ProposalState.PROPOSED and now_s < one.proposal.expires_s]
    if len(waiting) == 1:
        return waiting[0]
    console.print("没有等待批准的提案  nothing waits for approval" if not waiting else "请指定编号  name one of these:")
    for one in waiting:
        console.print(
            f"  {one.id}  {plain(one.proposal.read_back.zh)}  {plain(one.proposal.read_back.en)}", soft_wrap=True
        )
    return None


def _show(filed: Filed, console: Console, now_s: float) -> None:
    proposal = filed.proposal

    def line(zh: str, en: str, text: str) -> None:
        console.print(f"{zh} {en}: {plain(text)}", soft_wrap=True)

    line("提案", "proposal", filed.id)
    line("机器人", "robot", proposal.robot)
    line("将执行", "will do", f"{proposal.read_back.zh}  {proposal.read_back.en}")
    for goal in proposal.goals:
        slots = ", ".join(f"{name}={_value(value)}" for name, value in goal["slots"].items())
        line("  目标", "goal", f"{goal['skill']} {slots}")
    for text in _steps(proposal.plan):
        line("  步骤", "step", text)
    if proposal.order:
        line("原话（他人所写，仅供参考）", "in words, written by others", f'"{proposal.order}"')
    line("有效时间", "good for", f"{max(0.0, proposal.expires_s - now_s):.0f} s")


def _steps(plan: Mapping[str, Any]) -> list[str]:
    """What the plan says will be done, a line each, and how long all of it takes."""
    tasks, certificate = plan.get("tasks"), plan.get("certificate")
    lines = [_task(task) for task in tasks if isinstance(task, Mapping)] if isinstance(tasks, list) else []
    if len(lines) > _MOST_STEPS:
        lines = [*lines[:_MOST_STEPS], f"... {len(lines) - _MOST_STEPS} more"]
    likely = certificate.get("likely_end_s") if isinstance(certificate, Mapping) else None
    return [*lines, f"{likely[0]:.0f} .. {likely[1]:.0f} s"] if isinstance(likely, list) and len(likely) == 2 else lines


def _task(task: Mapping[str, Any]) -> str:
    title = task.get("title")
    named = f"{title.get('zh')}  {title.get('en')}" if isinstance(title, Mapping) else "?"
    visits = task.get("visits")
    return f"{named} ({len(visits)} x)" if isinstance(visits, list) else named


def _value(value: object) -> str:
    return "[" + " ".join(map(str, value)) + "]" if isinstance(value, list) else str(value)


def _says_yes(filed: Filed, operator: Operator) -> bool:
    """Nobody approves by leaning on the return key: the beginning of the id has to be typed."""
    if not operator.seated:
        return True  # a program, with the passphrase
    word = filed.id.split("-")[0]
    return operator.ask(f"输入 {word} 批准，其他为拒绝  type {word} to approve, anything else is no: ").strip() == word


def _passphrase(operator: Operator) -> str:
    if operator.passphrase_file is None:
        return operator.ask_secret("口令  passphrase: ")
    return (read_text(operator.passphrase_file).splitlines() or [""])[0]


def _who(how: str) -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user that the machine has no name for
        user = f"user {os.getuid()}"
    return f"{user} {how}"
