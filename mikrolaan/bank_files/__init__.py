"""Readers of bank files: bytes in, values out; they know no database, no window and no clock."""
