"""Compiles every catalogue (.po) into the form the installed program reads (.mo), beside its source."""

from __future__ import annotations

from mikrolaan.i18n.catalogue import DOMAIN, catalogue_folder, compile_catalogue, languages_with_catalogue


def main() -> int:
    """Write the compiled catalogues and name each; the installer ships them instead of their sources."""
    for code in languages_with_catalogue():
        source = catalogue_folder(code) / f"{DOMAIN}.po"
        if source.is_file():
            compiled = source.with_suffix(".mo")
            compiled.write_bytes(compile_catalogue(source))
            print(compiled)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
