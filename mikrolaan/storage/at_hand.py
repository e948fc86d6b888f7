"""What an open file has at hand between two acts, so that the next one need not ask the file or the pool for it."""

from __future__ import annotations

from sqlalchemy import Engine

from mikrolaan.storage.audit import ChainEnd
from mikrolaan.storage.connections import Connections
from mikrolaan.storage.loans_at_hand import LoansAtHand


class AtHand:
    """Connections that are ready, the loans read last, and the end of the audit trail; of one file in one program."""

    def __init__(self, engine: Engine) -> None:
        self.connections = Connections(engine)
        self.loans = LoansAtHand()
        self.chain_end = ChainEnd()

    def close(self) -> None:
        """Let go of connections and loans; acts under way come to their end."""
        self.connections.close()
        self.loans = LoansAtHand()
