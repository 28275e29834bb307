"""Performance and accuracy, measured by one command each."""
