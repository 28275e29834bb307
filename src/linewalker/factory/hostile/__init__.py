"""A line that behaves badly on purpose: what a station must bear before anybody bolts it to a real one."""
