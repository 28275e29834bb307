"""Planning: in which order, where and within which limits, with a certificate that a small checker verifies."""
