"""What can be wrong with a model or with what it says: a code, and a sentence in both languages."""

from __future__ import annotations

from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title

_SENTENCES = {
    "model_unreachable": ("无法连接语言模型", "the language model can not be reached"),
    "model_timed_out": ("语言模型超时", "the language model did not answer in time"),
    "model_refused": ("语言模型服务拒绝了请求", "the server of the language model refused the request"),
    "model_broken_stream": ("语言模型的回答中断", "the answer of the language model broke off"),
    "model_too_long": ("语言模型的回答过长", "the answer of the language model was too long"),
    "model_not_readable": ("语言模型的回答不合协议", "the answer of the language model is not as the protocol says"),
    "model_no_tool_call": (
        "语言模型没有给出任何目标；它声称的内容不算数，什么也没有执行",
        "the language model named no goal; whatever it claims, nothing was done",
    ),
    "model_declined": ("语言模型拒绝回答", "the language model declined to answer"),
    "model_over_budget": ("语言模型的额度已用完", "the budget for the language model is spent"),
    "model_not_recorded": (
        "无法记录与语言模型的对话，因此不采用",
        "what the model says can not be recorded, so it does not count",
    ),
    "model_replay_mismatch": (
        "请求与记录不一致，无法重放",
        "the request is not the one on record, so it can not be replayed",
    ),
}


class ModelFault(Exception):  # caught where an order is read; the offline reading answers then
    """Why the model does not count this time.

    Attributes:
        because: code and sentences.
    """

    def __init__(self, because: Because):
        self.because = because
        super().__init__(because.title.en)


def model_fault(code: str, detail: str = "") -> ModelFault:
    """One of the faults above, with what more is known of it."""
    zh, en = _SENTENCES[code]
    beside = f" ({detail})" if detail else ""
    return ModelFault(Because(code=code, title=Title(zh=f"{zh}{beside}", en=f"{en}{beside}")))


def goals_not_taken(because: Because) -> ModelFault:
    """What it called for was not taken, for this reason, to the end."""
    zh, en = because.title.zh, because.title.en
    title = Title(zh=f"语言模型给出的目标未被采用：{zh}", en=f"what the model called for was not taken: {en}")
    return ModelFault(Because(code=because.code, title=title))
