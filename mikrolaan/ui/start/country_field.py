"""The choice of country, with what hangs on it said beside each."""

from __future__ import annotations

from mikrolaan.domain.identity import Country
from mikrolaan.i18n import _
from mikrolaan.ui.widgets.radio_field import RadioField
from mikrolaan.ui.words import country_word


class CountryField(RadioField[Country]):
    """Norway, Sweden or Denmark; nothing is chosen at first, since it cannot be changed later."""

    def __init__(self, name: str, label_text: str) -> None:
        super().__init__(name, label_text, [(each, country_word(each), consequences(each)) for each in Country])

    def set_error(self, text: str) -> None:
        super().set_error(_("Choose the country the office works in.") if text else "")


def consequences(country: Country) -> str:
    """What the country decides, in one line."""
    return {
        Country.NO: _("Norwegian kroner (NOK), Norway's public holidays, Norwegian rates for late interest."),
        Country.SE: _("Swedish kronor (SEK), Sweden's public holidays, Swedish rates for late interest."),
        Country.DK: _("Danish kroner (DKK), Denmark's public holidays, Danish rates for late interest."),
    }[country]
