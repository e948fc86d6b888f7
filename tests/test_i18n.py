"""What the program says and shows in each language, and what it reads from what people type."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan import i18n
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Currency, Money
from mikrolaan.i18n.catalogue import compile_catalogue
from mikrolaan.i18n.conventions import conventions

NB = i18n.language("nb")
EN = i18n.language("en")
TODAY = date(2026, 11, 22)

languages = st.sampled_from([i18n.language(code) for code in i18n.OFFERED])
amounts = st.builds(Money, st.integers(-LARGEST_MINOR, LARGEST_MINOR), st.sampled_from(Currency))
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
pasted = st.text() | st.text(alphabet="0123456789 .,-−/%kr€NOK\u00a0\u202f\t٣３½²desmay", max_size=25)


def nok(minor: int) -> Money:
    return Money(minor, Currency.NOK)


@pytest.fixture
def screen():
    yield
    i18n.use_language("en")


# languages


def test_norwegian_and_english_are_offered_in_their_own_words():
    assert {"nb", "en"} <= set(i18n.OFFERED)
    assert i18n.OFFERED[-1] == "en"
    assert i18n.language_name("nb") == "Norsk bokmål"
    assert i18n.language_name("en") == "English"


def test_a_language_that_is_not_offered_is_refused():
    with pytest.raises(InvalidValue) as refused:
        i18n.use_language("tlh")
    assert refused.value.problem is Problem.UNKNOWN_CHOICE


def test_the_screen_tells_its_listeners_once_per_switch(screen):
    heard = []
    unsubscribe = i18n.on_language_changed(lambda: heard.append(i18n.current_language().code))
    i18n.use_language("nb")
    i18n.use_language("nb")
    i18n.use_language("en")
    unsubscribe()
    unsubscribe()
    i18n.use_language("nb")
    assert heard == ["nb", "en"]


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        (["nb-NO"], "nb"),
        (["no"], "nb"),
        (["nn_NO", "en"], "nb"),
        (["fr-FR", "en-US"], "en"),
        (["fr", "nb"], "nb"),
        ([], "en"),
    ],
)
def test_the_first_start_follows_the_wishes_of_the_system(wanted, best):
    assert i18n.best_language(wanted) == best


def test_a_text_without_translation_stays_as_it_was_written(screen):
    for code in i18n.OFFERED:
        i18n.use_language(code)
        assert i18n._("No catalogue has this sentence.") == "No catalogue has this sentence."
        assert i18n.pgettext("nowhere", "Nothing") == "Nothing"
        assert i18n.ngettext("{count} unseen loan", "{count} unseen loans", 2) == "{count} unseen loans"
        assert i18n.npgettext("nowhere", "{count} bit", "{count} bits", 1) == "{count} bit"
        assert i18n._("") == ""


def test_a_catalogue_is_compiled_without_its_doubtful_entries(tmp_path):
    source = tmp_path / "mikrolaan.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Loan"\nmsgstr "Lån"\n\n#, fuzzy\nmsgid "Payment"\nmsgstr "Betaling?"\n',
        encoding="utf-8",
    )
    compiled = compile_catalogue(source)
    assert "Lån".encode() in compiled
    assert b"Betaling?" not in compiled


# shown


def test_an_amount_is_shown_as_each_language_writes_it():
    assert NB.money(nok(123_450)) == "1\u202f234,50\u00a0kr"
    assert EN.money(nok(123_450)) == "NOK\u00a01\u202f234.50"
    assert NB.money(Money(-2_000, Currency.SEK)) == "−20,00\u00a0SEK"
    assert EN.money(Money(5, Currency.EUR)) == "€0.05"
    assert NB.money(nok(123_450), currency=False) == NB.amount(nok(123_450)) == "1\u202f234,50"


@pytest.mark.parametrize(
    ("minor", "shown"),
    [(123_449, "1\u202f234"), (123_450, "1\u202f235"), (-123_450, "−1\u202f235"), (-49, "0"), (0, "0")],
)
def test_a_whole_amount_rounds_half_an_unit_away_from_zero(minor, shown):
    assert NB.whole_amount(nok(minor)) == shown


def test_numbers_are_shown_with_the_decimals_they_have():
    assert NB.number(12_400) == "12\u202f400"
    assert NB.number(Decimal("-3.250")) == "−3,250"
    assert EN.number(Decimal("1234.5")) == "1\u202f234.5"


def test_a_percent_is_rounded_half_up_unless_shown_exactly():
    assert NB.percent(Decimal("11.056391")) == "11,06\u00a0%"
    assert EN.percent(Decimal("8.125")) == "8.13%"
    assert NB.percent(Decimal("8.125"), decimals=None) == "8,125\u00a0%"
    assert NB.percent(Decimal("8"), decimals=None) == "8,00\u00a0%"
    assert NB.percent(Decimal("-0.001")) == "0,00\u00a0%"
    assert NB.percent(Decimal("12.4"), decimals=0) == "12\u00a0%"


def test_days_are_shown_so_that_nobody_can_mistake_the_month():
    day = date(2026, 5, 6)
    assert (NB.date(day), NB.long_date(day), NB.month(day)) == ("06.05.2026", "6. mai 2026", "mai 2026")
    assert (EN.date(day), EN.long_date(day), EN.month(day)) == ("6 May 2026", "6 May 2026", "May 2026")


def test_a_moment_is_shown_in_the_time_of_this_machine():
    moment = datetime(2026, 5, 6, 14, 5, tzinfo=UTC)
    local = moment.astimezone()
    assert NB.time(moment) == f"{local:%H:%M}"
    assert NB.moment(moment) == f"{local:%d.%m.%Y %H:%M}"


@pytest.mark.parametrize(
    ("code", "money", "day"),
    [
        ("nn", "1\u202f234,50\u00a0kr", "06.05.2026"),
        ("sv", "1\u202f234,50\u00a0NOK", "2026-05-06"),
        ("da", "1\u202f234,50\u00a0NOK", "06.05.2026"),
    ],
)
def test_the_habits_of_the_languages_to_come_are_known(code, money, day):
    coming = i18n.Language(code, EN.texts)
    assert (coming.money(nok(123_450)), coming.date(date(2026, 5, 6))) == (money, day)


# read


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("1500", 150_000),
        ("1.5", 150),
        ("1,5", 150),
        ("1 000,50", 100_050),
        ("1.000,50", 100_050),
        ("1,000.50", 100_050),
        ("1.000.000", 100_000_000),
        ("1 500,-", 150_000),
        ("1.500,-", 150_000),
        ("500,–", 50_000),
        ("kr 1\u202f500", 150_000),
        ("1500 kr.", 150_000),
        ("1500kr", 150_000),
        ("NOK −20", -2_000),
        ("-20 nok", -2_000),
        ("1500 kroner", 150_000),
        ("\ufeff 1\u00a0234,50\n", 123_450),
        ("0,05", 5),
        ("0012", 1_200),
    ],
)
def test_an_amount_is_read_whichever_way_it_is_written(typed, minor):
    for reader in (NB, EN):
        assert reader.read_money(typed, Currency.NOK) == nok(minor)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        (" \u00a0\t", Problem.MISSING),
        ("1.500", Problem.AMBIGUOUS),
        ("1,500", Problem.AMBIGUOUS),
        ("999,999 kr", Problem.AMBIGUOUS),
        ("1,255", Problem.AMBIGUOUS),
        ("0,255", Problem.TOO_MANY_DECIMALS),
        ("1500,125", Problem.TOO_MANY_DECIMALS),
        ("1 500,1250", Problem.TOO_MANY_DECIMALS),
        ("1.00000000000000000000000000000000001", Problem.TOO_MANY_DECIMALS),
        ("10 00", Problem.NOT_A_NUMBER),
        ("1 0000", Problem.NOT_A_NUMBER),
        ("1  000", Problem.NOT_A_NUMBER),
        ("1 000.000,50", Problem.NOT_A_NUMBER),
        ("1.000,000.50", Problem.NOT_A_NUMBER),
        ("1,5,-", Problem.NOT_A_NUMBER),
        ("5,", Problem.NOT_A_NUMBER),
        (",5", Problem.NOT_A_NUMBER),
        ("1e5", Problem.NOT_A_NUMBER),
        ("--5", Problem.NOT_A_NUMBER),
        ("- kr -5", Problem.NOT_A_NUMBER),
        ("kr 5 kr", Problem.NOT_A_NUMBER),
        ("5 pund", Problem.NOT_A_NUMBER),
        ("NaN", Problem.NOT_A_NUMBER),
        ("１５００", Problem.NOT_A_NUMBER),
        ("١٥٠٠", Problem.NOT_A_NUMBER),
        ("5²", Problem.NOT_A_NUMBER),
        ("5 SEK", Problem.UNKNOWN_CHOICE),
        ("€5", Problem.UNKNOWN_CHOICE),
        ("9" * 20, Problem.TOO_LARGE),
        ("9" * 10_000, Problem.TOO_LONG),
    ],
)
def test_an_amount_that_could_mean_two_things_or_none_is_refused(typed, problem):
    with pytest.raises(InvalidValue) as refused:
        NB.read_money(typed, Currency.NOK)
    assert (refused.value.field, refused.value.problem) == ("amount", problem)


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("8", "8"), ("8,5", "8.5"), ("8.125 %", "8.125"), ("12,50%", "12.50"), ("−1", "-1"), ("-0", "0")],
)
def test_a_percent_keeps_the_decimals_that_were_typed(typed, rate):
    assert str(NB.read_percent(typed)) == rate


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        ("%", Problem.NOT_A_NUMBER),
        ("8 %%", Problem.NOT_A_NUMBER),
        ("1 000", Problem.NOT_A_NUMBER),
        ("8,1234567", Problem.TOO_MANY_DECIMALS),
        ("9999999999", Problem.TOO_LARGE),
    ],
)
def test_a_percent_that_is_none_is_refused(typed, problem):
    with pytest.raises(InvalidValue) as refused:
        NB.read_percent(typed)
    assert (refused.value.field, refused.value.problem) == ("percent", problem)


@pytest.mark.parametrize(("typed", "count"), [("24", 24), ("1 200", 1_200), ("1.000.000", 1_000_000), ("-0", 0)])
def test_a_count_is_read(typed, count):
    assert NB.read_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        ("-", Problem.NOT_A_NUMBER),
        ("1.000", Problem.AMBIGUOUS),
        ("12,0", Problem.TOO_MANY_DECIMALS),
        ("-3", Problem.TOO_SMALL),
        ("9999999999", Problem.TOO_LARGE),
        ("tolv", Problem.NOT_A_NUMBER),
    ],
)
def test_a_count_that_is_none_is_refused(typed, problem):
    with pytest.raises(InvalidValue) as refused:
        NB.read_count(typed)
    assert (refused.value.field, refused.value.problem) == ("count", problem)


@pytest.mark.parametrize(
    "typed",
    [
        "31.12.2026",
        "31/12/2026",
        "31-12-2026",
        "31/12-2026",
        "31/12-26",
        "31 12 2026",
        "31.12.26",
        "31.12.",
        "31.12",
        "31/12",
        "311226",
        "31122026",
        "2026-12-31",
        "2026.12.31",
        "31. desember 2026",
        "31 Dec 2026",
        "31. des. 26",
        "31. des",
        " 31 December\u00a02026 ",
    ],
)
def test_a_day_is_read_whichever_way_it_is_written(typed):
    for reader in (NB, EN):
        assert reader.read_date(typed, TODAY) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "in_past", "read"),
    [
        ("15.1.", False, date(2027, 1, 15)),  # 54 days ahead, 311 behind
        ("15.1.", True, date(2026, 1, 15)),
        ("1.1.46", False, date(2046, 1, 1)),
        ("1.1.47", False, date(1947, 1, 1)),
        ("1.1.46", True, date(1946, 1, 1)),
        ("22.11.26", True, date(2026, 11, 22)),
        ("23.11.26", True, date(1926, 11, 23)),
    ],
)
def test_what_is_left_out_of_a_year_is_filled_from_today(typed, in_past, read):
    assert NB.read_date(typed, TODAY, in_past) == read


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.MISSING),
        ("29.02.2027", Problem.NO_SUCH_DAY),
        ("29.2.", Problem.NO_SUCH_DAY),
        ("31.11.2026", Problem.NO_SUCH_DAY),
        ("31. juni 2026", Problem.NO_SUCH_DAY),
        ("32.01.2026", Problem.NOT_A_DATE),
        ("12/31/2026", Problem.NOT_A_DATE),
        ("00.01.2026", Problem.NOT_A_DATE),
        ("31.12.126", Problem.NOT_A_DATE),
        ("2026-12.31", Problem.NOT_A_DATE),
        ("31. foo 2026", Problem.NOT_A_DATE),
        ("i morgen", Problem.NOT_A_DATE),
        ("３１.１２.２０２６", Problem.NOT_A_DATE),
        ("31.12.1899", Problem.TOO_EARLY),
        ("0000-01-01", Problem.TOO_EARLY),
        ("01.01.2200", Problem.TOO_LATE),
    ],
)
def test_a_day_that_does_not_exist_is_refused(typed, problem):
    with pytest.raises(InvalidValue) as refused:
        NB.read_date(typed, TODAY)
    assert (refused.value.field, refused.value.problem) == ("date", problem)


def test_the_month_names_of_the_nordic_languages_agree():
    meant: dict[str, int] = {}
    for code in ("nb", "nn", "sv", "da", "en"):
        habit = conventions(code)
        for names in (habit.months, habit.short_months):
            for number, name in enumerate(names, start=1):
                assert meant.setdefault(name.casefold()[:3], number) == number


# laws


@given(languages, languages, amounts)
def test_an_amount_that_is_shown_can_be_typed_back(shown_in, typed_in, money):
    assert typed_in.read_money(shown_in.money(money), money.currency) == money
    assert typed_in.read_money(shown_in.amount(money), money.currency) == money


@given(languages, languages, st.decimals(-100, 10**6, places=2))
def test_a_percent_that_is_shown_can_be_typed_back(shown_in, typed_in, rate):
    assert typed_in.read_percent(shown_in.percent(rate)) == rate


@given(languages, languages, st.decimals(-100, 10**6, places=6))
def test_a_percent_that_is_shown_exactly_can_be_typed_back(shown_in, typed_in, rate):
    assert typed_in.read_percent(shown_in.percent(rate, decimals=None)) == rate


@given(languages, languages, st.integers(0, 999_999_999))
def test_a_count_that_is_shown_can_be_typed_back(shown_in, typed_in, count):
    assert typed_in.read_count(shown_in.number(count)) == count


@given(languages, languages, days, days)
def test_a_day_that_is_shown_can_be_typed_back(shown_in, typed_in, day, today):
    assert typed_in.read_date(shown_in.date(day), today) == day
    assert typed_in.read_date(shown_in.long_date(day), today) == day


@given(languages, pasted, days)
def test_whatever_is_typed_is_read_or_refused(reader, typed, today):
    for read in (
        lambda: reader.read_money(typed, Currency.NOK),
        lambda: reader.read_percent(typed),
        lambda: reader.read_count(typed),
        lambda: reader.read_date(typed, today),
        lambda: reader.read_date(typed, today, in_past=True),
    ):
        try:
            read()
        except InvalidValue as refused:
            assert refused.field in {"amount", "percent", "count", "date"}


@given(pasted, days)
def test_a_day_in_the_past_is_never_after_today_when_its_year_was_short(typed, today):
    try:
        day = NB.read_date(typed, today, in_past=True)
    except InvalidValue:
        return
    assert day <= today or str(day.year) in typed
