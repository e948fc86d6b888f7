"""What an officer can do, one file per noun; each method is one act and one transaction."""
