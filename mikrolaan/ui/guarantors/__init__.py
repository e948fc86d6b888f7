"""Guarantors of a loan, and who else answers for it."""
