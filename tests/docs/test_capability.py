"""What docs/capability.md shows of a study is what the command prints."""

from __future__ import annotations

import re

import pytest

from linewalker import cli
from tests.docs.blocks import ROOT, block


def words(text: str) -> list[str]:
    return re.sub(r"\s+", " ", text).split()


@pytest.mark.parametrize(("document", "language"), [("docs/capability.md", "en"), ("docs/capability.zh-CN.md", "zh")])
def test_the_table_of_a_study_is_what_is_printed(
    document: str, language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    cli.app(
        ["msa", "grr", "examples/capability/grr.csv", "--tolerance", "8", "--lang", language], standalone_mode=False
    )
    shown = words(block(document, "text"))
    assert " ".join(shown) in " ".join(words(capsys.readouterr().out))
    assert max(len(line) for line in block(document, "text").splitlines() if "─" in line) <= 80
