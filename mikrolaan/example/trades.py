"""What the invented enterprises live of, what their loans are for, and what officers write about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One industry: how enterprises in it are called, and what they borrow for."""

    industry: str
    names: tuple[str, ...]  # {family} and {city} are filled in
    purposes: tuple[str, ...]


TRADES = (
    Trade(
        "Kafé og catering",
        ("{family} Kafé", "Kafé {city}", "{given}s kjøkken"),
        ("Kaffemaskin og varedisk", "Innredning av kjøkken"),
    ),
    Trade("Frisør", ("Salong {given}", "{family} Frisør"), ("Stoler, speil og første varelager",)),
    Trade("Renhold", ("{family} Renhold", "Skinnende {city}"), ("Rengjøringsmaskin og varebil",)),
    Trade(
        "Søm og reparasjon av klær",
        ("Nål & tråd {city}", "{given}s systue"),
        ("To industrisymaskiner", "Stoff og tråd til høsten"),
    ),
    Trade("Matvarebutikk", ("{family} Mat", "{city} krydder og te"), ("Kjøledisk", "Varelager før høytiden")),
    Trade("Snekker og maler", ("{family} Bygg", "Bygg & maling {city}"), ("Verktøy og stillas", "Brukt varebil")),
    Trade("Grafisk design og nettsider", ("Studio {family}", "{given} Design"), ("Datautstyr og lisenser",)),
    Trade("Hagebruk og grønnsaker", ("{family} Gartneri", "Økogrønt {city}"), ("Drivhus og såfrø", "Vanningsanlegg")),
    Trade("Sykkelverksted", ("{family} Sykkel", "Hjul i {city}"), ("Verktøy og reservedeler",)),
    Trade("Bakeri", ("{family} Bakeri", "Flatbrød fra {city}"), ("Steinovn", "Eltemaskin")),
    Trade("Fiske og sjømat", ("{family} Sjømat", "Kystfangst {city}"), ("Garn og fryser",)),
    Trade("Oversettelse og tolking", ("{family} Språk",), ("Kontorplass og kurs",)),
    Trade("Persontransport", ("{family} Transport",), ("Egenandel til bil og løyve",)),
    Trade("Duodji og kunsthåndverk", ("{given} Duodji", "Verksted {family}"), ("Materialer til messen", "Veveutstyr")),
)

CONDITIONS = (
    "",
    "",
    "Virksomheten registreres i Enhetsregisteret før utbetaling.",
    "Leieavtale for lokalet legges fram.",
    "Kvitteringer for utstyret leveres innen tre måneder.",
)
REFUSALS = (
    "Budsjettet dekker ikke avdragene i lavsesong. Søker er velkommen med ny plan.",
    "Formålet faller utenfor ordningen: refinansiering av forbrukslån.",
)
WITHDRAWALS = ("Fikk lån i egen bank.", "Utsetter oppstart til neste år.")
GROUP_NOTES = ("Gruppen kjenner planen og støtter den.", "Gruppen mener prisene er realistiske.", "")
REVERSAL_REASON = "Beløpet var ført med feil siffer."
RELATIONS = ("søster", "bror", "svigerfar", "tante", "forretningspartner", "nabo")
