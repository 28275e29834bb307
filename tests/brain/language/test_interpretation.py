"""An interpretation as data."""

from __future__ import annotations

import json

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.inspection.title import Title


def test_its_document_has_every_key_whatever_follows() -> None:
    title = Title(zh="没有天窗", en="there is no sunroof")
    refused = Interpretation(
        language="zh", course=Course.REFUSE, because=Because(code="no_such_part", title=title)
    ).document()
    acted = Interpretation(language="en", course=Course.ACT, goals=(Goal(skill="home"),)).document()
    assert refused.keys() == acted.keys()
    assert refused["reason"] == {"code": "no_such_part", "zh": title.zh, "en": title.en}
    assert json.loads(json.dumps(acted))["goals"] == [{"skill": "home", "slots": {}}]
    assert acted["reason"] is None
    aside = Because(code="model_timed_out", title=Title(zh="超时", en="it did not answer"))
    beside = Interpretation(language="en", course=Course.ACT, aside=aside).document()["aside"]
    assert beside == {"code": "model_timed_out", "zh": "超时", "en": "it did not answer"}
