"""The one style sheet of the program, written from the tokens."""

from __future__ import annotations

from mikrolaan.paths import resource
from mikrolaan.ui import tokens as t


def style_sheet(c: t.Tokens, type_scale: float = 1.0) -> str:
    """What all windows look like in these colours; no height is fixed, so larger type is never clipped."""

    def pt(size: float) -> str:
        return f"{size * type_scale:g}pt"

    tick = resource("icons", f"tick-{c.name}.png").as_posix()

    return f"""
QWidget {{ color: {c.ink}; }}
QMainWindow, QDialog, QWidget#page, QWidget#page_body, QWidget#centre {{ background: {c.ground}; }}
QScrollArea, QScrollArea > QWidget > QWidget#page_body {{ background: {c.ground}; border: none; }}
QScrollArea[role="in_card"], QScrollArea[role="in_card"] > QWidget > QWidget#in_card {{ background: {c.surface}; }}
QToolTip {{ background: {c.ink}; color: {c.surface}; border: none; padding: 6px 8px; }}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {pt(t.TITLE_PT)}; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {pt(t.SECTION_PT)}; font-weight: 600; }}
QLabel[role="caption"] {{ font-size: {pt(t.CAPTION_PT)}; color: {c.muted}; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="label"] {{ font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {pt(t.KEY_FIGURE_PT)}; font-weight: 600; }}
QLabel[role="figure_small"] {{ font-size: {pt(t.SECTION_PT)}; font-weight: 600; }}
QLabel[role="error"] {{ color: {c.bad}; font-size: {pt(t.CAPTION_PT)}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="unit"] {{ color: {c.muted}; }}
QLabel[role="brand"] {{ font-size: {pt(t.SECTION_PT)}; font-weight: 700; color: {c.primary}; }}

QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px; }}
QFrame[role="hairline"] {{ background: {c.line}; border: none; min-height: 1px; max-height: 1px; }}
QFrame[role="floating"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px; }}
QFrame[role="toast"] {{ background: {c.ink}; border-radius: {t.RADIUS}px; }}
QFrame[role="toast"] QLabel {{ color: {c.surface}; }}
QFrame[role="toast"] QPushButton {{ color: {t.mixed(c.primary, c.surface, 0.6)}; background: transparent; border: none;
  font-weight: 600; padding: 4px 8px; }}
QFrame[role="toast"] QPushButton:focus {{ border: 2px solid {c.surface}; padding: 2px 6px; }}
{_messages(c)}
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox {{ background: {c.surface}; border: 1px solid {c.edge};
  border-radius: {t.RADIUS}px; padding: 5px 9px; min-height: 20px; selection-background-color: {c.primary};
  selection-color: {c.on_primary}; placeholder-text-color: {c.muted}; }}
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover {{ border-color: {c.ink}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {c.primary};
  padding: 4px 8px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {c.bad};
  padding: 4px 8px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{
  background: {c.ground}; border-color: {c.line}; }}
QComboBox {{ padding-right: 28px; }}
QComboBox:focus, QComboBox[wrong="true"] {{ padding-right: 27px; }}
QComboBox::drop-down {{ border: none; width: 0px; }}
QComboBoxPrivateContainer {{ background: {c.surface}; border: 1px solid {c.line}; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: none; padding: 4px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: 30px; padding: 0px 8px; border-radius: 4px; color: {c.ink}; }}
QComboBox QAbstractItemView::item:hover {{ background: {c.hover}; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.selection}; color: {c.ink}; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px; border: 2px solid transparent; border-radius: {t.RADIUS}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.primary}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {c.edge};
  background: {c.surface}; border-radius: 4px; }}
QCheckBox::indicator:checked {{ background: {c.primary}; border-color: {c.primary}; image: url("{tick}"); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {c.line}; background: {c.ground}; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 5px solid {c.primary}; border-radius: 9px; }}

QPushButton {{ background: {c.surface}; border: 1px solid {c.edge}; border-radius: {t.RADIUS}px; padding: 5px 15px;
  min-height: 20px; font-weight: 600; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.selection}; }}
QPushButton:focus {{ border: 2px solid {c.primary}; padding: 4px 14px; }}
QPushButton:disabled {{ color: {c.muted}; border-color: {c.line}; background: {c.ground}; }}
QPushButton[kind="primary"] {{ background: {c.primary}; color: {c.on_primary}; border-color: {c.primary}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c.primary_hover};
  border-color: {c.primary_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[kind="danger"] {{ color: {c.bad}; border-color: {c.bad}; }}
QPushButton[kind="month"] {{ padding: 3px 2px; min-width: 20px; font-weight: 400; }}
QPushButton[kind="month"]:focus {{ padding: 2px 1px; }}
QPushButton[kind="month"]:checked {{ background: {c.primary}; color: {c.on_primary}; border-color: {c.primary};
  font-weight: 600; }}
QPushButton[kind="month"]:checked:focus {{ border: 2px solid {c.ink}; }}
QPushButton[kind="month"]:checked:disabled {{ background: {c.line}; color: {c.muted}; border-color: {c.line}; }}
QLineEdit[kind="cell"] {{ padding: 0px 8px; min-height: 0px; border-radius: 0px; border: 2px solid {c.primary}; }}
QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {c.primary}; }}
QPushButton[kind="link"], QPushButton[kind="crumb"] {{ background: transparent; border: none;
  border-bottom: 2px solid transparent; border-radius: 0px; color: {c.primary}; padding: 2px 0px; min-height: 18px; }}
QPushButton[kind="crumb"] {{ font-weight: 400; }}
QPushButton[kind="link"]:disabled {{ color: {c.muted}; border: none; }}
QPushButton[kind="link"]:hover, QPushButton[kind="crumb"]:hover {{ border-bottom: 2px solid {c.line}; }}
QPushButton[kind="link"]:focus, QPushButton[kind="crumb"]:focus {{ border: none; padding: 2px 0px;
  border-bottom: 2px solid {c.primary}; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {t.RADIUS}px; padding: 5px; }}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border: 2px solid {c.primary}; padding: 4px; }}
QToolButton:pressed, QToolButton:checked {{ background: {c.selection}; }}
QToolButton::menu-indicator {{ image: none; width: 0px; }}
QToolButton[kind="figure"] {{ background: {c.surface}; border: 1px solid {c.line}; }}
QToolButton[kind="figure"]:checked {{ background: {c.selection}; border: 1px solid {c.primary}; }}
QToolButton[kind="figure"]:focus {{ border: 2px solid {c.primary}; }}
QToolButton[kind="outlined"] {{ background: {c.surface}; border: 1px solid {c.edge}; }}
QToolButton[kind="outlined"]:hover {{ background: {c.hover}; }}
QToolButton[kind="outlined"]:focus {{ border: 2px solid {c.primary}; }}

QFrame#sidebar {{ background: {c.surface}; border: none; border-right: 1px solid {c.line}; }}
QFrame#header {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.line}; }}
QToolButton[kind="page"] {{ padding: 6px 10px; min-height: 22px; text-align: left; }}
QToolButton[kind="page"]:focus {{ padding: 5px 9px; }}
QToolButton[kind="page"]:checked {{ background: {c.selection}; color: {c.primary}; font-weight: 600; }}
QPushButton#search {{ text-align: left; color: {c.muted}; font-weight: 400; background: {c.ground};
  border-color: {c.edge}; }}
QPushButton#search:hover {{ border-color: {c.ink}; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; top: -1px; background: transparent; }}
QTabWidget::tab-bar {{ left: 0px; }}
QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; border: none; border-bottom: 2px solid transparent;
  padding: 8px 2px 7px 2px; margin-right: 24px; font-weight: 600; }}
QTabBar::tab:hover {{ color: {c.ink}; }}
QTabBar::tab:selected {{ color: {c.primary}; border-bottom-color: {c.primary}; }}
QTabBar::tab:focus {{ border: 2px solid {c.primary}; border-radius: {t.RADIUS}px; padding: 6px 0px 7px 0px; }}

QTableView {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px; outline: none;
  selection-background-color: {c.selection}; selection-color: {c.ink}; gridline-color: {c.line}; }}
QTableView:focus {{ border: 2px solid {c.primary}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
  padding: 7px 12px; font-size: {pt(t.CAPTION_PT)}; font-weight: 600; }}
QHeaderView::section:hover {{ color: {c.ink}; }}
QHeaderView::down-arrow, QHeaderView::up-arrow {{ image: none; width: 0px; }}
QListView {{ background: {c.surface}; border: none; outline: none; }}
QListView#hits::item {{ border-radius: {t.RADIUS}px; }}
QListView#hits::item:hover {{ background: {c.hover}; }}
QListView#hits::item:selected {{ background: {c.selection}; }}
QFrame[role="key_figure"]:focus {{ border-bottom: 2px solid {c.primary}; }}
QCalendarWidget QWidget {{ alternate-background-color: {c.surface}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {c.primary}; selection-color: {c.on_primary};
  outline: none; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.surface}; }}
QCalendarWidget QSpinBox {{ min-height: 0px; padding: 1px 4px; }}

QMenu {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {t.RADIUS}px; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selection}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 6px 4px; }}
QMenu::icon {{ padding-left: 8px; }}

QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: 3px; }}
QScrollBar {{ background: transparent; border: none; margin: 0px; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {t.mixed(c.line, c.muted, 0.35)}; border-radius: 3px; margin: 3px; }}
QScrollBar[idle="true"]::handle {{ background: transparent; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0px; height: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QStatusBar {{ background: {c.surface}; border-top: 1px solid {c.line}; }}
"""


def _messages(c: t.Tokens) -> str:
    """Chips and inline messages, one rule for each tone."""
    rules = []
    for tone in ("good", "warn", "bad", "primary", "muted"):
        rules.append(
            f'QFrame[role="message"][tone="{tone}"] {{ background: {c.wash(tone)}; '
            f"border: 1px solid {t.mixed(c.surface, c.tone(tone), 0.45)}; border-radius: {t.RADIUS}px; }}"
            f'QFrame[role="chip"][tone="{tone}"] {{ background: {c.wash(tone)}; border-radius: {t.RADIUS}px; }}'
            f'QFrame[role="chip"][tone="{tone}"] QLabel {{ color: {c.tone(tone)}; font-weight: 600; }}'
            f'QLabel[tone="{tone}"] {{ color: {c.tone(tone)}; }}'
        )
    return "\n".join(rules)
