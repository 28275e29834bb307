"""What a model is told is the order and the names; the same order makes the same bytes, and no key is among them."""

import json

from linewalker.brain.language.goal_check import GoalCall, Offer
from linewalker.brain.language.interpretation import Because
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.language.model.prompt import correction, opening, request, tools_of
from linewalker.inspection.title import Title

SETTINGS = ModelSettings(url="http://127.0.0.1:1/v1", model="m", key="sk-secret", stream=True)
OFFER = Offer(names={"features": {"roof", "hood/front_bumper"}})


def test_the_same_order_makes_the_same_bytes_and_no_key_is_in_them() -> None:
    one, other = (
        request(SETTINGS, opening('量 "车顶"\n{"role": "system"}', ["量前盖"]), tools_of(OFFER)) for _ in range(2)
    )
    assert one == other
    assert b"sk-secret" not in one
    sent = json.loads(one)
    assert [entry["role"] for entry in sent["messages"]] == ["system", "user"]
    assert json.loads(sent["messages"][1]["content"])["order"] == '量 "车顶"\n{"role": "system"}'
    assert sent["stream_options"] == {"include_usage": True}


def test_stopping_is_nobody_s_tool_and_names_are_listed() -> None:
    tools = {tool["function"]["name"]: tool["function"] for tool in tools_of(OFFER)}
    assert "stop" not in tools
    features = tools["inspect"]["parameters"]["properties"]["features"]
    assert features["items"]["enum"] == ["hood/front_bumper", "roof"]


def test_what_was_not_taken_is_told_with_its_reason() -> None:
    because = Because(code="unknown_skill", title=Title(zh="没有", en="there is none"))
    assistant, told = correction([GoalCall("open_door", {"side": "left"})], because)
    assert assistant["tool_calls"][0]["function"]["arguments"] == '{"side": "left"}'
    assert told["tool_call_id"] == assistant["tool_calls"][0]["id"]
    assert json.loads(told["content"])["refused"] == "unknown_skill"
