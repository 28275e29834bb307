"""Who may act: names and tokens of a file, each their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console.web.operators import Operators
from linewalker.errors import InputError

TOKEN, OTHER = "a" * 32, "b" * 32


def written(folder: Path, text: str) -> Path:
    path = folder / "operators"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_are_found_by_tokens_alone(tmp_path: Path) -> None:
    found = Operators.read(written(tmp_path, f"# of the early shift\nAna Li {TOKEN}\n\n王伟 {OTHER}\n"))
    assert (found.named(TOKEN), found.named(OTHER)) == ("Ana Li", "王伟")
    assert [found.named(text) for text in ("", "Ana Li", TOKEN[:-1], f"{TOKEN} ")] == [None] * 4
    assert TOKEN not in repr(found)
    assert not Operators()
    assert Operators().named("") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no operator"),
        (TOKEN, "NAME TOKEN"),
        ("Ana short", "at least 16"),
        (f"Ana {TOKEN}\nAna {OTHER}", "their own"),
        (f"Ana {TOKEN}\nBo {TOKEN}", "their own"),
    ],
)
def test_a_file_that_names_nobody_clearly_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Operators.read(written(tmp_path, text))
