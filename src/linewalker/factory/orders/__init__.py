"""Which cars come: build orders and vehicle identification numbers."""
