"""The composition root: builds one robot station, simulated plant and all, out of the other rooms."""
