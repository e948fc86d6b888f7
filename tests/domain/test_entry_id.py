"""Identities of journal entries sort in the order in which they were made."""

from itertools import pairwise

from mikrolaan.domain.entry_id import next_entry_id


def test_entries_made_one_after_the_other_sort_in_that_order():
    made = [next_entry_id() for _ in range(20_000)]

    assert all(before.int < after.int for before, after in pairwise(made))
    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
