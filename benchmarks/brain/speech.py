"""``python -m benchmarks.brain.speech --voices DIR``: orders read aloud by neural voices, heard, and what they became.

Held-out orders are read by Mandarin, American and British voices in turn, at three speeds, every fourth with white
noise at 20 dB. Printed are the characters (Chinese) and words (English) that were heard wrong, numbers taken alike
however they are written, and how many orders were understood rightly from what was heard. ``DIR``, and what else it
needs: see `benchmarks.brain.speech_voices`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks.brain.agreement import Goals
from benchmarks.brain.corpus import Order, read_corpus
from benchmarks.brain.speech_marks import errors
from benchmarks.brain.speech_voices import Manner, Voices
from benchmarks.brain.understanding import CORPORA, LANGUAGES, PLAN, offline_reader
from benchmarks.table import Row, Sheet, one
from linewalker.brain.speech.hearing import Hearing
from linewalker.brain.speech.sound import Sound
from linewalker.console.streams import steady_output
from linewalker.station.order_hearing import order_hearing
from linewalker.station.spoken_names import lexicon_of

COMMAND = "python -m benchmarks.brain.speech"
_SPEEDS = (1.0, 0.9, 1.15)
_UNSPOKEN = frozenset({"typing", "world"})
"""Tags of orders that nobody says: slips of the keyboard, and labels in quotation marks."""
_NOISE_DB = 20.0
_MOST_WRONG = {"zh": 6.0, "en": 5.0}


@dataclass(frozen=True, kw_only=True)
class Said:
    """An order as it is read aloud."""

    order: Order
    manner: Manner
    noisy: bool


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An order as it was heard.

    Attributes:
        said, text, recognised: what was said; what was heard; that before words of ours were heard in it.
        wrong, raw_wrong, of: characters or words that are wrong in both, and how many there are.
        right, typed_right: whether it was understood rightly as heard, and as it is when typed.
        cpu_s: seconds of CPU hearing took.
    """

    said: Said
    text: str
    recognised: str
    wrong: int
    raw_wrong: int
    of: int
    right: bool
    typed_right: bool
    cpu_s: float


def said_orders(corpus: Path, voices: Voices, count: int) -> Iterator[Said]:
    """As many orders of each language, with the voices in turn; the same ones each time."""
    for language in LANGUAGES:
        orders = [o for o in read_corpus(corpus) if o.language == language and _UNSPOKEN.isdisjoint(o.tags)]
        names = voices.names(language)
        for i, order in enumerate(random.Random(7).sample(orders, min(count, len(orders)))):
            manner = Manner(voice=names[i % len(names)], speed=_SPEEDS[i % len(_SPEEDS)])
            yield Said(order=order, manner=manner, noisy=i % 4 == 3)


def sound_of(said: Said, voices: Voices) -> Sound:
    """How it sounds, with the noise of the hall if there is any."""
    samples = voices.read_aloud(said.order.order, said.order.language, said.manner)
    if said.noisy:
        level = np.sqrt(np.mean(np.square(samples))) * 10.0 ** (-_NOISE_DB / 20.0)
        samples = samples + level * np.random.default_rng(3).normal(size=len(samples))
    return Sound(samples=samples.astype(np.float32))


def mark(orders: Iterable[Said], voices: Voices, hearing: Hearing) -> Iterator[Marked]:
    """Hear every order and mark it; a dialogue's earlier orders are typed."""
    read, goals = offline_reader(PLAN), Goals(PLAN)
    for said in orders:
        order, sound = said.order, sound_of(said, voices)
        before = process_time()
        heard = hearing.hear(sound)
        cpu_s = process_time() - before
        wrong, of = errors(order.order, heard.text, order.language)
        yield Marked(
            said=said,
            text=heard.text,
            recognised=heard.recognised,
            wrong=wrong,
            raw_wrong=errors(order.order, heard.recognised, order.language)[0],
            of=of,
            right=goals.right(order, read(order.after, heard.text)),
            typed_right=goals.right(order, read(order.after, order.order)),
            cpu_s=cpu_s,
        )


def rows(marks: Sequence[Marked]) -> Iterator[Row]:
    """The numbers of each language."""
    for code, language in LANGUAGES.items():
        spoken = [marked for marked in marks if marked.said.order.language == code]
        if not spoken:
            continue
        of, what = sum(m.of for m in spoken), "characters" if code == "zh" else "words"
        wrong = 100.0 * sum(m.wrong for m in spoken) / of
        yield one(f"{language}, {len(spoken)} orders: {what} wrong", wrong, "%", must=_MOST_WRONG[code])
        yield one("as the recogniser wrote them", 100.0 * sum(m.raw_wrong for m in spoken) / of, "%")
        right = 100.0 * np.mean([m.right for m in spoken])
        yield one("understood rightly", float(right), "%", must=90, at_least=True)
        yield one("understood rightly when typed", float(100.0 * np.mean([m.typed_right for m in spoken])), "%")
        yield one("CPU of an order, median", float(np.median([m.cpu_s for m in spoken])), "s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--voices", type=Path, required=True, help="folder with the voices, *.bin")
    parser.add_argument("--kept", type=Path, default=Path("out/voices"), help="where what was read aloud is kept")
    parser.add_argument("--orders", type=int, default=40, help="of each language")
    parser.add_argument("--corpus", type=Path, default=CORPORA / "held_out.yaml")
    parser.add_argument("--failures", action="store_true", help="print what was heard wrong")
    given = parser.parse_args()
    voices, sheet = Voices(given.voices, given.kept), Sheet()
    said = said_orders(given.corpus, voices, given.orders)
    marks = list(mark(said, voices, order_hearing(lexicon_of(PLAN))))
    sheet.show(f"Spoken orders, {given.corpus.stem}", rows(marks), f"{COMMAND} --voices DIR")
    if given.failures:
        for m in marks:
            if m.wrong or not m.right:
                fate = "" if m.right else "not right: "
                print(f"{fate}{m.said.order.order} | {m.recognised} | {m.text} | {m.said.manner}")
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
