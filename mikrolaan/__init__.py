"""Mikrolaan: the loan program of microfinance funds, one window and one encrypted file."""

__version__ = "0.1.0"
