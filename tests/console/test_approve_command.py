"""An operator at a terminal, or a program with the passphrase: nobody else gives leave, and nothing shown deceives."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from linewalker.console.approve_command import Operator, decide, make_key, plain
from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.station.approval.leave import Circumstances, objection
from linewalker.station.approval.operator_key import KEY_FILE, OperatorKey
from linewalker.station.approval.proposal import ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.run_folder import PROPOSALS_FILE
from tests.station.approval.samples import proposal

NOW_S = 1100.0
WORD = proposal().id.split("-")[0]
PASSPHRASE = "correct horse"


class Keys(io.StringIO):
    """Standard input that is a terminal, or is not."""

    def __init__(self, terminal: bool):
        super().__init__()
        self.isatty = lambda: terminal  # type: ignore[method-assign]


def operator(*typed: str, secret: str = "", terminal: bool = True, file: Path | None = None) -> Operator:
    """One who types this."""
    lines = iter(typed)
    return Operator(
        keys=Keys(terminal),
        ask=lambda _: next(lines),
        ask_secret=lambda _: secret,
        passphrase_file=file,
        clock=lambda: NOW_S,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of a server to which one thing was proposed."""
    book_in(tmp_path).file(proposal())
    return tmp_path


def book_in(folder: Path) -> ProposalBook:
    """The book of a folder."""
    return ProposalBook(folder / PROPOSALS_FILE, lambda: NOW_S)


def state(folder: Path, proposal_id: str = proposal().id) -> ProposalState:
    """What became of a proposal."""
    filed = book_in(folder).find(proposal_id)
    assert filed is not None
    return filed.state


def test_who_reads_and_types_the_word_approves(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert decide(folder, None, operator(WORD)) == 0
    assert state(folder) is ProposalState.APPROVED
    shown = capsys.readouterr().out
    for text in (proposal().id, "g1", "量前盖的缝", "hood/front_bumper", "500 s", "approved"):
        assert text in shown


@pytest.mark.parametrize("typed", ["", "y", "yes", "k3ta", WORD[:-1]])
def test_whatever_else_is_typed_is_no(folder: Path, typed: str) -> None:
    assert decide(folder, None, operator(typed)) == 1
    assert state(folder) is ProposalState.REJECTED
    assert decide(folder, proposal().id, operator(WORD)) == 1  # and stays one


def test_the_steps_are_shown_as_the_plan_has_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = [{"title": {"zh": f"扫描 {n}", "en": f"scan {n}"}, "visits": [{}, {}]} for n in range(40)]
    whole = {"tasks": tasks, "certificate": {"likely_end_s": [58.2, 66.4]}}
    odd = [{}, {"tasks": 5, "certificate": None}, {"tasks": ["x", {"title": 3}], "certificate": {"likely_end_s": 9}}]
    for plan in (whole, *odd):
        decide(tmp_path, book_in(tmp_path).file(proposal(plan=plan)).id, operator(""))
    shown = capsys.readouterr().out
    assert "扫描 29  scan 29 (2 x)" in shown
    assert "scan 30" not in shown
    assert "... 10 more" in shown
    assert "58 .. 66 s" in shown


def test_no_terminal_is_nobody(folder: Path) -> None:
    with pytest.raises(InputError, match="nobody sits"):
        decide(folder, None, operator(WORD, terminal=False))
    with pytest.raises(InputError, match="nobody sits"):
        decide(folder, None, operator(WORD, terminal=False, file=folder / "passphrase"))  # there is no key
    assert state(folder) is ProposalState.PROPOSED


def test_with_a_key_the_passphrase_is_needed_and_signs(folder: Path) -> None:
    assert make_key(folder, operator(secret=PASSPHRASE)) == 0
    with pytest.raises(InputError, match="not the operator's passphrase"):
        decide(folder, None, operator(WORD, secret="guess guess"))
    assert decide(folder, None, operator(WORD, secret=PASSPHRASE)) == 0
    filed, key = book_in(folder).find(proposal().id), OperatorKey.read(folder)
    assert filed is not None
    assert objection(filed, Circumstances(robot="g1", plan_fingerprint="ab" * 32, now_s=NOW_S, key=key)) is None


def test_a_program_that_has_the_passphrase_approves_without_a_terminal(folder: Path) -> None:
    make_key(folder, operator(secret=PASSPHRASE))
    file = folder / "passphrase"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert decide(folder, proposal().id, operator(terminal=False, file=file)) == 0
    assert state(folder) is ProposalState.APPROVED


def test_a_key_is_made_once_at_a_terminal(folder: Path) -> None:
    with pytest.raises(InputError, match="nobody sits"):
        make_key(folder, operator(secret=PASSPHRASE, terminal=False))
    with pytest.raises(InputError, match="at least 8"):
        make_key(folder, operator(secret="short"))
    make_key(folder, operator(secret=PASSPHRASE))
    assert set(json.loads((folder / KEY_FILE).read_text(encoding="utf-8"))) == {"salt", "public_key"}
    with pytest.raises(InputError, match="there is a key already"):
        make_key(folder, operator(secret=PASSPHRASE))


def test_of_several_one_has_to_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = book_in(folder).file(proposal(nonce="0002"))
    assert decide(folder, None, operator()) == 1
    assert {proposal().id, other.id} <= set(capsys.readouterr().out.split())
    assert decide(folder, other.id, operator(other.id.split("-")[0])) == 0
    assert decide(folder, other.id, operator(), no=True) == 0
    assert state(folder, other.id) is ProposalState.REJECTED


def test_nothing_to_decide_is_told(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="nothing was proposed"):
        decide(tmp_path / "elsewhere", None, operator())
    with pytest.raises(InputError, match="there is no proposal"):
        decide(folder, "k3ta", operator())
    book_in(folder).advance(proposal().id, ProposalState.CANCELLED)
    assert decide(folder, None, operator()) == 1
    assert "nothing waits" in capsys.readouterr().out


def test_what_others_wrote_does_nothing_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sly = "go home\x1b[2K\rmeasure\n\u202edrawkcab\u200b [red]x[/red]"
    filed = book_in(tmp_path).file(proposal(order=sly, read_back=Title(zh=sly, en=sly)))
    decide(tmp_path, filed.id, operator(""))
    shown = capsys.readouterr().out
    assert not any(letter in shown for letter in "\x1b\r\u202e\u200b")
    assert '"go home [2K measure  drawkcab  [red]x[/red]"' in shown
    assert len(plain("a" * 10_000)) < 500
