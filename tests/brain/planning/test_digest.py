"""Digests of documents."""

from __future__ import annotations

import pytest

from linewalker.brain.planning.digest import canonical, digest
from linewalker.errors import PlanRefused


def test_layout_does_not_count_and_content_does() -> None:
    assert digest({"a": 1, "b": [2.5, None]}) == digest({"b": [2.5, None], "a": 1})
    documents = [{"a": 1}, {"a": True}, {"a": 1.5}, {"a": "1"}, {"a": [1]}, {"a": None}, {}, {"b": 1}]
    assert len({digest(document) for document in documents}) == len(documents)


def test_of_a_known_document() -> None:
    assert canonical({"b": [1, "门"], "a": None}) == '{"a":null,"b":[1,"门"]}'
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def endless() -> list:
    nest: list = []
    nest.append(nest)
    return nest


@pytest.mark.parametrize("document", [{"a": float("nan")}, {"a": float("inf")}, {"a": {1, 2}}, endless()])
def test_what_is_no_json_is_refused(document: object) -> None:
    with pytest.raises(PlanRefused, match="no JSON document"):
        digest(document)
