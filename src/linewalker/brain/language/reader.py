"""Reads orders in Chinese and English: offline, by a grammar and the words of a lexicon, in a few milliseconds.

What is read never rests on a guess: a word that was not understood, an exception that is not clear, two things that
might be meant lead to a question or a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linewalker.brain.language.clauses import Clause, clauses_of
from linewalker.brain.language.completion import completed
from linewalker.brain.language.conjuncts import halved, mingled, only_and_more
from linewalker.brain.language.conservation import lost
from linewalker.brain.language.ellipsis import leans
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.grounding import Step, unsaid
from linewalker.brain.language.guards import guard
from linewalker.brain.language.intentions import Intentions
from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.measures import with_quantities
from linewalker.brain.language.merging import one_list, one_tour
from linewalker.brain.language.periods import with_periods
from linewalker.brain.language.polarity import rest_denied
from linewalker.brain.language.questions import ANSWERED, answer_goal, asks
from linewalker.brain.language.read_back import read_back
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.speech_text import taken_out
from linewalker.brain.language.spelling import is_han, language_of, spell
from linewalker.brain.language.steps import wishes_of
from linewalker.brain.language.stop_order import says_stop
from linewalker.brain.language.tokens import Tokenizer
from linewalker.brain.language.verbs import verbs_among
from linewalker.brain.language.wish import INSPECTING, Wish

LONGEST_ORDER = 500
_REMEMBERED = 5


class OrderReader:
    """Understands orders.

    Args:
        lexicon: words, catalogue, plan and packs.
    """

    def __init__(self, lexicon: Lexicon):
        self.lexicon = lexicon
        self._tokenizer = Tokenizer(lexicon)
        self._intentions = Intentions(lexicon)

    def read(self, order: str, dialogue: Sequence[str] = ()) -> Interpretation:
        """What an order asks for.

        Args:
            order: as it was typed or heard.
            dialogue: the orders before it, oldest first.
        """
        talk = self.dialogue()
        for earlier in dialogue:
            talk.read(earlier)
        return talk.read(order)

    def dialogue(self) -> Dialogue:
        """A dialogue that remembers what was said in it."""
        return Dialogue(self)

    # ---------------------------------------------------------------------------------------- for a dialogue of ours
    def clauses(self, order: str) -> list[Clause]:
        """An order cut into what it says of one thing after the other.

        Raises:
            Trouble: it is refused as a whole.
        """
        spelled = spell(order)
        tokens = taken_out(with_quantities(with_periods(self._tokenizer.tokens(spelled), spelled.text)), spelled)
        guard(tokens, self.lexicon)
        return halved(clauses_of(tokens, verbs_among(tokens)), self.lexicon)

    def wishes(self, order: str) -> list[Wish]:
        """The steps of an order as they were said.

        Raises:
            Trouble: it is refused as a whole.
        """
        return self.steps(self.clauses(order))

    def steps(self, clauses: Sequence[Clause]) -> list[Wish]:
        """The steps in clauses."""
        return wishes_of(clauses, self.lexicon)

    def conserve(self, clauses: Sequence[Clause], taken: Sequence[Step]) -> None:
        """Hold what is to be done against what was said.

        Raises:
            Trouble: something that was said is in no goal, or something in a goal was not said.
        """
        if rest_denied(clauses):
            raise Trouble(code="twice_negated")
        words = lost(clauses, taken, self.lexicon)
        if words:
            raise Trouble(code="not_understood", what=in_words(words))
        if any(unsaid(taken, self.lexicon)) or only_and_more(taken) or _paused(taken):
            raise Trouble(code="unsure")

    def taken(self, wishes: Sequence[Wish]) -> list[Step]:
        """The goals of steps that were made whole.

        Raises:
            Trouble: one of them can not be taken as it is; then none is.
        """
        taken: list[Step] = []
        for wish in wishes:
            self._understood(wish)
            kind = asks(wish)
            if not kind and mingled(wish.heard, self.lexicon):
                raise Trouble(code="mingled")
            goals = [answer_goal(kind, wish, self._intentions)] if kind else self._intentions.goals(wish)
            taken.append(Step(goals=tuple(goals), heard=wish.heard, borrowed=wish.borrowed, replaced=wish.replaced))
        return one_tour(one_list(taken))

    def interpretation(self, language: str, goals: Sequence[Goal]) -> Interpretation:
        """Goals that are clear, and how they are said back."""
        answered = all(goal.skill in ANSWERED for goal in goals)
        course = Course.ANSWER if answered else Course.ACT
        back = read_back(goals, self.lexicon, language)
        return Interpretation(language=language, course=course, goals=tuple(goals), read_back=back)

    def _understood(self, wish: Wish) -> None:
        if "which_car" in wish.marks:
            raise Trouble(code="which_car")
        if any("vague" in self.lexicon.meanings(word) for word in wish.unknown):
            raise Trouble(code="what_to_inspect", choices=self._intentions.available())
        if wish.unknown:
            what = in_words(wish.unknown)
            verbs = [word for word in wish.unknown if "verb" in self.lexicon.meanings(word)]
            if not wish.things and not wish.facts and not verbs:
                skills = [self.lexicon.skills[name].title for name in self.lexicon.skills]
                if wish.skill in INSPECTING:
                    raise Trouble(code="no_such_part", what=what, choices=self._intentions.available(), refused=True)
                if not wish.skill:
                    raise Trouble(code="out_of_scope", choices=skills, refused=True)
            raise Trouble(code="not_understood", what=what)
        if "either" in wish.marks:
            raise Trouble(code="either")
        if "listed" in wish.marks:
            raise Trouble(code="side_or_part")
        for code in ("inherits", "unsure"):
            if code in wish.marks:
                raise Trouble(code=code)
        if wish.marks & {"twice_negated", "refused"}:
            raise Trouble(code="twice_negated")


class Dialogue:
    """Orders that are read one after the other; later ones may leave unsaid what earlier ones said.

    Args:
        reader: reads them.
    """

    def __init__(self, reader: OrderReader):
        self._reader = reader
        self._said: list[Wish] = []

    def read(self, order: str) -> Interpretation:
        """What the next order asks for."""
        language = language_of(order)
        if says_stop(order):
            return self._reader.interpretation(language, [Goal(skill="stop")])
        wishes: list[Wish] = []
        try:
            if len(order) > LONGEST_ORDER:
                raise Trouble(code="too_long", what=str(LONGEST_ORDER))
            clauses = self._reader.clauses(order)
            wishes = self._whole(self._reader.steps(clauses))
            if not wishes:
                raise Trouble(code="nothing_said")
            taken = self._reader.taken(wishes)
            goals = [goal for step in taken for goal in step.goals]
            told = [goal.skill in ANSWERED for goal in goals]
            if told != sorted(told):
                raise Trouble(code="mixed")
            if not any(told):
                self._reader.conserve(clauses, taken)
        except Trouble as trouble:
            back = self._understood(wishes, language) if trouble.code in ("not_understood", "unsure") else ""
            return _not_taken(trouble, language, back)
        return self._reader.interpretation(language, goals)

    def _understood(self, wishes: Sequence[Wish], language: str) -> str:
        """What was understood in spite of some words, said back; nothing if that makes no goal."""
        if not all(wish.skill or asks(wish) for wish in wishes):
            return ""
        try:
            taken = self._reader.taken([replace(wish, unknown=()) for wish in wishes])
        except Trouble:
            return ""
        return self._reader.interpretation(language, [goal for step in taken for goal in step.goals]).read_back

    def _whole(self, wishes: Sequence[Wish]) -> list[Wish]:
        """Steps with what was left unsaid."""
        whole: list[Wish] = []
        for wish in wishes:
            done = completed(wish, [*self._said, *whole], self._reader.lexicon)
            if whole and asks(whole[-1]) and leans(wish) and done.skill in INSPECTING:
                whole.pop()  # how big is it? measure it
            whole.append(done)
        for wish in whole:
            if wish.things or wish.skill in ("dance", "say", "wait") or asks(wish):
                self._said = [*self._said[-_REMEMBERED:], wish]
        return whole


def _paused(taken: Sequence[Step]) -> bool:
    """Whether something else is done while it pauses: hold on, the left side first."""
    skills = [goal.skill for step in taken for goal in step.goals]
    return "pause" in skills[:-1] and "resume" not in skills


def in_words(words: Sequence[str]) -> str:
    """Words in a row, as they are quoted in a question."""
    return ("" if any(is_han(c) for c in "".join(words)) else " ").join(words)


def _not_taken(trouble: Trouble, language: str, understood: str) -> Interpretation:
    because = trouble.because
    sentence = because.title.zh if language == "zh" else because.title.en
    choices = tuple(title.zh if language == "zh" else title.en for title in trouble.choices)
    course = Course.REFUSE if trouble.refused else Course.ASK
    told = f"听懂的是：{understood}" if language == "zh" else f" Understood so far: {understood}"
    return Interpretation(
        language=language,
        course=course,
        read_back=understood,
        question=None if trouble.refused else sentence + told * bool(understood),
        choices=choices,
        because=because,
    )
