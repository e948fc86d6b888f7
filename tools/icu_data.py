"""Makes ICU's data smaller for the installer: the same library with only the languages that the program offers.

Qt asks ICU for four things: to sort, to change case, to convert between character sets, and to name time zones. The
library of data that comes with Qt also holds the words, units, currencies and hyphenation of all languages, 20 MB of it.

The form of the data is that of ICU's `udatamem`/`ucmndata.h` ("CmnD", version 1): a header, a table of contents with the
place of each name and each item counted from the table's beginning, the names in order, and the items.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDERS_LEFT_OUT = frozenset({"brkitr", "curr", "lang", "rbnf", "region", "translit", "unit"})
KINDS_LEFT_OUT = frozenset({"cfu", "spp"})  # look-alike letters, rules for names in the net
ITEMS_LEFT_OUT = frozenset({"unames.icu"})  # the names of all characters
ALIGNED = 16  # bytes, as ICU's own tools do


class UnknownForm(Exception):
    """The library or its data is not of the form described above."""


@dataclass(frozen=True, slots=True)
class IcuData:
    """The data: its header as it was, and the items by name in the order of the table."""

    header: bytes
    items: dict[str, bytes]


def is_needed(name: str, languages: Iterable[str]) -> bool:
    """Whether Qt may ask for this item; `name` is such as "icudt73l/coll/nb.res"."""
    _package, *folders, item = name.split("/")
    stem, kind = item.split(".", 1)
    if FOLDERS_LEFT_OUT.intersection(folders) or kind in KINDS_LEFT_OUT or item in ITEMS_LEFT_OUT:
        return False
    # Items of a language are named by a code of two or three letters (nb, nb_NO, zh_Hant); the others serve all.
    language = re.fullmatch(r"([a-z]{2,3})(_[A-Za-z0-9_]+)?", stem)
    return kind != "res" or language is None or stem == "res_index" or language[1] in languages


def read(data: bytes) -> IcuData:
    """Take the data apart; UnknownForm when it is not of the form that is known here."""
    if len(data) < 32 or data[2:4] != b"\xda\x27" or data[12:17] != b"CmnD\x01" or data[8]:
        raise UnknownForm
    (start,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, start)
    table = [struct.unpack_from("<II", data, start + 4 + 8 * row) for row in range(count)]
    ends = [place for _name, place in table[1:]] + [len(data) - start]
    items = {}
    for (name_at, place), end in zip(table, ends, strict=True):
        name = data[start + name_at : data.index(b"\0", start + name_at)].decode("ascii")
        items[name] = data[start + place : start + end]
    return IcuData(data[:start], items)


def written(data: IcuData) -> bytes:
    """Put the data together again; the names must be in order, since ICU looks them up by halving."""
    names = sorted(data.items)
    contents, body = [], bytearray()
    name_at = 4 + 8 * len(names)
    first = _aligned(len(data.header) + name_at + sum(len(name) + 1 for name in names)) - len(data.header)
    for name in names:
        contents.append(struct.pack("<II", name_at, first + len(body)))
        name_at += len(name) + 1
        body += data.items[name].ljust(_aligned(len(data.items[name])), b"\0")
    table = struct.pack("<I", len(names)) + b"".join(contents) + b"".join(name.encode() + b"\0" for name in names)
    return data.header + table.ljust(first, b"\0") + bytes(body)


def smaller(data: bytes, is_wanted: Callable[[str], bool]) -> bytes:
    """The data with the wanted items only."""
    whole = read(data)
    return written(IcuData(whole.header, {name: item for name, item in whole.items.items() if is_wanted(name)}))


def make_smaller_library(source: Path, target: Path, languages: Iterable[str]) -> None:
    """Write a copy of libicudata that holds only what Qt asks for in these languages (Linux, with binutils).

    Raises UnknownForm when the library is not made as expected, and CalledProcessError when it cannot be linked.
    """
    asked = tuple(languages)
    symbol, at, size = _symbol(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = target.parent / f"{symbol}.dat"
    data.write_bytes(smaller(source.read_bytes()[at : at + size], lambda name: is_needed(name, asked)))
    assembly = target.parent / f"{symbol}.s"
    assembly.write_text(
        f'.globl {symbol}\n.type {symbol}, %object\n.section .rodata\n.balign {ALIGNED}\n{symbol}:\n.incbin "{data}"\n'
        f'.size {symbol}, . - {symbol}\n.section .note.GNU-stack, "", %progbits\n',
        encoding="ascii",
    )
    compiled = target.parent / f"{symbol}.o"
    subprocess.run(["as", "-o", str(compiled), str(assembly)], check=True)
    options = ["-shared", "-s", "-z", "noexecstack", f"-soname={source.name}"]
    subprocess.run(["ld", *options, "-o", str(target), str(compiled)], check=True)


def _symbol(library: Path) -> tuple[str, int, int]:
    """The name of the data, and where it begins and how long it is in the file, in bytes."""
    told = subprocess.run(["objdump", "-T", library], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^([0-9a-f]+) g +DO \.rodata\s([0-9a-f]+) .*\b(icudt\d+_dat)$", told, re.MULTILINE)
    if len(found) != 1:
        raise UnknownForm
    # The one part that is loaded read-only begins with the file, so that address and place are the same.
    address, size, symbol = found[0]
    return symbol, int(address, 16), int(size, 16)


def _aligned(length: int) -> int:
    return -(-length // ALIGNED) * ALIGNED
