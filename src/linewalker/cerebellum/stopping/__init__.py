"""Safe stops: when, how, and down to a place to rest."""
