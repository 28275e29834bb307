"""Every sentence has both languages with the same places, and every one that the code says is in the catalogue."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.messages.catalogue import Sentence, catalogue, in_chinese, read_sentences, say
from linewalker.messages.language import Language, speaking
from tests.messages.sentences import PACKAGE, error_classes, sentences, sentences_of

CHINESE = re.compile("[\u4e00-\u9fff]")
SAME_IN_BOTH = re.compile(r"(python -m pip|linewalker|sudo|MuJoCo) .*|none|balance")
"""Commands to type, and names."""


def test_the_catalogue_can_be_read_and_has_no_sentence_twice() -> None:
    forms = [re.sub(r"\{\w+\}", "{}", sentence.en) for sentence in catalogue()]
    twice = {form for form in forms if forms.count(form) > 1}
    assert len(forms) > 500
    assert twice == set()


def test_every_sentence_is_chinese_or_a_command() -> None:
    plain = [s.where for s in catalogue() if not CHINESE.search(s.zh) and not re.search("[（）：。]|[A-Z]", s.zh)]
    assert plain == []


def test_what_the_code_says_has_its_chinese() -> None:
    missing = []
    for said in (said for path in sorted(PACKAGE.rglob("*.py")) for said in sentences_of(path, CLASSES)):
        text, marks = said.filled()
        if CHINESE.search(text) or SAME_IN_BOTH.fullmatch(text):
            continue
        chinese = in_chinese(text)
        if chinese is None or any(mark not in chinese for mark in marks):
            missing.append(f"{said.where}: {said.as_template()}")
    assert missing == [], "write each into messages/*.txt, with its Chinese below it"


CLASSES = error_classes()
PRINTS = ("print", "add_column", "narrow_table")


def test_what_commands_print_is_said() -> None:
    unsaid = [
        f"{path.name}:{node.lineno}: {ast.unparse(words)}"
        for path in sorted((PACKAGE / "console").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in PRINTS
        for words in node.args
        if _is_english(words)
    ]
    assert unsaid == [], "pass each through say()"


def _is_english(words: ast.expr) -> bool:
    parts = words.values if isinstance(words, ast.JoinedStr) else [words]
    text = "".join(part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return re.search("[A-Za-z]{3} [a-z]|^[a-z]{3,}[:,]? *$", text) is not None and not CHINESE.search(text)


def test_a_sentence_without_chinese_is_found() -> None:
    source = 'def f(a):\n    raise InputError(f"nobody said {a} before" if a else "nor this")\n'
    found = [said.as_template() for said in sentences(source, "f.py", CLASSES)]
    assert found == ["nobody said {a} before", "nor this"]
    assert in_chinese(found[1]) is None


VALUES = st.text(st.characters(categories=("L", "N"), include_characters="./-_ "), min_size=1, max_size=12)


@given(st.sampled_from([s for s in catalogue() if s.places]), st.data())
def test_what_varies_is_taken_over(sentence: Sentence, data: st.DataObject) -> None:
    alone = "} {" not in sentence.en  # a blank between two places says where one ends, unless there are others in them
    drawn = {name: data.draw(VALUES) for name in sorted(sentence.places)}
    values = {name: f"¤{value if alone else value.replace(' ', '_')}¤" for name, value in drawn.items()}
    chinese = in_chinese(re.sub(r"\{(\w+)\}", lambda place: values[place[1]], sentence.en))
    assert chinese is not None
    assert all(value in chinese for value in values.values())


def test_sentences_within_sentences_are_translated_but_not_what_a_plant_wrote() -> None:
    assert in_chinese("expected a list, found nothing") == "应为列表，实为空"
    assert in_chinese("there is no place 'nothing'; Allowed: a, b") == "没有名为“nothing”的位置；可用：a, b"


def test_the_form_with_the_most_words_is_meant() -> None:
    assert in_chinese("can not be read: Permission denied") == "无法读取：没有权限"
    assert in_chinese("expected a number, found a list; write the decimal point as '.'") == (
        "应为数字，实为列表；小数点请写“.”"
    )


def test_english_is_left_as_it_is_and_so_is_what_nobody_translated() -> None:
    with speaking(Language.EN):
        assert say("there is no such file") == "there is no such file"
    with speaking(Language.ZH):
        assert say("there is no such file") == "没有这个文件"
        assert say("KeyError: 'trim'") == "KeyError: 'trim'"
        assert say("") == ""


@pytest.mark.parametrize("text", ["one line", "a\nb\nc", "a {x}\n甲 {y}", "a {x}\n甲", "a\n甲 {x}"])
def test_a_sentence_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"words.txt:1: "):
        list(read_sentences(text, "words.txt"))


def test_remarks_and_blank_lines_are_passed_over() -> None:
    [sentence] = read_sentences("# remark\n\n\n  a {x} \n  甲 {x}\n# end\n")
    assert (sentence.en, sentence.zh, sentence.where) == ("a {x}", "甲 {x}", ":4")
