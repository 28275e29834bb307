"""Music as a robot hears it: where its beats fall and how lively it is."""
