"""The car as the plant has drawn it: seams, parts, options."""
