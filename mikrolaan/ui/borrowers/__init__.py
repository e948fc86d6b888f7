"""The windows of borrowers: the list, the form and the case."""
