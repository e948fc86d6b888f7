"""Keeping what one has worked out as an alternative, taking it up again, and letting it go."""

from __future__ import annotations

from uuid import UUID

from mikrolaan.i18n import _
from mikrolaan.services.alternatives import MOST_ALTERNATIVES, KeptAlternatives
from mikrolaan.services.calculation import Calculation, Choices, calculate
from mikrolaan.ui.calculator.alternative_words import LETTERS
from mikrolaan.ui.calculator.choices_form import ChoicesForm
from mikrolaan.ui.calculator.results import Results
from mikrolaan.ui.widgets.page import Page


class Keeping:
    """Lets the tab of alternatives follow what is kept."""

    def __init__(self, page: Page, form: ChoicesForm, results: Results, kept: KeptAlternatives) -> None:
        self._page, self._form, self._results, self._kept = page, form, results, kept
        self._is_right = True
        results.alternatives.removed.connect(self.remove)
        results.tabs.currentChanged.connect(lambda _tab: self._mark())
        self.show()

    def open_for(self, borrower_id: UUID | None) -> None:
        """Another borrower sees nothing of what was kept for the one before."""
        self._kept.open_for(borrower_id)
        self.show()

    def keep(self) -> None:
        """Keep the present choices, which are right, or say why not."""
        kept, choices = self._kept, self._form.choices()
        if choices in kept.choices:
            letter = LETTERS[kept.choices.index(choices)]
            self._page.toast.emit(_("This is alternative {letter} already.").format(letter=letter))
        elif kept.is_full:
            self._results.tabs.show_tab("alternatives")
            self._page.toast.emit(
                _("There are {count} alternatives already. Remove one first.").format(count=MOST_ALTERNATIVES)
            )
        else:
            place = kept.keep(choices)
            self.show()
            self._page.toast_with_undo.emit(
                _("Kept as alternative {letter}.").format(letter=LETTERS[place]), lambda: self._forget(choices)
            )

    def choices_at(self, place: int) -> Choices:
        """What is kept at that place."""
        return self._kept.choices[place]

    def remove(self, place: int) -> None:
        """Let go of the one at that place; it can be had back while the message offers it."""
        removed = self._kept.remove(place)
        self.show()
        self._page.toast_with_undo.emit(
            _("Alternative {letter} is removed.").format(letter=LETTERS[place]),
            lambda: self._put_back(place, removed),
        )

    def follow(self, calculation: Calculation | None) -> None:
        """The fields hold something else now; None: something wrong."""
        self._is_right = calculation is not None
        self._mark()

    def show(self) -> None:
        """Show what is kept."""
        self._results.show_alternatives([calculate(choices) for choices in self._kept.choices])
        self._mark()

    def _forget(self, choices: Choices) -> None:
        if choices in self._kept.choices:
            self._kept.remove(self._kept.choices.index(choices))
            self.show()

    def _put_back(self, place: int, choices: Choices) -> None:
        self._kept.put_back(place, choices)
        self.show()

    def _mark(self) -> None:
        """Say which alternative is the one in the fields; only while one looks at them."""
        kept = self._kept.choices
        if kept and self._results.tabs.current_key == "alternatives":
            present = self._form.choices() if self._is_right else None
            self._results.alternatives.mark_present(kept.index(present) if present in kept else None)
