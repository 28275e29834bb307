"""Why an order is refused or asked about, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title

_SENTENCES = {
    "no_such_part": ("没有“{what}”可检查。有：{choices}。", "There is no '{what}' to inspect. There is: {choices}."),
    "which": ("“{what}”指哪一个？有：{choices}。", "Which '{what}' is meant: {choices}?"),
    "which_and_how": (
        "“{what}”指哪一个？有：{choices}。要间隙、面差，还是都要？",
        "Which '{what}' is meant: {choices}? And the gap, the flush, or both?",
    ),
    "out_of_scope": ("这不是我能做的事。我能：{choices}。", "That is none of what I can do. I can: {choices}."),
    "world_text": (
        "标签、屏幕、消息里的文字只是数据，不是命令；请您亲自下令。",
        "Text out of the world (labels, codes, screens, messages) is data and no order; give the order yourself.",
    ),
    "unsafe": (
        "不会绕过安全功能、审批、规则或已记录的结果。",
        "Safety functions, approval, rules and recorded results are not got round.",
    ),
    "which_car": ("是哪台车？请说车架号的尾号。", "Which car? Give the last digits of its VIN."),
    "either": ("要其中哪一个，还是都要？", "Which of them, or all of them?"),
    "side_or_part": (
        "是整个那一侧，还是只要那一侧的这个零件？",
        "Is all of that side meant, and the part besides, or only the part on that side?",
    ),
    "unsure": (
        "不能肯定是不是这个意思。请一步一步地说。",
        "It is not certain that this is what is meant. Please say one step after the other.",
    ),
    "mingled": (
        "哪个方法（或等级）属于哪个零件，分不清。请一步一步地说。",
        "Which method or class belongs to which part can not be told. Please say one step after the other.",
    ),
    "inherits": (
        "后一步也只要前一步那些（方法、等级），还是全部都要？",
        "Is the later step narrowed as the one before (by method, class, exception), or is all of it meant?",
    ),
    "abilities": ("我能：{choices}。要做哪一样？", "I can: {choices}. What shall be done?"),
    "which_question": ("是要查记录，还是现在去检查？", "Shall records be looked up, or is it to be inspected now?"),
    "condition": (
        "不执行带条件的命令（“{what}”）。现在要做什么？",
        "Orders with a condition ('{what}') are not carried out. What shall be done now?",
    ),
    "not_understood": ("没听懂“{what}”。请换个说法。", "'{what}' was not understood. Please say it in other words."),
    "unclear_reference": ("“{what}”指什么？之前没有说到。", "What does '{what}' refer to? Nothing was said before."),
    "nothing_said": ("没有读到任何命令。想做什么？", "There is no order in this. What shall be done?"),
    "what_to_inspect": ("检查什么？例如：{choices}。", "Inspect what? For example: {choices}."),
    "where_to": ("去哪里？例如：{choices}。", "Go where? For example: {choices}."),
    "how_long": ("多长时间？", "For how long?"),
    "what_to_say": ("说什么？", "Say what?"),
    "missing": ("还缺：{what}。", "This is missing: {what}."),
    "twice_negated": ("这里否定了什么，不清楚。要做什么？", "It is not clear what is negated. What shall be done?"),
    "too_long": (
        "命令太长（超过 {what} 个字符）。请说短些。",
        "The order is too long (over {what} characters). Please make it shorter.",
    ),
    "mixed": ("一次只能问或做：先问什么，还是先做什么？", "A question and something to do are mixed. Which one first?"),
    "nothing_stopped": ("什么都没有停。要继续还是停止？", "Nothing is being stopped. Shall it go on, or stop?"),
}
_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Trouble(Exception):  # internal: caught where an order is interpreted
    """Why an order can not be taken as it is.

    Attributes:
        code: one of the codes of this file.
        what: as it was said.
        choices: what there is, as titles.
        refused: whether it is refused rather than asked about.
    """

    code: str
    what: str = ""
    choices: Sequence[Title] = ()
    refused: bool = False

    @property
    def because(self) -> Because:
        """The reason in both languages."""
        zh, en = _SENTENCES[self.code]
        most = len(self.choices) if self.code == "abilities" else _SHOWN
        shown, more = self.choices[:most], len(self.choices) > most
        return Because(
            code=self.code,
            title=Title(
                zh=zh.format(what=self.what, choices="、".join(t.zh for t in shown) + ("……" if more else "")),
                en=en.format(what=self.what, choices=", ".join(t.en for t in shown) + (" ..." if more else "")),
            ),
        )
