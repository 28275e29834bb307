"""What line and station tell each other, and in which order; no wire."""
