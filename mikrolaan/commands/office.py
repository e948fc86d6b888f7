"""The commands `demo` and `check`: make an example office file, and prove one whole."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from mikrolaan.commands.output import CommandFailed, Exit, quoted, say, say_json
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.i18n import N_, _, ngettext

PASSWORD_VARIABLE = "MIKROLAAN_PASSWORD"
LONGEST_PASSWORD = 1024  # characters

_PROOFS = {  # what each kind of finding says, by its name in storage
    "pages": N_("the database itself is damaged"),
    "references": N_("a record points to one that is not there"),
    "guards": N_("a table has lost the guard that lets it only grow"),
    "audit chain": N_("the history was altered or has a gap"),
    "records": N_("a record is not what the history tells"),
    "lists": N_("a list does not agree with the journals"),
    "ledger": N_("the lending ledger differs from the loans or from what was closed"),
    "documents": N_("a document is not as it was issued"),
}

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def make_example(folder: str, borrowers: str, seed: str, today: str, documents: str, *, as_json: bool) -> Exit:
    """Make an example office file in the folder and write where it lies and how it is opened."""
    from mikrolaan.app import today as machine_today
    from mikrolaan.example.build import build_example

    count = _whole("borrowers", borrowers)
    chosen_seed = _whole("seed", seed)
    end = _day("today", today) if today else machine_today()
    printed = None if not documents else _whole("documents", documents)
    if printed is not None and printed < 0:
        raise InvalidValue("documents", Problem.TOO_SMALL, 0)
    path = _folder(folder)
    made = build_example(path, count, chosen_seed, end, documents=printed)
    if as_json:
        say_json(
            {
                "path": str(made.path),
                "password": made.password,
                "recovery_key": made.recovery_key,
                "borrowers": count,
                "seed": chosen_seed,
                "today": end.isoformat(),
            }
        )
        return Exit.DONE
    told = ngettext(
        "An example office with {count} invented borrower lies in {path}",
        "An example office with {count} invented borrowers lies in {path}",
        count,
    )
    say(told.format(count=count, path=made.path))
    say(_("Password: {password}").format(password=made.password))
    say(_("Recovery key: {key}").format(key=made.recovery_key))
    return Exit.DONE


def check_office(file: str, password_file: str, *, as_json: bool) -> Exit:
    """Prove an office file whole and write what was found; Exit.DIFFERS where anything differs."""
    from mikrolaan.storage.check_file import check_file

    path = Path(file)
    try:
        there = path.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise CommandFailed(_("There is no office file {name}.").format(name=quoted(file)))
    findings = check_file(path, _password(password_file))
    if as_json:
        told = [{"proof": found.proof.value, "record": found.record, "detail": found.detail} for found in findings]
        say_json({"path": str(path), "whole": not findings, "findings": told})
    elif findings:
        head = ngettext("{count} thing differs in {path}:", "{count} things differ in {path}:", len(findings))
        say(head.format(count=len(findings), path=path))
        for found in findings:
            where = " ".join(part for part in (found.record, found.detail) if part)
            say(f"- {_(_PROOFS[found.proof.value])}: {where}")
    else:
        say(_("All is well in {path}:").format(path=path))
        for fact in (
            _("the database is whole"),
            _("the chain of the history is unbroken"),
            _("every list agrees with the journals"),
            _("the lending ledger balances and equals what is outstanding"),
            _("every document is as it was issued"),
        ):
            say(f"- {fact}")
    return Exit.DIFFERS if findings else Exit.DONE


def _password(password_file: str) -> str:
    """From the file's first line, else from the environment, else typed without being shown."""
    if password_file:
        try:
            with Path(password_file).open(encoding="utf-8-sig") as file:
                return file.readline(LONGEST_PASSWORD + 1).rstrip("\r\n")
        except (OSError, ValueError):
            raise CommandFailed(
                _("The password file {name} cannot be read.").format(name=quoted(password_file))
            ) from None
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    from getpass import getpass

    try:
        return getpass(_("Password: "))
    except EOFError:
        raise CommandFailed(
            _("No password was given; type it, or name a file with {option}.").format(option="--password-file")
        ) from None


def _folder(name: str) -> Path:
    """The folder, made when it is not there."""
    path = Path(name)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise CommandFailed(_("The folder {name} cannot be made.").format(name=quoted(name))) from None
    return path


def _whole(field: str, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise CommandFailed(_("{field} must be a whole number.").format(field=f"--{field}"))
    return int(text)


def _day(field: str, text: str) -> date:
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # a day that no calendar has is told as any other
    raise InvalidValue(field, Problem.NOT_A_DATE)
