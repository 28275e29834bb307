"""Where the feet are to go, when, and what to do when somebody pushes."""
