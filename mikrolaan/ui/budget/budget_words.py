"""The words of a budget: its parts, what people usually write in them, and what its figures mean."""

from __future__ import annotations

from decimal import Decimal

from mikrolaan.domain.budget import Burden, Outcome, Part, Room
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.ui.widgets.cards import State


def part_word(part: Part) -> str:
    """The heading of a part."""
    return {
        Part.INCOME: _("Income"),
        Part.COST: _("Costs of the household"),
        Part.DEBT: _("Other debts"),
        Part.SALES: _("Sales"),
        Part.GOODS: _("Cost of goods"),
        Part.BUSINESS_COST: _("Costs of the business"),
    }[part]


def part_help(part: Part) -> str:
    """What belongs into a part; empty where its heading says it."""
    return {
        Part.INCOME: _("What the household has after tax, beside the business."),
        Part.COST: "",
        Part.DEBT: _("Loans elsewhere; not the instalment on the right."),
        Part.SALES: _("Without VAT."),
        Part.GOODS: _("Falls and rises with the sales: goods, material, freight."),
        Part.BUSINESS_COST: _("The same however much is sold."),
    }[part]


def usual_names(part: Part) -> list[str]:
    """What people usually write in a part; a new budget begins with a line for each."""
    return {
        Part.INCOME: [
            pgettext("budget", "Wage"),
            pgettext("budget", "Benefit"),
            pgettext("budget", "Child benefit"),
            pgettext("budget", "Partner"),
        ],
        Part.COST: [
            pgettext("budget", "Housing"),
            pgettext("budget", "Food"),
            pgettext("budget", "Transport"),
            pgettext("budget", "Children"),
            pgettext("budget", "Power, phone"),
        ],
        Part.DEBT: [pgettext("budget", "Studies")],
        Part.SALES: [pgettext("budget", "Sales")],
        Part.GOODS: [pgettext("budget", "Goods")],
        Part.BUSINESS_COST: [
            pgettext("budget", "Rent"),
            pgettext("budget", "Wages"),
            pgettext("budget", "Insurance"),
        ],
    }[part]


def further_names(part: Part) -> list[str]:
    """What is proposed beyond the usual lines."""
    return {
        Part.INCOME: [
            pgettext("budget", "Housing benefit"),
            pgettext("budget", "Pension"),
            pgettext("budget", "Maintenance received"),
        ],
        Part.COST: [
            pgettext("budget", "Clothes"),
            pgettext("budget", "Insurance"),
            pgettext("budget", "Health"),
            pgettext("budget", "Leisure"),
            pgettext("budget", "Maintenance paid"),
            pgettext("budget", "Tax on the business"),
        ],
        Part.DEBT: [
            pgettext("budget", "Bank"),
            pgettext("budget", "Car loan"),
            pgettext("budget", "Credit card"),
            pgettext("budget", "Family"),
        ],
        Part.SALES: [pgettext("budget", "Services"), pgettext("budget", "Market days"), pgettext("budget", "Web shop")],
        Part.GOODS: [pgettext("budget", "Freight"), pgettext("budget", "Packaging")],
        Part.BUSINESS_COST: [
            pgettext("budget", "Accounting"),
            pgettext("budget", "Car"),
            pgettext("budget", "Marketing"),
            pgettext("budget", "Phone and internet"),
            pgettext("budget", "Tools"),
        ],
    }[part]


def other_name(part: Part) -> str:
    """What a line is called that nobody named."""
    return {
        Part.INCOME: pgettext("budget", "Other income"),
        Part.COST: pgettext("budget", "Other costs"),
        Part.DEBT: pgettext("budget", "Other debt"),
        Part.SALES: pgettext("budget", "Other sales"),
        Part.GOODS: pgettext("budget", "Other goods"),
        Part.BUSINESS_COST: pgettext("budget of the business", "Other costs"),
    }[part]


# -- the figures and their meaning


def left_after_help() -> str:
    """The definition of what is left after the instalment."""
    return _(
        "In a month: income of the household + result of the business − costs of the household − other debts − "
        "instalment. “Enough” means that at least one more instalment is left."
    )


def left_after_fall_help() -> str:
    """The definition of what is left when sales fall."""
    return _(
        "The same when the business sells so much less. The cost of goods falls with the sales; rent, wages and every "
        "other cost stay as they are."
    )


def debt_share_help() -> str:
    """The definition of the share of income that goes to debts."""
    return _(
        "(Other debts + instalment) ÷ (income of the household + result of the business). As a rule of thumb, up to "
        "33 % is light and above 50 % heavy."
    )


def fall_limit_help() -> str:
    """The definition of the fall in sales at which nothing is left."""
    return _(
        "The largest fall in sales after which the instalment can still be paid: what is left after the instalment ÷ "
        "(sales − cost of goods), rounded down."
    )


def household_left_help() -> str:
    """The definition of what is left before the instalment."""
    return _("Income of the household + result of the business − costs of the household − other debts, in a month.")


def business_result_help() -> str:
    """The definition of the business result."""
    return _(
        "Sales − cost of goods − costs of the business, in a month. It is what can be drawn for private use; where it "
        "is negative, the household pays for the business."
    )


def room_state(room: Room) -> State:
    """How much is left, as word, icon and tone."""
    return {
        Room.ENOUGH: State(pgettext("budget", "Enough"), "check-circle", "good"),
        Room.TIGHT: State(pgettext("budget", "Tight"), "warning", "warn"),
        Room.SHORT: State(pgettext("budget", "Too little"), "warning-circle", "bad"),
    }[room]


def burden_state(burden: Burden) -> State:
    """How heavily debts weigh, as word, icon and tone."""
    return {
        Burden.LIGHT: State(pgettext("budget", "Light"), "check-circle", "good"),
        Burden.MODERATE: State(pgettext("budget", "Noticeable"), "warning", "warn"),
        Burden.HEAVY: State(pgettext("budget", "Heavy"), "warning-circle", "bad"),
    }[burden]


def fall_state(shown: Outcome) -> State:
    """Whether the instalment can be paid after the chosen fall in sales, as word, icon and tone."""
    limit = shown.fall_until_nothing_left
    if limit is None:
        return State(pgettext("budget", "Any fall"), "check-circle", "good")
    if limit == 0:
        return State(pgettext("budget", "Nothing to spare"), "warning-circle", "bad")
    if limit >= shown.sales_fall_percent:
        return State(pgettext("budget", "Holds"), "check-circle", "good")
    return State(pgettext("budget", "Does not hold"), "warning", "warn")


def share_text(percent: Decimal | None, decimals: int = 1) -> str:
    """A share in percent; a dash where there is none."""
    return "–" if percent is None else current_language().percent(percent, decimals)
