"""The measurements of `make bench`, one module per subject; docs/measurements.md says how to read them."""
