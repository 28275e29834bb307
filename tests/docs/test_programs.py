"""The programs in documents run, one document's blocks one after the other, from the project's root."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from linewalker.factory.handshake.signals import NAMESPACE_URI, LineImage, StationImage, node_name, signals_of
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.station_server import StationServer
from tests.docs.blocks import ROOT, Block, block, blocks
from tests.factory.conftest import pki  # noqa: F401  a fixture
from tests.factory.fake_program import FakeProgram
from tests.factory.wires import CREDENTIALS

SERVED = "docs/line-interface.md"
"""Its program needs a station."""

TUTORIAL = "docs/first-order.md"
"""It shows what its program prints."""
EXAMPLE = ROOT / "examples" / "01_walk_in_your_own_loop.py"
ALONE = sorted({found.document for found in blocks("python") if ".zh-CN" not in found.document} - {SERVED, "README.md"})
"""Those in Chinese have the same programs, see tests/test_documents.py."""


@pytest.mark.parametrize("document", ALONE)
def test_programs_of_a_document_run_and_say_what_it_says(
    document: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__main__"}
    for found in blocks("python"):
        if found.document == document:
            exec(compile("\n" * (found.line - 1) + found.text, document, "exec"), names)
    told, said = capsys.readouterr().out, [found.text for found in blocks("text") if found.document == document]
    assert document != TUTORIAL or any(_fits(told, text) for text in said), told


def _fits(told: str, text: str) -> bool:
    """Whether a block shows what was printed; dots stand for more of it."""
    return re.fullmatch(re.escape(text).replace(re.escape("..."), ".+"), told) is not None


def bare(program: str) -> list[str]:
    """Its lines without comments and blank ones."""
    lines = (line.partition("  # ")[0].rstrip() for line in program.splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("language", ["", ".zh-CN"])
@pytest.mark.parametrize(("page", "package"), [("methods", "brightness"), ("skills", "curtsy")])
def test_what_is_explained_is_the_example(page: str, package: str, language: str) -> None:
    """Which tests/examples runs."""
    document, example = f"docs/{page}{language}.md", ROOT / "examples" / package
    assert block(document, "python") == (example / f"{package}.py").read_text(encoding="utf-8")
    assert block(document, "toml") in (example / "pyproject.toml").read_text(encoding="utf-8")


def test_the_program_of_the_readme_is_the_first_example() -> None:
    """Which tests/examples runs."""
    example = EXAMPLE.read_text(encoding="utf-8").rpartition('"""')[2]
    assert bare(block("README.md", "python")) == bare(example)


def test_the_client_of_the_line_interface_starts_a_job_and_asks_for_the_result(
    pki: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LINEWALKER_PASSWORD", CREDENTIALS.password)
    program = block(SERVED, "python")
    served = StationServer(StationPort(), credentials=CREDENTIALS, endpoint=ANY_PORT, pki=pki)
    with served as server, FakeProgram(server.station):
        here = re.sub(r"opc\.tcp://[\w.:/]+", server.endpoint, program)
        assert here != program
        exec(compile(here, SERVED, "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out == "0\n"  # no result: the line is not in automatic mode


@pytest.mark.parametrize("found", blocks("js"), ids=str)
def test_nodes_of_a_program_for_another_machine_exist(found: Block) -> None:
    names = {node_name(image, signal) for image in (LineImage, StationImage) for _, signal in signals_of(image)}
    asked = re.findall(r'nodeId: "ns=2;s=([\w.]+)"', found.text)
    assert asked
    assert set(asked) <= names
    assert NAMESPACE_URI in (ROOT / found.document).read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node.js here")
@pytest.mark.parametrize("found", blocks("js"), ids=str)
def test_a_program_in_javascript_is_one(found: Block, tmp_path: Path) -> None:
    path = tmp_path / "client.mjs"
    path.write_text(found.text, encoding="utf-8")
    done = subprocess.run(["node", "--check", str(path)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
