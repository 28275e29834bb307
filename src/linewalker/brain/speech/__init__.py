"""Speech: what was said as text, and texts said aloud. Offline; the packages come with an extra."""
