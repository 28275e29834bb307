"""Between a controller and the drives of a real robot: no command passes but one that keeps to its limits."""
