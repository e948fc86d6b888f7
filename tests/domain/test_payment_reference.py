"""Payment references: published check digits, one per loan, read as people type them, and wrong digits are found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.payment_reference import (
    CheckMethod,
    PaymentReference,
    ReferenceKind,
    ReferenceRule,
    ReferenceTooShort,
    check_mark,
    fik_line,
    has_right_check,
    in_groups,
    kinds_of,
    read_reference,
    reference_for,
    reference_typed,
    usual_rule,
)

KID_MOD10 = usual_rule(Country.NO)
KID_MOD11 = replace(KID_MOD10, check=CheckMethod.MOD11)
bodies = st.text("0123456789", min_size=1, max_size=24)


@st.composite
def rules(draw):
    """Any rule that an office may choose."""
    kind = draw(st.sampled_from(list(ReferenceKind)))
    has_length_digit = kind is ReferenceKind.OCR and draw(st.booleans())
    length = kind.fixed_length or draw(st.integers(5, 25))
    prefix = draw(st.text("0123456789", max_size=length - 1 - has_length_digit - 3))
    check = draw(st.sampled_from(CheckMethod)) if kind is ReferenceKind.KID else CheckMethod.MOD10
    return ReferenceRule(kind, check, length, prefix, has_length_digit)


@pytest.mark.parametrize(
    ("digits", "method", "mark"),
    [
        ("12345678", CheckMethod.MOD10, "2"),  # the bank's specification of OCR giro, section 5
        ("12345678", CheckMethod.MOD11, "5"),
        ("60224", CheckMethod.MOD10, "3"),
        ("0", CheckMethod.MOD10, "0"),
        # 2·3 + 3·2 = 12, remainder 1: there is no digit 10
        ("23", CheckMethod.MOD11, "-"),
        # 2·1 + 3·3 = 11, remainder 0
        ("31", CheckMethod.MOD11, "0"),
    ],
)
def test_check_digits_are_those_that_are_published_or_counted_by_hand(digits, method, mark):
    assert check_mark(digits, method) == mark
    assert has_right_check(digits + mark, method)


@pytest.mark.parametrize(
    ("country", "number", "digits"),
    [
        # 125: 5·2=10→1, 2·1=2, 1·2=2; sum 5; 10−5 = 5
        (Country.NO, 125, "00001255"),
        (Country.SE, 125, "00001255"),
        (Country.DK, 125, "000000000001255"),
    ],
)
def test_an_office_that_has_not_chosen_gives_the_usual_reference_of_its_country(country, number, digits):
    assert reference_for(number, usual_rule(country)).digits == digits
    assert usual_rule(country).kind in kinds_of(country)


def test_a_prefix_and_the_digit_of_the_length_stand_where_the_bank_wants_them():
    rule = ReferenceRule(ReferenceKind.OCR, length=12, prefix="77", has_length_digit=True)

    digits = reference_for(125, rule).digits

    assert digits[:2] == "77"
    assert digits[2:10] == "00000125"
    assert digits[10] == "2"  # of 12
    assert has_right_check(digits, CheckMethod.MOD10)


@given(bodies, st.sampled_from(CheckMethod), st.data())
def test_one_wrong_digit_is_always_found(body, method, data):
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != body[place]]))

    assert not has_right_check(body[:place] + other + body[place + 1 :] + check_mark(body, method), method)


@given(bodies.filter(lambda body: len(body) > 1), st.data())
def test_two_neighbours_that_changed_places_are_always_found_by_mod11(body, data):
    place = data.draw(st.integers(0, len(body) - 2))
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]

    found = not has_right_check(swapped + check_mark(body, CheckMethod.MOD11), CheckMethod.MOD11)

    assert found == (swapped != body)


@given(rules(), st.integers(1, 999), st.integers(1, 999))
def test_two_loans_never_have_the_same_reference(rule, one, other):
    references = reference_for(one, rule), reference_for(other, rule)

    assert (references[0] == references[1]) == (one == other)
    for reference in references:
        assert len(reference.digits) == rule.length
        assert has_right_check(reference.digits, rule.check)


@given(rules(), st.integers(1, 999))
def test_what_is_printed_in_groups_can_be_typed_back(rule, number):
    reference = reference_for(number, rule)

    for space in (" ", "\u00a0", "\u202f"):
        assert read_reference(in_groups(reference.digits, space)) == reference.digits


def test_a_reference_is_grouped_for_reading():
    assert in_groups("00001255") == "0000 1255"
    assert in_groups("000000000001255") == "0000 0000 0001 255"


def test_the_line_of_a_danish_slip_is_printed_and_read():
    reference = reference_for(125, usual_rule(Country.DK))

    line = fik_line(reference, "12345678")

    assert line == "+71<000000000001255+12345678<"
    assert read_reference(line) == reference.digits
    assert read_reference("71 < 000000000001255") == reference.digits
    assert fik_line(reference, "") == ""
    assert fik_line(reference_for(125, KID_MOD10), "12345678") == ""


@pytest.mark.parametrize("name", ["KID ", "kid: ", "KID-nummer ", "OCR-nr. ", "FIK "])
def test_a_reference_is_read_also_with_its_name_before_it(name):
    assert read_reference(f"{name}0000 1255") == "00001255"
    assert reference_typed(f"{name}0000 12") == "000012"


def test_a_minus_is_read_only_as_the_check_of_a_kid():
    assert read_reference("0000 023-") == "0000023-"
    assert read_reference("0000023\u2212") == "0000023-"
    assert PaymentReference(ReferenceKind.KID, "0000023-").digits == "0000023-"
    with pytest.raises(InvalidValue):
        PaymentReference(ReferenceKind.OCR, "0000023-")


@pytest.mark.parametrize(
    "typed", ["", "   ", "abc", "KID", "KID Amina", "Amina KID 00001255", "12-34", "1e9", "٣٤٥", "1" * 41, "+71<"]
)
def test_what_is_no_reference_is_refused(typed):
    with pytest.raises(InvalidValue):
        read_reference(typed)


@pytest.mark.parametrize(("typed", "begins"), [("0000 1", "00001"), ("125", ""), ("Amina", ""), ("", "")])
def test_a_search_looks_for_references_from_five_digits_on(typed, begins):
    assert reference_typed(typed) == begins


def test_a_number_that_has_outgrown_the_references_is_refused():
    rule = replace(KID_MOD10, length=5)  # room for 9999

    assert reference_for(9999, rule).digits[:4] == "9999"
    with pytest.raises(ReferenceTooShort) as refused:
        reference_for(10_000, rule)
    assert (refused.value.number, refused.value.room) == (10_000, 4)


@pytest.mark.parametrize(
    ("wrong", "field", "problem", "limit"),
    [
        ({"length": 3}, "reference_length", Problem.TOO_SMALL, 4),
        ({"length": 26}, "reference_length", Problem.TOO_LARGE, 25),
        ({"prefix": "12a"}, "reference_prefix", Problem.MALFORMED, None),
        ({"prefix": "12345"}, "reference_prefix", Problem.TOO_LONG, 4),
        ({"creditor_number": "12345678"}, "reference_creditor", Problem.NOT_TOGETHER, "reference_kind"),
        ({"has_length_digit": True}, "reference_has_length_digit", Problem.NOT_TOGETHER, "reference_kind"),
        ({"kind": ReferenceKind.FIK_71}, "reference_length", Problem.TOO_SMALL, 15),
        ({"kind": ReferenceKind.FIK_75, "length": 17}, "reference_length", Problem.TOO_LARGE, 16),
        (
            {"kind": ReferenceKind.FIK_71, "length": 15, "creditor_number": "1234"},
            "reference_creditor",
            Problem.MALFORMED,
            None,
        ),
        (
            {"kind": ReferenceKind.OCR, "check": CheckMethod.MOD11},
            "reference_check",
            Problem.NOT_TOGETHER,
            "reference_kind",
        ),
    ],
)
def test_a_rule_that_no_bank_knows_is_refused_beside_its_field(wrong, field, problem, limit):
    with pytest.raises(InvalidValue) as refused:
        replace(KID_MOD10, **wrong)

    assert (refused.value.field, refused.value.problem, refused.value.limit) == (field, problem, limit)
