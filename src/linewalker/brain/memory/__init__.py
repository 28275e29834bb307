"""Memory: what was decided, measured and judged, kept as it was, and answers out of nothing else."""
