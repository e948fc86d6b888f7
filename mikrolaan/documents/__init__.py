"""Paper: each document is a pure function from domain values and a language to PDF bytes."""
