"""The budget of a case on the screen: its lines, what an instalment leaves, and what a fall in sales does."""
