"""Is a surface as good ones are? Learned from pictures of good ones only."""
