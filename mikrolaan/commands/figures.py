"""The commands `plan` and `apr`: figures of a loan from JSON, without any office file."""

from __future__ import annotations

from mikrolaan.commands.output import CommandFailed, Exit, say, say_json, say_table
from mikrolaan.commands.reading import read_json
from mikrolaan.i18n import _


def show_plan(source: str, *, as_json: bool) -> Exit:
    """Write the plan that the terms in a JSON file give, with totals, effective rate and cost."""
    from mikrolaan.domain.plan import make_plan
    from mikrolaan.domain.plan_json import plan_to_json
    from mikrolaan.domain.terms_json import terms_from_json

    told = plan_to_json(make_plan(terms_from_json(read_json(source))))
    if as_json:
        say_json(told)
        return Exit.DONE
    heads = ("#", _("Due on"), _("Principal"), _("Interest"), _("Fees"), _("To pay"), _("Balance"))
    amounts = ("principal", "interest", "fees", "due")
    rows = [(str(row["n"]), row["due_on"], *(row[name] for name in amounts), row["balance"]) for row in told["rows"]]
    say_table(heads, rows, foot=("", _("Total"), *(told["totals"][name] for name in amounts), ""))
    say()
    say(_("Total cost: {amount}").format(amount=told["total_cost"]))
    rate = told["effective_rate_percent"]
    say(_("Effective rate: none") if rate is None else _("Effective rate: {rate} %").format(rate=rate))
    return Exit.DONE


def show_effective_rate(source: str, *, as_json: bool) -> Exit:
    """Write the effective rate of the flows in a JSON file, in percent with six decimals."""
    from mikrolaan.domain.effective_rate import LARGEST_PERCENT, SMALLEST_PERCENT
    from mikrolaan.domain.plan_json import effective_rate_from_json

    told = effective_rate_from_json(read_json(source))
    rate = told["effective_rate_percent"]
    if rate is None:
        raise CommandFailed(
            _(
                "The flows have no effective rate from {least} to {most} percent; look at every amount and its sign."
            ).format(least=SMALLEST_PERCENT, most=LARGEST_PERCENT)
        )
    if as_json:
        say_json(told)
    else:
        say(_("Effective rate: {rate} %").format(rate=rate))
    return Exit.DONE
