"""Products: their facts and versions in words, and the page on which an administrator changes one."""

from __future__ import annotations

from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.widgets.page import Page


def product_pages(session: Session) -> list[PageEntry]:
    """The page of one product, made when it is first opened; the list stands in the settings."""

    def product_form() -> Page:
        from mikrolaan.ui.products.product_page import ProductPage

        return ProductPage(session)

    return [PageEntry("product_form", lambda: _("Product"), "scales", product_form, under="settings")]
