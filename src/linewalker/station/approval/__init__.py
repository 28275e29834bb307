"""Nothing moves for an order from outside before an operator has approved the very plan it was shown as."""
