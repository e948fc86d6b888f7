"""What the program is: version, licence, fonts, and where things lie on this machine."""

from __future__ import annotations

from mikrolaan import __version__
from mikrolaan.i18n import _
from mikrolaan.paths import config_directory, log_directory
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.sections import Section, breakable, facts


class AboutSection(Section):
    """Facts to read and copy."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        card = self.add_card("Mikrolaan", _("Loans, repayment plans and contracts for small lenders."))
        card.body.addWidget(
            facts(
                [
                    (_("Version"), __version__),
                    (_("Licence"), _("MIT: free to use, copy and change")),
                    (_("Fonts"), _("Noto Sans (SIL Open Font License 1.1)")),
                    (_("Icons"), _("Phosphor (MIT)")),
                ]
            )
        )
        places = self.add_card(_("Where things lie"))
        places.body.addWidget(
            facts(
                [
                    (_("Office file"), breakable(str(session.file.path))),
                    (_("Settings"), breakable(str(config_directory()))),
                    (_("Logs"), breakable(str(log_directory()))),
                ]
            )
        )
        self.end()
