"""What people look at in a browser: a server that reads the folders of runs, and the page it serves."""
