"""Parts that every page is built of."""
