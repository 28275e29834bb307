"""Every block says what it is, so that something can run it; what nothing runs says that it is text."""

from __future__ import annotations

import pytest

from tests.docs.blocks import FENCED, LANGUAGES, Block, blocks, commands


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_has_a_language_that_is_run_or_is_text(block: Block) -> None:
    assert block.language in LANGUAGES, "write ```text for what is no program and no file"


def test_no_language_is_run_that_nothing_is_written_in() -> None:
    assert {block.language for block in blocks()} == set(LANGUAGES)


def test_blocks_within_lists_are_found_and_lose_their_indentation() -> None:
    [found] = FENCED.findall("1. a\n\n   ```sh\n   ls\n   ```\n\n   b `c` d\n")
    assert found == ("   ", "sh", "   ls\n")


def test_commands_are_found_in_blocks_and_in_the_text() -> None:
    found = {command.words: command for command in commands()}
    assert found["make", "run"].whole
    assert not found["linewalker", "doctor"].whole
    assert len(found) > 30
