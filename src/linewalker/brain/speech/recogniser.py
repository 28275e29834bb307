"""Whisper as a recogniser of orders: one sentence of sound in, the most likely texts out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from linewalker.brain.speech.log_mel import log_mel
from linewalker.brain.speech.sound import Sound

LANGUAGES = ("zh", "en")
_LONGEST_PROMPT, _LONGEST_TEXT = 200, 160  # tokens
_THREADS = 2


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What may have been said.

    Attributes:
        language: ``zh`` or ``en``.
        texts: most likely first, each with the logarithm of its probability.
        sureness: mean of that over the tokens of the first.
        no_speech: how likely nobody spoke at all, 0 to 1.
    """

    language: str
    texts: tuple[tuple[str, float], ...]
    sureness: float
    no_speech: float


class Recogniser(Protocol):
    """Turns sound into text."""

    def recognise(self, sound: Sound, language: str | None) -> Recognised:
        """What may have been said in a sound, in a language, or in whichever of ours it is."""


class Whisper:
    """Recognises by Whisper (Radford et al. 2022), on the CPU.

    Args:
        weights: files of the model by name (`read_weights`).
        prompts: for each language, words as they are likely to be said.
        choices: how many texts are offered.
    """

    def __init__(self, weights: Mapping[str, bytes], prompts: Mapping[str, str], choices: int = 5):
        from ctranslate2 import StorageView
        from ctranslate2.models import Whisper as Model
        from tokenizers import Tokenizer

        self._view, self._choices = StorageView, choices
        files = {name: content for name, content in weights.items() if name != "tokenizer.json"}
        self._model: Any = Model("whisper", device="cpu", compute_type="int8", intra_threads=_THREADS, files=files)
        self._tokens: Any = Tokenizer.from_buffer(weights["tokenizer.json"])
        self._before = {language: self._prompt(prompts.get(language, "")) for language in LANGUAGES}

    def recognise(self, sound: Sound, language: str | None = None) -> Recognised:
        """See `Recogniser`."""
        encoded = self._model.encode(self._view.from_array(log_mel(sound.samples)[np.newaxis]))
        language = language or self._language(encoded)
        start = [
            self._id(t) for t in ("<|startoftranscript|>", f"<|{language}|>", "<|transcribe|>", "<|notimestamps|>")
        ]
        [result] = self._model.generate(
            encoded,
            [self._before[language] + start],
            beam_size=max(5, self._choices),
            num_hypotheses=self._choices,
            max_length=_LONGEST_PROMPT + _LONGEST_TEXT,
            suppress_tokens=[-1],
            return_scores=True,
            return_no_speech_prob=True,
        )
        texts: dict[str, float] = {}
        for ids, score in zip(result.sequences_ids, result.scores):
            texts.setdefault(self._tokens.decode(ids).strip(), score * (len(ids) + 1))
        return Recognised(
            language=language,
            texts=tuple(texts.items()),
            sureness=result.scores[0],
            no_speech=result.no_speech_prob,
        )

    def _language(self, encoded: Any) -> str:
        [likely] = self._model.detect_language(encoded)
        of = dict(likely)
        return max(LANGUAGES, key=lambda language: of[f"<|{language}|>"])

    def _prompt(self, text: str) -> list[int]:
        if not text:
            return []
        ids = self._tokens.encode(f" {text}", add_special_tokens=False).ids
        return [self._id("<|startofprev|>"), *ids[:_LONGEST_PROMPT]]

    def _id(self, token: str) -> int:
        return int(self._tokens.token_to_id(token))
