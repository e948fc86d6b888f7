"""The command `statement`: a loan on a day from JSON, without any office file."""

from __future__ import annotations

from typing import Any

from mikrolaan.commands.output import Exit, say, say_json, say_table
from mikrolaan.commands.reading import read_json
from mikrolaan.i18n import _

LATEST_YEAR = 2200  # beyond the last date that terms can have


def show_statement(source: str, as_of_typed: str, *, as_json: bool) -> Exit:
    """Write how the loan of a case stands at the end of a day."""
    from datetime import date

    from mikrolaan.domain.case_json import case_from_json
    from mikrolaan.domain.errors import InvalidValue, Problem
    from mikrolaan.domain.json_values import calendar_date
    from mikrolaan.domain.statement import statement
    from mikrolaan.domain.statement_json import statement_to_json

    as_of = calendar_date(as_of_typed, "--as-of")
    if as_of.year > LATEST_YEAR:
        raise InvalidValue("--as-of", Problem.TOO_LATE, date(LATEST_YEAR, 12, 31))
    loan, words = case_from_json(read_json(source))
    told = statement_to_json(loan, statement(loan, as_of), words)
    if as_json:
        say_json(told)
    else:
        _say_figures(told)
    return Exit.DONE


def _say_figures(told: dict[str, Any]) -> None:
    figures = (
        (_("Status"), told["status"]),
        (_("Outstanding principal"), told["outstanding_principal"]),
        (_("Accrued interest"), told["accrued_interest"]),
        (_("Due and unpaid"), told["due_unpaid"]),
        (_("Days past due"), str(told["days_past_due"])),
        (_("Late interest"), told["late_interest"]),
        (_("Credit"), told["credit"]),
        (_("Payoff amount"), told["payoff_amount"]),
    )
    say_table((_("Figure"), told["as_of"]), figures)
    for gap in told["warnings"]:
        say(
            _("No late-interest rate is known from {first} to {last}; none was computed for these days.").format(
                first=gap["from"], last=gap["to"]
            )
        )
    say()
    heads = ("#", _("Due on"), _("Principal"), _("Interest"), _("Fees"), _("To pay"), _("Balance"), _("Paid"))
    amounts = ("principal", "interest", "fees", "due", "balance")
    rows = [
        (str(row["n"]), row["due_on"], *(row[name] for name in amounts), row["paid_on"] or "–") for row in told["rows"]
    ]
    say_table(heads, rows)
    say()
    parts = ("fees", "late_interest", "interest", "principal", "credit")
    heads = (
        _("Entry"),
        _("Type"),
        _("Day"),
        _("Fees"),
        _("Late interest"),
        _("Interest"),
        _("Principal"),
        _("Credit"),
    )
    entries = [
        (entry["id"], entry["type"], entry["on"], *(entry.get("allocation", {}).get(part, "–") for part in parts))
        for entry in told["entries"]
    ]
    say_table(heads, entries)
