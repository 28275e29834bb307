"""A language model as a plug-in: it proposes goals for an order, with no more power than a grammar."""
