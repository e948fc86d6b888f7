"""Settings: the office's letterhead and choices, this computer, and what the program is."""
