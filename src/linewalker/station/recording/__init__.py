"""Recordings of robots in full, in MCAP: what they felt, and were commanded, to be looked at, replayed and judged."""
