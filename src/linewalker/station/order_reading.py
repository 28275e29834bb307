"""How orders are read at a station: by the grammar over its names, and by a language model beside it if one is set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from linewalker.brain.language.goal_check import Offer
from linewalker.brain.language.goal_offer import offer_of
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.grounds import GroundedReading
from linewalker.brain.language.model.model_reader import ModelReader
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.language.model.recording import RecordingWire
from linewalker.brain.language.model.wire import HttpWire
from linewalker.station.approval.assistant import Reader

MODEL_RECORD = "model.jsonl"
"""In the folder that somebody works in: every exchange with the model."""


@dataclass(frozen=True, kw_only=True)
class OrderReading:
    """What reads orders, and what they may ask for."""

    reader: Reader
    offer: Offer


def order_reading(lexicon: Lexicon, folder: Path, settings: ModelSettings | None) -> OrderReading:
    """Reads orders with the words of a lexicon.

    Args:
        lexicon: names and words.
        folder: where exchanges with a model go on record.
        settings: of the model; None: there is none (`ModelSettings.of_environment`).
    """
    offline, offer = GroundedReading(lexicon), offer_of(lexicon)
    if settings is None:
        return OrderReading(reader=offline, offer=offer)
    wire = RecordingWire(HttpWire(settings), folder / MODEL_RECORD)
    return OrderReading(reader=ModelReader(settings, wire, offline, offer), offer=offer)
