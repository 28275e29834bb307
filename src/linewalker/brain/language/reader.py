"""Reads orders in Chinese and English: offline, by a grammar and the words of a lexicon, in a few milliseconds.

What is read never rests on a guess: a word that was not understood, an exception that is not clear, two things that
might be meant lead to a question or a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from linewalker.brain.language.clauses import Clause, clauses_of
from linewalker.brain.language.conjuncts import halved, mingled, only_and_more
from linewalker.brain.language.conservation import lost
from linewalker.brain.language.ellipsis import lean, leans
from linewalker.brain.language.goal import Goal
from linewalker.brain.language.grounding import Step, unsaid
from linewalker.brain.language.guards import guard
from linewalker.brain.language.intentions import Intentions
from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.measures import with_quantities
from linewalker.brain.language.merging import one_list, one_tour
from linewalker.brain.language.noun_phrases import there
from linewalker.brain.language.periods import with_periods
from linewalker.brain.language.polarity import rest_denied
from linewalker.brain.language.questions import ANSWERED, answer_goal, asks
from linewalker.brain.language.read_back import read_back
from linewalker.brain.language.refusal import Trouble
from linewalker.brain.language.speech_text import taken_out
from linewalker.brain.language.spelling import is_han, language_of, spell
from linewalker.brain.language.steps import corrected, wishes_of
from linewalker.brain.language.stop_order import says_stop
from linewalker.brain.language.tokens import Tokenizer
from linewalker.brain.language.verbs import verbs_among
from linewalker.brain.language.wish import INSPECTING, Things, Wish

LONGEST_ORDER = 500
_REMEMBERED = 5


class OrderReader:
    """Understands orders.

    Args:
        lexicon: words, catalogue, plan and packs.
    """

    def __init__(self, lexicon: Lexicon):
        self._lexicon = lexicon
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
        guard(tokens, self._lexicon)
        return halved(clauses_of(tokens, verbs_among(tokens)), self._lexicon)

    def wishes(self, order: str) -> list[Wish]:
        """The steps of an order as they were said.

        Raises:
            Trouble: it is refused as a whole.
        """
        return self.steps(self.clauses(order))

    def steps(self, clauses: Sequence[Clause]) -> list[Wish]:
        """The steps in clauses."""
        return wishes_of(clauses, self._lexicon)

    def conserve(self, clauses: Sequence[Clause], taken: Sequence[Step]) -> None:
        """Hold what is to be done against what was said.

        Raises:
            Trouble: something that was said is in no goal, or something in a goal was not said.
        """
        if rest_denied(clauses):
            raise Trouble(code="twice_negated")
        words = lost(clauses, taken, self._lexicon)
        if words:
            raise Trouble(code="not_understood", what=in_words(words))
        if any(unsaid(taken, self._lexicon)) or only_and_more(taken) or _paused(taken):
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
            if not kind and mingled(wish.heard, self._lexicon):
                raise Trouble(code="mingled")
            goals = [answer_goal(kind, wish, self._intentions)] if kind else self._intentions.goals(wish)
            taken.append(Step(goals=tuple(goals), heard=wish.heard, borrowed=wish.borrowed, replaced=wish.replaced))
        return one_tour(one_list(taken))

    def interpretation(self, language: str, goals: Sequence[Goal]) -> Interpretation:
        """Goals that are clear, and how they are said back."""
        answered = all(goal.skill in ANSWERED for goal in goals)
        course = Course.ANSWER if answered else Course.ACT
        back = read_back(goals, self._lexicon, language)
        return Interpretation(language=language, course=course, goals=tuple(goals), read_back=back)

    def _understood(self, wish: Wish) -> None:
        if "which_car" in wish.marks:
            raise Trouble(code="which_car")
        if any("vague" in self._lexicon.meanings(word) for word in wish.unknown):
            raise Trouble(code="what_to_inspect", choices=self._intentions.available())
        if wish.unknown:
            what = in_words(wish.unknown)
            verbs = [word for word in wish.unknown if "verb" in self._lexicon.meanings(word)]
            if not wish.things and not wish.facts and not verbs:
                skills = [self._lexicon.skills[name].title for name in self._lexicon.skills]
                if wish.skill in INSPECTING:
                    raise Trouble(code="no_such_part", what=what, choices=self._intentions.available(), refused=True)
                if not wish.skill:
                    raise Trouble(code="out_of_scope", choices=skills, refused=True)
            raise Trouble(code="not_understood", what=what)
        if "either" in wish.marks:
            raise Trouble(code="either")
        if "listed" in wish.marks:
            raise Trouble(code="side_or_part")
        if "inherits" in wish.marks:
            raise Trouble(code="inherits")
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
            done = _completed(wish, [*self._said, *whole])
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


def _completed(wish: Wish, said: Sequence[Wish]) -> Wish:
    """A step with what earlier ones, latest last, leave it to say."""
    earlier = said[-1] if said else None
    if asks(wish):
        return _asked_of(wish, earlier)
    if earlier is not None and "instead" in wish.marks:
        return corrected(wish, earlier)
    if wish.skill and wish.skill not in INSPECTING and not leans(wish):
        return wish
    if "every" in wish.marks and not wish.things.items and (several := _several(said)):
        return lean(wish, several)
    if leans(wish) and wish.skill in ("", *INSPECTING):
        sent = earlier is not None and earlier.skill == "go_to" and "pronoun" in wish.marks  # walk there, check it
        placed = next((w for w in reversed(said) if w.things), earlier) if wish.things else earlier
        earlier = earlier if sent else next((w for w in reversed(said) if w.skill in INSPECTING and w.things), placed)
    if earlier is not None and (leans(wish) or _narrows(wish, earlier) or (not wish.skill and _goes_on(wish, earlier))):
        return lean(wish, earlier)
    if earlier is not None and earlier.things.items and earlier.skill == wish.skill and _there_too(wish):
        return lean(wish, earlier)
    sent = earlier is not None and earlier.skill == "go_to" and wish.skill in INSPECTING
    if earlier is not None and sent and not (wish.things.items or wish.things.sides or "vin" in wish.facts):
        return _where_sent(wish, earlier)
    if earlier is not None and earlier.skill == "go_to" and wish.skill in INSPECTING:
        wish = _at_the_place(wish, earlier)
    if leans(wish) and (wish.marks & {"pronoun", "one", "other"} or not wish.things):
        raise Trouble(code="unclear_reference", what=", ".join(sorted(wish.marks)))
    if (
        not wish.skill
        and not wish.unknown
        and wish.facts.get("question")
        and not wish.absent
        and not set(wish.things.wanted) & {"presence", "variant"}
    ):
        raise Trouble(code="which_question")
    if not wish.skill and "verb_lost" in wish.marks:
        raise Trouble(code="nothing_said")
    told = wish.things or wish.without or wish.absent or "rest" in wish.marks
    if not wish.skill and told:
        return replace(wish, skill="inspect")
    if not wish.skill and not wish.unknown:
        raise Trouble(code="nothing_said")
    return wish


def _several(said: Sequence[Wish]) -> Wish | None:
    """The steps before that are alike but for what they are of, as one; None if there is but one."""
    alike = [w for w in said if w.skill in INSPECTING and w.things.items and not w.things.sides]
    last = alike[-1:] and alike[-1]
    kept = list(takewhile(lambda w: last and (w.skill, w.facts) == (last.skill, last.facts), reversed(alike)))
    if len(kept) < 2:
        return None
    whole = kept[-1]
    for wish in reversed(kept[:-1]):
        whole = whole.extended(wish)
    return whole


def _where_sent(wish: Wish, earlier: Wish) -> Wish:
    """What is inspected where the robot was sent: 去右侧把间隙都量了, 去左前轮看一下型号."""
    sides = earlier.things.sides
    items = earlier.things.items if wish.things.wanted else ()
    return replace(
        wish.leaning_on(earlier),
        skill=wish.skill if sides and not items else "inspect",
        things=replace(wish.things, sides=sides, items=items, everything=wish.things.everything and not sides),
    )


def _narrows(wish: Wish, earlier: Wish) -> bool:
    """``only the critical ones`` after what to inspect."""
    bare = not (wish.things.items or wish.things.sides or wish.things.everything or "rest" in wish.marks)
    return (
        wish.skill in INSPECTING and earlier.skill in INSPECTING and "only" in wish.marks and bare and bool(wish.things)
    )


def _there_too(wish: Wish) -> bool:
    """后面的也拍: the same, in another place."""
    only = wish == replace(wish, skill="look", things=Things(sides=wish.things.sides))
    return only and "also" in wish.marks and not wish.without


def _at_the_place(wish: Wish, earlier: Wish) -> Wish:
    """Of parts that are on both sides, the one the robot was just sent to is meant."""
    sides = earlier.things.sides
    if len(sides) != 1 or earlier.things.items or not wish.things.items:
        return wish
    items = there(Things(items=tuple(i for i in wish.things.items if i.number != "many")), sides[0]).items
    kept = iter(items)
    all_items = tuple(next(kept) if i.number != "many" else i for i in wish.things.items)
    return replace(wish.leaning_on(earlier), things=replace(wish.things, items=all_items))


def _goes_on(wish: Wish, earlier: Wish) -> bool:
    """Whether words without a verb go on with what was done or asked before."""
    if asks(earlier):
        return not set(wish.facts) & {"times", "within_s"} and not wish.without
    return earlier.skill in ("inspect", "look", "go_to", "guide")


def _asked_of(wish: Wish, earlier: Wish | None) -> Wish:
    """A question about what was spoken of before."""
    if earlier is None or asks(wish) == "status":
        return wish
    pointing = bool(wish.marks & {"pronoun", "one", "other", "also"})
    about = wish.things.items or wish.things.sides
    told = about or set(wish.facts) & {"since", "shift", "verdict", "vin", "by", "shifts"}
    short = bool(asks(earlier)) and asks(wish) in (asks(earlier), "why") and not told
    same = asks(earlier) == asks(wish) and not about and "question" not in wish.facts
    if same and set(wish.facts) <= {"verdict", "since", "shift"}:
        return replace(wish, facts={**earlier.facts, **wish.facts}, things=earlier.things)  # and failed?
    if not pointing and not short:
        return wish
    kept = ("vin",) if not short else ("vin", "since", "shift", "verdict")
    facts = {**{name: earlier.facts[name] for name in kept if name in earlier.facts}, **wish.facts}
    things = wish.things if about or "by" in wish.facts else earlier.things
    return replace(wish, facts=facts, things=things)


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
