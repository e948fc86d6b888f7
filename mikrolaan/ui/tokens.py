"""The colours, sizes and distances of every window; no colour is written anywhere else."""

from __future__ import annotations

from dataclasses import dataclass

ROW_HEIGHT = 32
RADIUS = 6
SIDEBAR_WIDTH = 208
SIDEBAR_FOLDED_WIDTH = 56
FOLD_BELOW_WIDTH = 1100  # a narrower window shows the sidebar as icons
ICON_SIZE = 20

BODY_PT = 10.5
CAPTION_PT = 9.0
SECTION_PT = 13.0
TITLE_PT = 18.0
KEY_FIGURE_PT = 28.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours, as #RRGGBB; the table of DESIGN.md."""

    name: str
    is_dark: bool
    ground: str  # window
    surface: str  # cards, tables
    line: str  # hairlines
    ink: str  # text
    muted: str  # second text, at least 4.5:1 on ground and surface
    primary: str  # main action, selection, links
    good: str  # state, always with a word or an icon
    warn: str
    bad: str

    @property
    def on_primary(self) -> str:
        """Text that stands on the primary colour."""
        return self.ground if self.is_dark else self.surface

    @property
    def edge(self) -> str:
        """The border of something to type in or press: at least 3:1 on the surface (WCAG 1.4.11)."""
        return mixed(self.muted, self.surface, 0.2)

    @property
    def hover(self) -> str:
        """A row or quiet button under the mouse."""
        return mixed(self.surface, self.ink, 0.05)

    @property
    def selection(self) -> str:
        """A chosen row or page: a wash of the primary colour that leaves the ink readable."""
        return mixed(self.surface, self.primary, 0.18 if self.is_dark else 0.12)

    @property
    def primary_hover(self) -> str:
        """The filled button under the mouse."""
        return mixed(self.primary, self.ink, 0.15)

    def wash(self, tone: str) -> str:
        """The background of a chip or message in the tone good, warn, bad, primary or muted."""
        return mixed(self.surface, self.tone(tone), 0.16 if self.is_dark else 0.10)

    def tone(self, tone: str) -> str:
        """The colour that a token name stands for."""
        return str(getattr(self, tone))


LIGHT = Tokens(
    name="light",
    is_dark=False,
    ground="#F7F6F3",
    surface="#FFFFFF",
    line="#D9D6CF",
    ink="#1D2328",
    muted="#57606A",
    primary="#0F5C6E",
    good="#2F7D4F",
    warn="#8A5A00",
    bad="#B3261E",
)

DARK = Tokens(
    name="dark",
    is_dark=True,
    ground="#14191C",
    surface="#1C2327",
    line="#323A40",
    ink="#E8E6E1",
    muted="#A3ABB2",
    primary="#5EB6C9",
    good="#6CC08B",
    warn="#E0B252",
    bad="#F2938C",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def channels(colour: str) -> tuple[int, int, int]:
    """The red, green and blue of "#RRGGBB", each 0–255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mixed(first: str, second: str, share: float) -> str:
    """The colour that lies `share` (0–1) of the way from the first to the second."""
    blend = (round(a + (b - a) * share) for a, b in zip(channels(first), channels(second), strict=True))
    return "#" + "".join(f"{value:02X}" for value in blend)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1–21, by WCAG 2.1's relative luminance."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
