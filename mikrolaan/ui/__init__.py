"""Windows: one folder per noun, shared parts in widgets/."""
