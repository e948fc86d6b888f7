"""The command line: which command was asked for, with which arguments, and how it ends."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType

from mikrolaan import __version__
from mikrolaan.commands.output import CommandFailed, Exit, complain, invalid_value_sentence, quoted, say
from mikrolaan.domain.errors import InvalidValue, MikrolaanError
from mikrolaan.i18n import N_, _, best_language, use_language

PROGRAM = "mikrolaan"


class _Help(argparse.HelpFormatter):
    """Help whose first word follows the language too."""

    def add_usage(
        self,
        usage: str | None,
        actions: object,
        groups: object,
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)  # type: ignore[arg-type]


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the program's language and answers mistakes with one sentence."""

    def __init__(self, name: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}".strip(),
            description=description,
            epilog=epilog,
            formatter_class=_Help if not epilog else _PlainHelp,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = _("what is given")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help"))

    def error(self, message: str) -> argparse.NoReturn:  # type: ignore[name-defined]
        raise CommandFailed(
            _("The command was not understood ({reason}); {program} --help shows how it is written.").format(
                reason=quoted(message), program=self.prog
            )
        )


class _PlainHelp(_Help, argparse.RawDescriptionHelpFormatter):
    """Help whose list of commands keeps its lines."""


@dataclass(frozen=True, slots=True)
class Command:
    """One word after the program's name: what it does, its arguments, and the function that does it.

    The function imports what it needs itself, so that `plan` starts no database and `--version` nothing at all.
    """

    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], Exit]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (by default those of the process); the answer is the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    use_language(best_language(_wanted_languages()))
    _let_every_sign_through()
    try:
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except CommandFailed as failed:
        complain(failed.sentence)
        return failed.status
    except InvalidValue as error:
        complain(invalid_value_sentence(error))
        return Exit.BAD_INPUT
    except MikrolaanError as error:
        from mikrolaan.ui.error_texts import sentence_for

        complain(sentence_for(error))
        return Exit.BAD_INPUT
    except BrokenPipeError:
        _forget_output()  # the reader has read enough
        return Exit.DIFFERS
    except OSError as error:
        _forget_output()
        complain(_("The system did not let this be written or read: {reason}.").format(reason=error.strerror or ""))
        return Exit.DIFFERS
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:  # argparse ends so after --help
        return end.code if isinstance(end.code, int) else Exit.DONE
    return status


def tell_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What the reader sees when something happened that nobody foresaw: one sentence, and where the details lie.

    The log gets the places in the program and the kind of error, not its text, which may hold what a person typed.
    """
    import traceback

    from mikrolaan.paths import log_directory

    log = log_directory() / "unforeseen.log"
    with log.open("a", encoding="utf-8") as file:
        file.write("".join(traceback.format_tb(trace)) + f"{kind.__name__}\n\n")
    complain(
        _("Something went wrong inside the program ({kind}); the details for its makers lie in {log}.").format(
            kind=kind.__name__, log=log
        )
    )


def _run(arguments: list[str]) -> Exit:
    if arguments and arguments[0] in COMMANDS:
        name = arguments[0]
        command = COMMANDS[name]
        parser = _Parser(name, _(command.summary))
        command.add_arguments(parser)
        return command.run(parser.parse_args(arguments[1:]))
    return _start(_main_parser().parse_args(arguments))


def _main_parser() -> _Parser:
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name.ljust(width)}  {_(command.summary)}" for name, command in COMMANDS.items())
    told = _("commands (each has its own --help):")
    parser = _Parser(
        "", _("The loan program of microfinance funds. Without a command, its window opens."), f"{told}\n{commands}"
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help=_("the office file to open"))
    parser.add_argument("--version", action="store_true", help=_("say which version this is"))
    parser.add_argument(
        "--self-test", action="store_true", help=_("make a loan and its contract in a temporary office file")
    )
    return parser


def _start(options: argparse.Namespace) -> Exit:
    if options.version:
        say(f"Mikrolaan {__version__}")
        return Exit.DONE
    if options.self_test:
        from mikrolaan.commands.self_test import self_test

        return self_test()
    from mikrolaan.commands.window import open_window

    return open_window(options.file)


def _wanted_languages() -> list[str]:
    """What the system asks for, as gettext reads it: LANGUAGE, LC_ALL, LC_MESSAGES, LANG; else the system's locale."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(variable)
        if wanted:
            return [tag.partition(".")[0] for tag in wanted.split(":")]
    import locale

    return [locale.getlocale()[0] or ""]


def _let_every_sign_through() -> None:
    """A console that cannot show a sign gets it written out instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Let the interpreter close a standard output that takes no more without a word."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return  # an output that is no file of the system needs no closing


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="TERMS.json", help=_("a file with the terms, or - for standard input"))
    parser.epilog = _(
        "Terms may hold two fields of this program's own: months_without_principal, such as [1, 2, 12], and "
        'agreed_principals, one amount for each instalment, such as ["0.00", "4000.00"].'
    )
    _json_argument(parser)


def _apr_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="FLOWS.json", help=_("a file with the flows, or - for standard input"))
    _json_argument(parser)


def _statement_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="CASE.json", help=_("a JSON file with terms, product and journal, or - for standard input")
    )
    parser.add_argument("--as-of", metavar="DATE", required=True, help=_("the day of the statement, as 2026-12-31"))
    _json_argument(parser)


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help=_("the folder for the office file; made when it is not there"))
    parser.add_argument("--borrowers", metavar="N", default="40", help=_("how many borrowers (40)"))
    parser.add_argument("--seed", metavar="S", default="1", help=_("the same seed gives the same office (1)"))
    parser.add_argument("--today", metavar="DATE", default="", help=_("the day on which the example ends (today)"))
    parser.add_argument(
        "--documents", metavar="N", default="", help=_("how many contracts to print (all, of a small office)")
    )
    _json_argument(parser)


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=_("the office file"))
    parser.add_argument(
        "--password-file",
        metavar="F",
        default="",
        help=_("a file whose first line is the password; else MIKROLAAN_PASSWORD is used, or you are asked"),
    )
    _json_argument(parser)


def _play_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help=_("the folder for the papers; made when it is not there"))


def _json_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("answer in JSON instead of a table"))


def _plan(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.figures import show_plan

    return show_plan(options.source, as_json=options.json)


def _apr(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.figures import show_effective_rate

    return show_effective_rate(options.source, as_json=options.json)


def _statement(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.statement import show_statement

    return show_statement(options.source, options.as_of, as_json=options.json)


def _demo(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.office import make_example

    return make_example(
        options.folder, options.borrowers, options.seed, options.today, options.documents, as_json=options.json
    )


def _check(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.office import check_office

    return check_office(options.file, options.password_file, as_json=options.json)


def _play(options: argparse.Namespace) -> Exit:
    from mikrolaan.commands.play import play

    return play(options.folder)


COMMANDS: dict[str, Command] = {
    "plan": Command(N_("show the repayment plan that the terms of a loan give"), _plan_arguments, _plan),
    "apr": Command(N_("show the effective rate of what is paid out and paid back"), _apr_arguments, _apr),
    "statement": Command(N_("show how a loan stands on a day"), _statement_arguments, _statement),
    "demo": Command(N_("make an example office file with invented borrowers"), _demo_arguments, _demo),
    "check": Command(N_("prove that an office file is whole"), _check_arguments, _check),
    "play": Command(
        N_("play the main job, from a name to a contract on paper, without a window"), _play_arguments, _play
    ),
}
"""Every command by its word."""
