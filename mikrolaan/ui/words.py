"""The words that screens use for the kinds of the domain, in the screen's language, looked up when shown."""

from __future__ import annotations

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import LegalForm
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole, LiabilityForm
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Step
from mikrolaan.domain.office import Role
from mikrolaan.domain.statement import Status
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
)
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.i18n.conventions import conventions
from mikrolaan.ui.widgets.cards import State


def country_word(country: Country) -> str:
    """The country's name."""
    return {Country.NO: _("Norway"), Country.SE: _("Sweden"), Country.DK: _("Denmark")}[country]


def role_word(role: Role) -> str:
    """What an officer is called."""
    return {
        Role.ADVISER: pgettext("officer", "Adviser"),
        Role.APPROVER: pgettext("officer", "Approver"),
        Role.BOOKKEEPER: pgettext("officer", "Bookkeeper"),
        Role.AUDITOR: pgettext("officer", "Auditor"),
        Role.ADMINISTRATOR: pgettext("officer", "Administrator"),
    }[role]


def group_role_word(role: GroupRole) -> str:
    """What a member does in a group."""
    return {
        GroupRole.LEADER: pgettext("group member", "Leader"),
        GroupRole.SECRETARY: pgettext("group member", "Secretary"),
        GroupRole.TREASURER: pgettext("group member", "Treasurer"),
        GroupRole.MEMBER: pgettext("group member", "Member"),
    }[role]


def liability_word(form: LiabilityForm) -> str:
    """What members owe for each other, in a few words."""
    return {
        LiabilityForm.NONE: _("Each for their own loan"),
        LiabilityForm.MORAL: _("Moral support, nobody pays for another"),
        LiabilityForm.SAVINGS_BACKED: _("The group's savings stand in"),
        LiabilityForm.PRO_RATA: _("Each for an equal share"),
        LiabilityForm.JOINT: _("Each for everything"),
    }[form]


def legal_form_word(form: LegalForm) -> str:
    """The legal form of an enterprise."""
    return {
        LegalForm.SOLE_TRADER: _("Sole trader"),
        LegalForm.LIMITED_COMPANY: _("Limited company"),
        LegalForm.COOPERATIVE: _("Cooperative"),
        LegalForm.PARTNERSHIP: _("Partnership"),
        LegalForm.ASSOCIATION: _("Association"),
        LegalForm.FOUNDATION: _("Foundation"),
        LegalForm.UNDECIDED: _("Not decided yet"),
    }[form]


def guarantee_word(kind: GuaranteeKind) -> str:
    """What kind of guarantee it is."""
    return {
        GuaranteeKind.SIMPLE: _("Simple guarantee"),
        GuaranteeKind.OWN_DEBT: _("Guarantee as for own debt"),
    }[kind]


def document_word(kind: DocumentKind) -> str:
    """What kind of page it is."""
    return {
        DocumentKind.LOAN_CONTRACT: _("Loan contract"),
        DocumentKind.REPAYMENT_PLAN: _("Repayment plan"),
        DocumentKind.GUARANTEE: _("Declaration of guarantee"),
        DocumentKind.RECEIPT: _("Receipt"),
        DocumentKind.REMINDER: _("Reminder"),
        DocumentKind.COLLECTION_NOTICE: _("Notice of debt collection"),
        DocumentKind.PAYMENT_DEMAND: _("Demand for payment"),
        DocumentKind.GUARANTOR_NOTICE: _("Notice of default"),
    }[kind]


def step_word(step: Step) -> str:
    """The name of a step on a loan's way."""
    return {
        Step.ENQUIRY: pgettext("loan step", "Enquiry"),
        Step.APPLICATION: pgettext("loan step", "Application"),
        Step.GROUP_VIEW: pgettext("loan step", "Group's view"),
        Step.DECISION: pgettext("loan step", "Decision"),
        Step.CONTRACT: pgettext("loan step", "Contract"),
        Step.SIGNED: pgettext("loan step", "Signed"),
        Step.PAID_OUT: pgettext("loan step", "Paid out"),
        Step.REPAYING: pgettext("loan step", "Repaying"),
        Step.CLOSED: pgettext("loan step", "Closed"),
    }[step]


def waiting_word(step: Step) -> str:
    """What a loan at this step waits for, as a list shows it."""
    return {
        Step.ENQUIRY: pgettext("loan state", "Enquiry"),
        Step.APPLICATION: pgettext("loan state", "Application"),
        Step.GROUP_VIEW: pgettext("loan state", "Waits for the group"),
        Step.DECISION: pgettext("loan state", "Waits for decision"),
        Step.CONTRACT: pgettext("loan state", "Approved, no contract"),
        Step.SIGNED: pgettext("loan state", "Waits for signature"),
        Step.PAID_OUT: pgettext("loan state", "Ready for payout"),
        Step.REPAYING: pgettext("loan state", "Repaying"),
        Step.CLOSED: pgettext("loan state", "Closed"),
    }[step]


def loan_state(step: Step, status: Status) -> State:
    """How a loan stands, in the same word in every list and at the head of its page: what it waits for, else how it goes."""
    return step_state(step) if status in (Status.APPLIED, Status.APPROVED) else status_state(status)


def step_state(step: Step) -> State:
    """What a loan at this step waits for, as word and icon."""
    icon, tone = {
        Step.PAID_OUT: ("money", "warn"),
        Step.SIGNED: ("note-pencil", "warn"),
    }.get(step, ("hourglass", "muted"))
    return State(waiting_word(step), icon, tone)


def status_state(status: Status) -> State:
    """How a loan goes that was paid out, or how an application ended."""
    return {
        Status.REFUSED: State(pgettext("loan state", "Refused"), "x-circle", "muted"),
        Status.WITHDRAWN: State(pgettext("loan state", "Withdrawn"), "x-circle", "muted"),
        Status.CURRENT: State(pgettext("loan state", "On time"), "check-circle", "good"),
        Status.OVERDUE: State(pgettext("loan state", "Overdue"), "warning", "bad"),
        Status.REPAID: State(pgettext("loan state", "Repaid"), "check-circle", "good"),
        Status.WRITTEN_OFF: State(pgettext("loan state", "Written off"), "x-circle", "muted"),
    }[status]


def means_word(means: PaymentMeans) -> str:
    """How money came in."""
    return {
        PaymentMeans.BANK: pgettext("payment", "Bank"),
        PaymentMeans.CASH: pgettext("payment", "Cash"),
        PaymentMeans.OTHER: pgettext("payment", "Other"),
    }[means]


def repayment_word(repayment: Repayment) -> str:
    """How the principal comes back."""
    return {
        Repayment.ANNUITY: _("Annuity (equal instalments)"),
        Repayment.SERIAL: _("Serial (equal principal)"),
        Repayment.BULLET: _("Bullet (everything at the end)"),
        Repayment.INTEREST_ONLY: _("Interest only, principal at the end"),
    }[repayment]


def repayment_form_told(terms: Terms) -> str:
    """How the principal of a loan comes back: by its form, or as agreed."""
    return _("Amounts agreed by hand") if terms.is_agreed else repayment_word(terms.repayment)


def months_told(terms: Terms) -> str:
    """The months without principal in a few words; empty where there are none."""
    names = conventions(current_language().code).short_months
    months = ", ".join(names[month - 1] for month in sorted(terms.months_without_principal))
    return _("no principal in {months}").format(months=months) if months else ""


def repayment_told(terms: Terms) -> str:
    """How the principal of a loan comes back, and when it does not."""
    return ", ".join(filter(None, (repayment_form_told(terms), months_told(terms))))


def day_count_word(day_count: DayCount) -> str:
    """How days of interest are counted."""
    return {
        DayCount.THIRTY_360: _("Every month counts as 30 days of a year of 360 (30/360)"),
        DayCount.ACTUAL_365: _("Actual days of a year of 365 (actual/365)"),
        DayCount.ACTUAL_360: _("Actual days of a year of 360 (actual/360)"),
        DayCount.ACTUAL_364: _("Actual days of a year of 364 (actual/364)"),
        DayCount.ACTUAL_ACTUAL: _("Actual days of the actual year (actual/actual)"),
        DayCount.PERIOD: _("The same part of the year for every period"),
    }[day_count]


def interest_method_word(method: InterestMethod) -> str:
    """What the interest of an instalment is computed on."""
    return {
        InterestMethod.DECLINING: _("On what is still owed"),
        InterestMethod.FLAT: _("On the whole principal throughout"),
    }[method]


def payment_free_interest_word(kept: PaymentFreeInterest) -> str:
    """What becomes of the interest of instalments in which nothing is paid."""
    return {
        PaymentFreeInterest.CAPITALISED: _("Added to the principal"),
        PaymentFreeInterest.ACCRUED: _("Paid with the first instalment that pays"),
    }[kept]


def business_day_word(rule: BusinessDayRule) -> str:
    """Where a due date goes that falls on a closed day."""
    return {
        BusinessDayRule.NONE: _("Stays where it is"),
        BusinessDayRule.FOLLOWING: _("Moves to the next open day"),
        BusinessDayRule.PRECEDING: _("Moves to the open day before"),
        BusinessDayRule.MODIFIED_FOLLOWING: _("Moves to the next open day of the same month"),
    }[rule]


def period_word(every: int, unit: PeriodUnit) -> str:
    """A stretch of time between two due dates: "2 weeks"."""
    if unit is PeriodUnit.MONTHS:
        return ngettext("{count} month", "{count} months", every).format(count=every)
    if unit is PeriodUnit.WEEKS:
        return ngettext("{count} week", "{count} weeks", every).format(count=every)
    return ngettext("{count} day", "{count} days", every).format(count=every)


def calendar_word(calendar: str) -> str:
    """Whose public holidays count."""
    return {"NO": _("Norway"), "SE": _("Sweden"), "DK": _("Denmark"), "FI": _("Finland")}[calendar]


def fee_paid_word(paid: FeePaid) -> str:
    """How the establishment fee is paid."""
    return {
        FeePaid.DEDUCTED: _("Deducted from the payout"),
        FeePaid.ADDED: _("Added to the loan"),
        FeePaid.FIRST_INSTALMENT: _("With the first instalment"),
        FeePaid.SEPARATELY: _("Paid separately"),
    }[paid]


def act_word(act: Act) -> str:
    """What an officer did, as the history tells it."""
    return {
        Act.OFFICE_FOUNDED: _("Founded the office"),
        Act.OFFICE_CHANGED: _("Changed the office"),
        Act.OFFICER_ADDED: _("Added an officer"),
        Act.PASSWORD_CHANGED: _("Changed a password"),
        Act.SIGNED_IN: _("Signed in"),
        Act.BORROWER_REGISTERED: _("Registered the borrower"),
        Act.BORROWER_CHANGED: _("Changed the borrower"),
        Act.GROUP_FORMED: _("Formed the group"),
        Act.GROUP_CHANGED: _("Changed the group"),
        Act.PRODUCT_ADDED: _("Added a product"),
        Act.PRODUCT_CHANGED: _("Changed a product"),
        Act.PRODUCT_WITHDRAWN: _("Withdrew a product"),
        Act.PRODUCT_OFFERED_AGAIN: _("Offered a product again"),
        Act.LATE_RATE_CHANGED: _("Changed a rate of late interest"),
        Act.LETTER_FEE_CHANGED: _("Changed a fee for letters"),
        Act.BUDGET_SAVED: _("Saved the budget"),
        Act.APPLICATION_MADE: _("Made the application"),
        Act.APPLICATION_CHANGED: _("Changed the application"),
        Act.APPLICATION_WITHDRAWN: _("Withdrew the application"),
        Act.GROUP_VIEW_RECORDED: _("Recorded the group's view"),
        Act.LOAN_DECIDED: _("Decided on the loan"),
        Act.CONTRACT_ISSUED: _("Issued the contract"),
        Act.PLAN_ISSUED: _("Issued the plan"),
        Act.RECEIPT_ISSUED: _("Issued a receipt"),
        Act.CONTRACT_SIGNED: _("Noted the signatures"),
        Act.PAID_OUT: _("Paid out the loan"),
        Act.PAYMENT_TAKEN: _("Took a payment"),
        Act.GROUP_PAYMENTS_TAKEN: _("Took the payments of a group"),
        Act.FEE_CHARGED: _("Charged a fee"),
        Act.RATE_CHANGED: _("Changed the rate"),
        Act.NEW_PLAN_MADE: _("Made a new plan"),
        Act.DUE_DAY_MOVED: _("Moved the due day"),
        Act.HOLIDAY_GRANTED: _("Granted a payment holiday"),
        Act.CLAIM_WAIVED: _("Let go of a claim"),
        Act.LOAN_WRITTEN_OFF: _("Wrote off principal"),
        Act.LOSS_RECOVERED: _("Recorded a recovered loss"),
        Act.CREDIT_REFUNDED: _("Paid back credit"),
        Act.ENTRY_REVERSED: _("Reversed an entry"),
        Act.GUARANTOR_ADDED: _("Added a guarantor"),
        Act.GUARANTOR_CHANGED: _("Changed a guarantor"),
        Act.GUARANTOR_REMOVED: _("Removed a guarantor"),
        Act.GUARANTEE_ISSUED: _("Issued a declaration of guarantee"),
        Act.GUARANTEE_SIGNED: _("Noted a guarantor's signature"),
        Act.GUARANTOR_RELEASED: _("Released a guarantor"),
        Act.RELEASE_TAKEN_BACK: _("Took back the release of a guarantor"),
        Act.GUARANTOR_NOTIFIED: _("Noted a notice to a guarantor"),
        Act.BANK_FILE_IMPORTED: _("Imported a bank file"),
        Act.BANK_IMPORT_REVERSED: _("Reversed the import of a bank file"),
        Act.BANK_LIST_EXPLAINED: _("Said which column of the bank's list is which"),
        Act.LEDGER_ACCOUNT_CHANGED: _("Changed an account of the ledger"),
        Act.BOOKS_CLOSED: _("Closed the books"),
        Act.CONTACT_RECORDED: _("Recorded a contact"),
        Act.PROMISE_RECORDED: _("Recorded a promise"),
        Act.PROMISE_TAKEN_BACK: _("Took a promise back"),
        Act.STEP_TAKEN: _("Took a step against arrears"),
        Act.LETTER_SENT: _("Sent a letter about arrears"),
        Act.DUNNING_STEPS_CHANGED: _("Changed the steps against arrears"),
        Act.EXAMPLE_MADE: _("Made the example"),
    }[act]
