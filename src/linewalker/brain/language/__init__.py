"""Language: from an order in words to goals, and from goals to words; no model and no network is needed."""
