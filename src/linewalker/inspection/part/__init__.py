"""Is the right part there? From a picture to an answer."""
