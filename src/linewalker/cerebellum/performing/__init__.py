"""Dancing: choreography as data, a plan the floor can carry, and the controller that follows it in time."""
