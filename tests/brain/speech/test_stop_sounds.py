"""What is shouted and sounds like stop may be one; orders, answers and what is longer are none."""

from __future__ import annotations

import pytest

from linewalker.brain.speech.stop_sounds import sounds_like_stop

pytest.importorskip("pypinyin", reason="how characters sound is in linewalker[speech]")


@pytest.mark.parametrize(
    "heard",
    [
        "听讲",
        "听讲！！！",
        "听听听",
        "丁下",
        "挺住吧",
        "听下来",
        "暂住",
        "憋动",
        "不要洞",
        "助手",
        "Step.",
        "Stuff!",
        "top",
        "hot stop",
    ],
)
def test_what_is_nearly_stop_may_be_one(heard: str) -> None:
    assert sounds_like_stop(heard)


@pytest.mark.parametrize(
    "heard",
    [
        "",
        "好的",
        "是的",
        "确认",
        "回家",
        "左前门",
        "去车尾",
        "天气",
        "听音乐会吗",
        "再测一遍",
        "yes",
        "start",
        "go home",
        "the left side",
    ],
)
def test_what_is_not_is_none(heard: str) -> None:
    assert not sounds_like_stop(heard)
