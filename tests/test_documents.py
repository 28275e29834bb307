"""A document in Chinese says what the one in English says: same headings, tables, numbers, code, pictures and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.blocks import FENCED, ROOT

CHINESE = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.zh-CN.md"), *ROOT.glob("docs/*.zh-CN.md"))
)
_TARGET = re.compile(r"\]\(([^)\s#]*)(#[^)\s]*)?\)")


def texts(chinese: str) -> tuple[str, str]:
    """The document in English, and the one in Chinese."""
    english = chinese.replace(".zh-CN", "")
    return (ROOT / english).read_text(encoding="utf-8"), (ROOT / chinese).read_text(encoding="utf-8")


def headings(text: str) -> list[int]:
    """Their levels."""
    return [len(marks) for marks in re.findall(r"^(#+) ", FENCED.sub("", text), re.MULTILINE)]


def tables(text: str) -> list[tuple[int, list[str]]]:
    """Cells and numbers of every row of every table, in order."""
    rows = re.findall(r"^\|.*\|$", FENCED.sub("", text), re.MULTILINE)
    return [(row.count("|"), sorted(re.findall(r"\d+(?:\.\d+)?", row))) for row in rows]


def code(text: str) -> list[str]:
    """The commands, programs and files of every block, without their comments; of drawings and messages only that."""
    return [
        language if language == "text" else "\n".join(line.partition(" #")[0].strip() for line in block.splitlines())
        for _, language, block in FENCED.findall(text)
    ]


def links(text: str) -> list[str]:
    """Targets of links and pictures, as those of the English document."""
    return sorted(target.replace(".zh-CN", "") for target, _ in _TARGET.findall(text) if target)


def test_every_document_is_there_in_chinese() -> None:
    """Those of people who change the code are not: conventions and changelog."""
    read_by_plants = {"README.md", *(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/*.md"))}
    assert {document.replace(".md", ".zh-CN.md") for document in read_by_plants if ".zh-CN" not in document} == set(
        CHINESE
    )


@pytest.mark.parametrize("document", CHINESE)
@pytest.mark.parametrize("part", [headings, tables, code], ids=lambda part: part.__name__)
def test_both_languages_have_the_same(document: str, part) -> None:
    english, chinese = texts(document)
    assert part(chinese) == part(english)


@pytest.mark.parametrize("document", CHINESE)
def test_both_languages_link_the_same_and_one_another(document: str) -> None:
    english, chinese = texts(document)
    assert set(links(chinese)) == set(links(english))
    assert f"]({Path(document).name})" in "".join(re.findall(r"\]\(\S+\)", english)).replace("docs/", "")


@pytest.mark.parametrize("document", CHINESE)
def test_a_document_in_chinese_leads_to_others_in_chinese(document: str) -> None:
    _, chinese = texts(document)
    here = Path(document)
    to_itself = here.name.replace(".zh-CN", "")
    for target, _ in _TARGET.findall(chinese):
        twin = target.replace(".md", ".zh-CN.md")
        assert target == to_itself or ".zh-CN" in target or (here.parent / twin).as_posix() not in CHINESE, target


@pytest.mark.parametrize("document", sorted({*CHINESE, *(name.replace(".zh-CN", "") for name in CHINESE)}))
def test_every_link_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target, anchor in _TARGET.findall(text):
        if "://" in target:
            continue
        file = (ROOT / document).parent / target if target else ROOT / document
        assert file.exists(), target
        if anchor and file.suffix == ".md":
            titles = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}, anchor


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_numbers_of_motion_in_the_readme_are_those_of_its_document(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    [paragraph] = [part for part in text.split("\n\n") if "docs/motion" in part and "#" in part]
    quantities = re.findall(r"(\d[\d.]*) (N s|mm|deg|us)", paragraph)
    assert len(quantities) >= 6
    measured = (ROOT / "docs" / "motion.md").read_text(encoding="utf-8")
    for value, unit in quantities:
        assert re.search(rf"(?<![\d.]){re.escape(value)}(?![\d.]).*{unit}", measured), f"{value} {unit}"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_program_in_the_readme_is_how_the_example_ends(readme: str) -> None:
    [block] = re.findall(
        r"^```python\n(.*?)^```", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    example = (ROOT / "examples" / "01_walk_in_your_own_loop.py").read_text(encoding="utf-8")
    program = "".join(line.partition("  #")[0].rstrip() + "\n" for line in example.splitlines())
    assert block in program
