"""Is a measuring system good enough? Studies of its capability on anyone's data: arrays in, frozen results out."""
