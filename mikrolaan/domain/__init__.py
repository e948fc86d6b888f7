"""Lending itself: money, dates, terms, plan, loan, borrower, group; no Qt, SQL or PDF."""
