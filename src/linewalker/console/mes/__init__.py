"""Orders in and results out, for a plant system: REST, and a folder of lists."""
