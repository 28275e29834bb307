"""What people read, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

from linewalker.messages.language import chosen


@dataclass(frozen=True, kw_only=True)
class Title:
    """One name or sentence in both languages of the report."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh or not self.en:
            raise ValueError("a title needs both languages")

    @property
    def spoken(self) -> str:
        """In the language that is spoken at the terminal."""
        return chosen(zh=self.zh, en=self.en)
