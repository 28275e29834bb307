"""How well orders are understood: the numbers of the brain."""
