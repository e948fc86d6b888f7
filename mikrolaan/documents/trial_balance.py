"""The trial balance of the lending ledger on paper, with what it proves."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from mikrolaan.documents.letterhead import letterhead
from mikrolaan.documents.page import Foot, build_pdf
from mikrolaan.documents.style import GROUND, INK, LINE, TEXT_WIDTH, as_typed, paragraph, styles
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.trial_balance import AccountBalance, TrialBalance
from mikrolaan.i18n import Language, language
from mikrolaan.services.ledger import BalancePaper

NUMBER_WIDTH = 16 * mm
AMOUNT_WIDTH = 27 * mm
NAME_WIDTH = TEXT_WIDTH - NUMBER_WIDTH - 4 * AMOUNT_WIDTH


def print_trial_balance(paper: BalancePaper) -> bytes:
    """The balance as PDF in the language of the paper; its sentences say what agrees, and what does not."""
    speech = language(paper.language)
    _ = speech.gettext
    balance = paper.balance
    title = _("Trial balance")
    period = _("{first} to {last}").format(
        first=speech.long_date(balance.period.first), last=speech.long_date(balance.period.last)
    )
    made = _("{officer}, {date}").format(officer=paper.officer_name, date=speech.long_date(paper.printed_on))
    story: list[Flowable] = [
        letterhead(paper.office, speech),
        paragraph(title, "title"),
        paragraph(as_typed(" · ".join((_("Lending ledger"), period, made))), "subtitle"),
        paragraph(
            _(
                "All amounts are in {currency}. Debit balances stand without a sign, credit balances with a minus."
            ).format(currency=balance.total.opening.currency.value)
        ),
        _table(balance, speech),
        *(paragraph(as_typed(sentence)) for sentence in _sentences(balance, speech)),
    ]
    return build_pdf(story, Foot(title, "", paper.office.name), speech)


def _table(balance: TrialBalance, language: Language) -> Table:
    _ = language.gettext
    figure, value = styles()["figure"], styles()["value"]
    head = [
        _("Account"),
        _("Name"),
        _("Opening balance"),
        language.pgettext("side of an account", "Debit"),
        language.pgettext("side of an account", "Credit"),
        _("Closing balance"),
    ]
    heads = [Paragraph(f"<b>{text}</b>", figure if at > 1 else value) for at, text in enumerate(head)]
    rows = [heads, *(_row(row, language) for row in balance.rows)]
    rows.append(_total_row(balance.total, language))
    table = Table(rows, [NUMBER_WIDTH, NAME_WIDTH, *[AMOUNT_WIDTH] * 4], repeatRows=1, spaceBefore=6, spaceAfter=12)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("VALIGN", (0, 1), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
                ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
                ("LINEBELOW", (0, 1), (-1, -2), 0.35, LINE),
                ("BACKGROUND", (0, -1), (-1, -1), GROUND),
                ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK),
            ]
        )
    )
    return table


def _row(row: AccountBalance, language: Language) -> list[Paragraph]:
    cells = [paragraph(as_typed(row.number), "value"), paragraph(as_typed(row.name), "value")]
    return [*cells, *(paragraph(text, "figure") for text in _amounts(row, language))]


def _total_row(row: AccountBalance, language: Language) -> list[Paragraph]:
    """The sum of all accounts, in strong letters as the head."""
    cells = [paragraph("", "value"), paragraph(f"<b>{language.gettext('Total')}</b>", "value")]
    return [*cells, *(paragraph(f"<b>{text}</b>", "figure") for text in _amounts(row, language))]


def _amounts(row: AccountBalance, language: Language) -> tuple[str, ...]:
    return tuple(map(language.amount, (row.opening, row.debit, row.credit, row.closing)))


def _sentences(balance: TrialBalance, language: Language) -> list[str]:
    _ = language.gettext
    told = []
    if balance.difference:
        sentence = _("Debit and credit differ by {amount}.")
        told.append(sentence.format(amount=language.money(abs(balance.difference))))
    else:
        told.append(
            _("Debit equals credit: the difference is {amount}.").format(amount=language.money(balance.difference))
        )
    account = next((row for row in balance.rows if AccountRole.LOANS in row.roles), None)
    if account is not None:
        name = _("{number} {name}").format(number=account.number, name=account.name)
        sentence = (
            _("The loans and their account {account} differ by {amount}.")
            if balance.loans_difference
            else _("The outstanding principal of all loans is {amount}, the same as on their account {account}.")
        )
        amount = abs(balance.loans_difference) or balance.outstanding
        told.append(sentence.format(account=name, amount=language.money(amount)))
    if balance.until < balance.period.last:
        told.append(
            _("The period is not over: the figures are those of {date}.").format(date=language.long_date(balance.until))
        )
    elif balance.closed_until is not None and balance.closed_until >= balance.period.last:
        told.append(_("The books of this period are closed; these figures stay."))
    else:
        told.append(_("The books of this period are still open; entries typed later can change these figures."))
    if balance.differs_from_closing:
        days = ", ".join(map(language.long_date, balance.differs_from_closing))
        told.append(
            _("The balances of {date} are no longer what they were when the books were closed.").format(date=days)
        )
    return told
