"""The book of proposals: what was asked for, what became of it, who gave leave. A file in the run folder.

Every step is one conditional update, so that of two programs that want to start the same proposal one does, whatever
dies in between. Nothing in it is ever taken back or deleted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from linewalker.brain.language.interpretation import Because
from linewalker.errors import InputError, StorageFault
from linewalker.inspection.title import Title
from linewalker.station.approval.proposal import Filed, Proposal, ProposalState, canonical

_PATIENCE_S = 5.0  # for another program that is just writing
_TABLES = """
CREATE TABLE IF NOT EXISTS proposals (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, state TEXT NOT NULL, by TEXT NOT NULL DEFAULT '',
    signature TEXT NOT NULL DEFAULT '', code TEXT, zh TEXT, en TEXT
);
CREATE TABLE IF NOT EXISTS steps (
    proposal TEXT NOT NULL, at_s REAL NOT NULL, state TEXT NOT NULL, by TEXT NOT NULL, code TEXT
);
"""
_BEFORE = {
    ProposalState.APPROVED: (ProposalState.PROPOSED,),
    ProposalState.REJECTED: (ProposalState.PROPOSED, ProposalState.APPROVED),
    ProposalState.EXPIRED: (ProposalState.PROPOSED, ProposalState.APPROVED),
    ProposalState.STARTED: (ProposalState.APPROVED,),
    ProposalState.DONE: (ProposalState.STARTED,),
    ProposalState.FAILED: (ProposalState.STARTED,),
    ProposalState.CANCELLED: (ProposalState.PROPOSED, ProposalState.APPROVED, ProposalState.STARTED),
}
"""State -> those it may follow."""


class ProposalBook:
    """See the module. It may be used from any thread, and by several programs at once.

    Args:
        path: of the file; it is made when there is none.
        clock: seconds since 1970, for when a step was taken.
    """

    def __init__(self, path: Path, clock: Callable[[], float]):
        self.path, self._clock = path, clock
        with self._connected() as connection:
            connection.executescript(_TABLES)

    def file(self, proposal: Proposal) -> Filed:
        """Write a new proposal down."""
        text = canonical(proposal.document()).decode()
        with self._connected() as connection:
            connection.execute(
                "INSERT INTO proposals (id, document, state) VALUES (?, ?, ?)",
                (proposal.id, text, ProposalState.PROPOSED.value),
            )
            self._note(connection, proposal.id, ProposalState.PROPOSED, "", None)
        return Filed(id=proposal.id, proposal=proposal, state=ProposalState.PROPOSED)

    def find(self, proposal_id: str) -> Filed | None:
        """A proposal, as it is written there now."""
        with self._connected() as connection:
            row = connection.execute("SELECT * FROM proposals WHERE id = ?", (proposal_id,)).fetchone()
        return None if row is None else _filed(row)

    def all(self) -> tuple[Filed, ...]:
        """Every proposal, the oldest first."""
        return self._listed("1")

    def pending(self) -> tuple[Filed, ...]:
        """Those that may still be approved, started or carried out."""
        return self._listed("state IN ('proposed', 'approved', 'started')")

    def _listed(self, condition: str) -> tuple[Filed, ...]:
        with self._connected() as connection:
            rows = connection.execute(f"SELECT * FROM proposals WHERE {condition} ORDER BY rowid").fetchall()
        return tuple(_filed(row) for row in rows)

    def advance(
        self,
        proposal_id: str,
        state: ProposalState,
        *,
        by: str = "",
        signature: str = "",
        because: Because | None = None,
    ) -> bool:
        """Go on to a state.

        Args:
            by: who approved or rejected; whoever stood there before stays where nobody is named.

        Returns:
            Whether it came to that: False if its state at present is none that this one may follow.
        """
        before = [allowed.value for allowed in _BEFORE[state]]
        why = ("", "", "") if because is None else (because.code, because.title.zh, because.title.en)
        with self._connected() as connection:
            done = connection.execute(
                "UPDATE proposals SET state = ?, by = CASE ? WHEN '' THEN by ELSE ? END, "
                "signature = CASE ? WHEN '' THEN signature ELSE ? END, "
                "code = NULLIF(?, ''), zh = NULLIF(?, ''), en = NULLIF(?, '') "
                f"WHERE id = ? AND state IN ({', '.join('?' * len(before))})",
                (state.value, by, by, signature, signature, *why, proposal_id, *before),
            )
            if done.rowcount == 1:
                self._note(connection, proposal_id, state, by, because)
            return done.rowcount == 1

    def steps(self, proposal_id: str) -> tuple[tuple[float, ProposalState, str], ...]:
        """When a proposal came to which state, and by whom."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT at_s, state, by FROM steps WHERE proposal = ? ORDER BY rowid", (proposal_id,)
            )
            return tuple((row["at_s"], ProposalState(row["state"]), row["by"]) for row in rows)

    def _note(
        self, connection: sqlite3.Connection, proposal_id: str, state: ProposalState, by: str, because: Because | None
    ) -> None:
        code = None if because is None else because.code
        connection.execute(
            "INSERT INTO steps VALUES (?, ?, ?, ?, ?)", (proposal_id, self._clock(), state.value, by, code)
        )

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """One transaction.

        Raises:
            StorageFault: the file can not be read or written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_PATIENCE_S)
            try:
                connection.row_factory = sqlite3.Row
                with connection:
                    yield connection
            finally:
                connection.close()
        except (sqlite3.Error, OSError) as error:
            raise StorageFault(f"{self.path} can not be used: {error}; see that this folder may be written") from None


def _filed(row: sqlite3.Row) -> Filed:
    code, zh, en = row["code"], row["zh"], row["en"]
    try:
        proposal = Proposal.of_document(json.loads(row["document"]))
    except (ValueError, TypeError, KeyError, AttributeError, InputError):
        raise StorageFault(f"proposal {row['id']} was altered and can not be read; propose it again") from None
    return Filed(
        id=row["id"],
        proposal=proposal,
        state=ProposalState(row["state"]),
        by=row["by"],
        signature=row["signature"],
        because=Because(code=code, title=Title(zh=zh, en=en)) if code else None,
    )
