"""The sentence of an error for fields, forms and pages; the sentences are loaded when the first one is needed.

They know every error of the program, and so all of lending: too much to wait for before one can sign in.
"""

from __future__ import annotations


def sentence_for(error: BaseException) -> str:
    """What the officer reads; an error that nobody foresaw gets a sentence without details."""
    from mikrolaan.ui import error_texts

    return error_texts.sentence_for(error)
