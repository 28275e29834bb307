"""Numbers of music heard and of dances danced."""
