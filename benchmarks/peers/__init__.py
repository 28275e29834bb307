"""Libraries that do the same work, set up for the same work."""
