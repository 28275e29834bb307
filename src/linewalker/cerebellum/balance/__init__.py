"""Standing: what the body is to do, and the torques that bring it about with forces the floor can give."""
