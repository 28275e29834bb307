"""The units of docs/operation.md are units: systemd finds nothing wrong, and they start a command there is."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import ROOT, Block, blocks

UNITS = [block for block in blocks("text") if block.text.startswith("# /etc/systemd/system/")]


def named(block: Block) -> str:
    found = re.match(r"# /etc/systemd/system/([\w-]+\.service)", block.text)
    assert found is not None
    return found[1]


def test_both_languages_have_the_same_units() -> None:
    found = {document: [named(unit) for unit in UNITS if unit.document == document] for document in DOCUMENTS}
    assert set(map(tuple, found.values())) == {("linewalker.service", "linewalker-outbox.service")}


DOCUMENTS = ("docs/operation.md", "docs/operation.zh-CN.md")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_systemd_finds_nothing_wrong(document: str, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "linewalker"
    program.parent.mkdir()
    program.symlink_to(sys.executable)
    units = [unit for unit in UNITS if unit.document == document]
    for unit in units:
        text = unit.text.replace("/opt/linewalker/bin/linewalker", str(program))
        (tmp_path / named(unit)).write_text(text, encoding="utf-8")
    files = [str(tmp_path / named(unit)) for unit in units]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, encoding="utf-8")
    ours = [line for line in done.stderr.splitlines() if "linewalker" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=str)
def test_what_it_starts_is_a_command_with_its_options(unit: Block) -> None:
    [line] = re.findall(r"^ExecStart=/opt/linewalker/bin/linewalker (.*)$", unit.text, re.M)
    words = shlex.split(line)
    command = words[: 1 + (words[0] == "records")]
    done = subprocess.run(
        [sys.executable, "-m", "linewalker", *command, "--help"], capture_output=True, encoding="utf-8", cwd=ROOT
    )
    assert done.returncode == 0
    for option in re.findall(r"--[\w-]+", line):
        assert option in done.stdout
