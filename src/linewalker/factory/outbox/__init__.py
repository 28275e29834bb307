"""What was committed on its way to others: it waits while they are away, keeps its order, and arrives once."""
