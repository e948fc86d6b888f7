"""What the command line can do, one file per kind of command; no window is needed for any of it."""
