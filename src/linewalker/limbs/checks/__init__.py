"""Whether a robot and its profile are sound, and what it measures."""
