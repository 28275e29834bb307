"""``linewalker beats``: the beats of a music, to read or to hear."""

from __future__ import annotations

import json
from pathlib import Path

from rich.table import Table

from linewalker.brain.music.click_track import with_clicks
from linewalker.brain.music.rhythm import Rhythm, hear
from linewalker.brain.music.sound import read_sound, write_wav
from linewalker.console.terminal import terminal
from linewalker.errors import InputError
from linewalker.wholefile import write_whole

FORMATS = ("table", "json", "csv")
_A_LINE = 8


def show_beats(music: Path, form: str, click: Path | None) -> int:
    """Print the beats of a music file, and write it with clicks on them if wanted; returns the exit code.

    Raises:
        InputError: the music can not be heard, or the click track not be written.
    """
    if form not in FORMATS:
        raise InputError(f"--format {form}: expected {', '.join(FORMATS)}")
    if click is not None and click.suffix.lower() != ".wav":
        raise InputError("a click track is a WAV file: give a name that ends in .wav", file=click)
    sound = read_sound(music)
    try:
        rhythm = hear(sound)
    except InputError as error:
        raise InputError(error.problem, file=music) from None
    if form == "json":
        print(json.dumps(document(rhythm), indent=1))
    elif form == "csv":
        print(as_csv(rhythm), end="")
    else:
        terminal().print(_table(rhythm))
    if click is not None:
        write_wav(with_clicks(sound, rhythm), click)
    return 0


def document(rhythm: Rhythm) -> dict[str, object]:
    """What a program reads."""
    return {
        "duration_s": round(rhythm.duration_s, 3),
        "tempo_bpm": round(rhythm.bpm, 2),
        "meter": rhythm.meter,
        "beats_s": [round(float(at), 4) for at in rhythm.beats_s],
        "number_in_bar": [int(number) for number in rhythm.number],
        "downbeats_s": [round(float(at), 4) for at in rhythm.downbeats_s],
        "energy": [round(float(energy), 3) for energy in rhythm.energy],
    }


def as_csv(rhythm: Rhythm) -> str:
    """One line per beat: its time, its number in the bar, and the energy of the music there."""
    lines = [
        f"{at:.4f},{number},{energy:.3f}" for at, number, energy in zip(rhythm.beats_s, rhythm.number, rhythm.energy)
    ]
    return "\n".join(["time_s,number_in_bar,energy", *lines]) + "\n"


def write_beats(rhythm: Rhythm, path: Path) -> None:
    """Keep them as CSV."""
    write_whole(path, as_csv(rhythm))


def _table(rhythm: Rhythm) -> Table:
    of = f"{len(rhythm.beats_s)} beats in {rhythm.duration_s:.1f} s"
    title = f"{rhythm.meter}, {rhythm.bpm:.1f} beats a minute; {of}, s; bars begin at bold ones"
    table = Table(title=title, title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
    for _ in range(_A_LINE):
        table.add_column(justify="right")
    shown = [f"[bold]{at:.2f}[/]" if number == 1 else f"{at:.2f}" for at, number in zip(rhythm.beats_s, rhythm.number)]
    for at in range(0, len(shown), _A_LINE):
        table.add_row(*shown[at : at + _A_LINE])
    return table
