"""Studies: simulated shifts scored against the truth."""
