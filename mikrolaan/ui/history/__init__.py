"""What happened to a case: who changed what, when, told in words."""
