"""How wide and how level is a seam? From laser profiles to gap and flush with their uncertainty."""
