"""Paths and robots on a command line, looked at before anything is loaded: a slip of the pen is answered at once."""

from __future__ import annotations

import os
from pathlib import Path

from linewalker.errors import InputError


def file_to_read(path: Path | None) -> Path | None:
    """A file that is there.

    Raises:
        InputError: it is not, or is a folder, or nobody lets us read it.
    """
    if path is None:
        return None
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("there is no such file", file=path) from None
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    if path.is_dir():
        raise InputError("is a folder; expected a file", file=path)
    if not os.access(path, os.R_OK):
        raise InputError("can not be read: Permission denied", file=path)
    return path


def run_folder(path: Path) -> Path:
    """A folder that is there.

    Raises:
        InputError: it is not.
    """
    if not os.path.isdir(path):
        raise InputError("there is no such folder; expected the folder of a run", file=path)
    return path


def run_folders(paths: list[Path] | None) -> list[Path]:
    """Folders that are there, each once.

    Raises:
        InputError: one is not.
    """
    return [run_folder(path) for path in dict.fromkeys(paths or [])]


def folder_to_write(path: Path) -> Path:
    """A folder that is there or can be made.

    Raises:
        InputError: there is a file of that name.
    """
    if os.path.exists(path) and not os.path.isdir(path):
        raise InputError("is a file; expected a folder, there already or not", file=path)
    return path


def file_to_write(path: Path | None) -> Path | None:
    """A file in a folder that is there.

    Raises:
        InputError: that is not.
    """
    if path is not None and not os.path.isdir(path.parent):
        raise InputError("there is no such folder; make it first", file=path.parent)
    return path


def recording_to_write(path: Path | None) -> Path | None:
    """A file of a recording, in a folder that is there.

    Raises:
        InputError: the folder is not there, the name is a folder's or ends otherwise.
    """
    if path is not None and (path.suffix != ".mcap" or os.path.isdir(path)):
        raise InputError("expected the name of a file that ends in .mcap", file=path)
    return file_to_write(path)


def robot_name(name: str) -> str:
    """A robot that there is, or its file.

    Raises:
        InputError: there is none.
    """
    if name.endswith((".yaml", ".yml")):
        file_to_read(Path(name))
    else:
        from linewalker.limbs.profiles import load_profile

        load_profile(name)
    return name
