"""The settings of payment references: chosen, shown by an example, and kept for new loans only."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mikrolaan.domain.identity import Country
from mikrolaan.domain.payment_reference import CheckMethod, ReferenceKind, ReferenceRule, usual_rule
from mikrolaan.services.office import Founding, first_officer
from mikrolaan.services.session import Session
from mikrolaan.ui.settings.payment_section import PaymentSection
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import a_product, an_office
from tests.offices import PASSWORD, TestOffice
from tests.repaying import auditor
from tests.ui.lending import choose, write


def a_section(qtbot: QtBot, session: Session) -> Any:
    section = PaymentSection(session)
    qtbot.addWidget(section)
    section.resize(800, 600)
    section.show()
    section.refresh()
    return section


def test_a_rule_is_chosen_its_example_moves_along_and_it_is_kept(office: TestOffice, qtbot: QtBot):
    section = a_section(qtbot, office.session)
    assert "0000\u00a01255" in section.example.text()
    assert not section.is_changed

    write(section.prefix.line, "77")
    write(section.length.line, "12")
    choose(section.check_method, "Modulus 11")
    # 5·2 + 2·3 + 1·4 + 7·5 + 7·6 = 97 = 8·11 + 9, and 11 − 9 = 2
    assert section.example.text().endswith("KID 7700\u00a00000\u00a01252")
    with qtbot.waitSignal(section.saved):
        section.save_button.click()

    kept = office.session.office.get()
    assert kept.settings.payment_reference == ReferenceRule(ReferenceKind.KID, CheckMethod.MOD11, 12, "77")
    assert not section.is_changed


def test_what_no_bank_knows_is_told_beside_the_field_and_not_kept(office: TestOffice, qtbot: QtBot):
    section = a_section(qtbot, office.session)
    write(section.prefix.line, "12345")
    section.save_button.click()

    assert section.prefix.error
    assert office.session.office.get().reference_rule == usual_rule(Country.NO)
    section.undo_button.click()
    assert section.prefix.text() == ""


@pytest.mark.parametrize(
    ("country", "shown"), [(Country.NO, "check_method"), (Country.SE, "has_length_digit"), (Country.DK, "creditor")]
)
def test_only_what_the_country_knows_is_asked(office: TestOffice, qtbot: QtBot, tmp_path, country, shown):
    founding = Founding(an_office(country=country, account_number=""), first_officer("Ingrid Tangen"), (a_product(),))
    file, _key = office.files.create(tmp_path / "other.mikrolaan", founding, PASSWORD)
    session = Session(file, lambda _kind, _paper: None)  # type: ignore[arg-type,return-value]
    try:
        section = a_section(qtbot, session)
        assert section.kind.value().country is country
        for name in ("check_method", "has_length_digit", "creditor"):
            assert getattr(section, name).isHidden() is (name != shown)
        if country is Country.DK:
            choose(section.kind, "FIK card 75")
            write(section.creditor.line, "12345678")
            assert "+75<0000000000001255+12345678<" in section.example.text()
            section.save_button.click()
            assert session.office.get().reference_rule.length == 16
        assert unnamed_focusable(section) == []
    finally:
        session.close()


def test_others_than_administrators_only_read(office: TestOffice, qtbot: QtBot):
    section = a_section(qtbot, auditor(office))

    assert not section.may_change
    assert section.prefix.line.isReadOnly()
    assert not section.kind.box.isEnabled()
