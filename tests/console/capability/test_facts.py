"""A sheet says which file it was made of, by its digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.inspection.capability.table import VALUE, read_table
from linewalker.inspection.title import Title


def test_the_file_its_digest_and_what_was_not_used(tmp_path: Path) -> None:
    path = tmp_path / "study.csv"
    path.write_text("value,shift,remark\n1,a,b\n2,c,d\n", encoding="utf-8")
    table = read_table(path, (VALUE,))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    facts = {title.en: value for title, value in facts_of(table, (Title(zh="甲", en="a"), "b"))}
    assert facts == {
        "file": str(path), "SHA-256": digest, "rows": "2", "a": "b", "columns not used": "shift, remark",
    }  # fmt: skip
    assert file_of(table) == {
        "file": "study.csv", "sha256": digest, "rows": 2, "unused_columns": ["shift", "remark"],
    }  # fmt: skip
