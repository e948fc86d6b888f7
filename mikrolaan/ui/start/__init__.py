"""The front door: welcome, founding an office, signing in, and the recovery key."""
