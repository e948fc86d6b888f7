"""The command line: figures from JSON, bad input answered in one sentence, and the window's absence told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mikrolaan import __version__
from mikrolaan.cli import main

TERMS = {
    "principal": "12000.00",
    "currency": "NOK",
    "annual_rate_percent": "12",
    "disbursed_on": "2026-01-15",
    "instalments": 12,
    "repayment": "serial",
    "instalment_fee": "35.00",
}


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def written(tmp_path):
    def write(value: object) -> str:
        path = tmp_path / "input.json"
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        return str(path)

    return write


def started(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **options.pop("environment", {})}
    return subprocess.run(
        [sys.executable, "-m", "mikrolaan", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
        **options,
    )


def one_sentence(capsys):
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    return told.err.strip()


def test_a_serial_loan_of_12_000_at_12_percent_pays_1_000_of_principal_and_120_of_interest_first(written, capsys):
    assert main(["plan", written(TERMS), "--json"]) == 0

    plan = json.loads(capsys.readouterr().out)
    assert plan["rows"][0] == {
        "n": 1,
        "due_on": "2026-02-15",
        "principal": "1000.00",
        "interest": "120.00",
        "fees": "35.00",
        "due": "1155.00",
        "balance": "11000.00",
    }
    # 120 + 110 + … + 10 of interest, 12 fees of 35
    assert plan["totals"] == {"principal": "12000.00", "interest": "780.00", "fees": "420.00", "due": "13200.00"}
    assert plan["total_cost"] == "1200.00"


def test_the_table_ends_every_column_at_one_place_and_sums_it(written, capsys):
    assert main(["plan", written(TERMS)]) == 0

    lines = capsys.readouterr().out.splitlines()
    table = lines[:16]
    assert len({len(line.rstrip()) for line in table[2:14]}) == 1
    assert table[15].split() == ["Total", "12000.00", "780.00", "420.00", "13200.00"]
    assert "Total cost: 1200.00" in lines


def test_1_000_lent_and_1_100_paid_after_a_year_cost_ten_percent(written, capsys):
    flows = [{"years": "0", "amount": "1000"}, {"years": "1", "amount": "-1100"}]

    assert main(["apr", written(flows), "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {"effective_rate_percent": "10.000000"}


def test_dated_flows_say_the_same_as_years(written, capsys):
    flows = [{"on": "2026-03-01", "amount": "1000"}, {"on": "2027-03-01", "amount": "-1100"}]

    assert main(["apr", written(flows)]) == 0

    assert capsys.readouterr().out == "Effective rate: 10.000000 %\n"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"principal": "-1.00"}, "principal must be at least 0.01."),
        ({"principal": 12000}, 'principal must be a number in quotation marks, such as "1500.50".'),
        ({"principal": 12000.50}, 'principal must be a number in quotation marks, such as "1500.50".'),
        ({"principal": "1e9999"}, 'principal must be a number in quotation marks, such as "1500.50".'),
        ({"principal": "100.001"}, "principal must have no more than 2 decimals."),
        ({"instalments": 0}, "instalments must be at least 1."),
        ({"instalments": 1201}, "instalments must be at most 1200."),
        ({"instalments": "12"}, "instalments must be a whole number without quotation marks."),
        ({"instalments": True}, "instalments must be a whole number without quotation marks."),
        ({"disbursed_on": "2026-02-30"}, 'disbursed_on must be a date such as "2026-12-31".'),
        ({"currency": "GBP"}, "currency must be one of: NOK, SEK, DKK, EUR."),
        ({"repayment": ["annuity"]}, "repayment must be one of: annuity, serial, bullet, interest-only."),
        ({"annual_rate_percent": None}, "annual_rate_percent is missing."),
        ({"colour": "red"}, "colour is not a field that is known here."),
        ({"two\nlines": 1}, "two\\nlines is not a field that is known here."),
        ({"business_day_rule": "following"}, "calendar is missing."),
        ({"due_day": 5, "unit": "weeks"}, "due_day does not fit together with unit."),
    ],
)
def test_terms_that_cannot_be_are_refused_by_naming_the_field(written, capsys, changed, words):
    assert main(["plan", written({**TERMS, **changed}), "--json"]) == 2

    assert one_sentence(capsys) == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[1, 2]", "terms is not written as it should be."),
        ("null", "terms is not written as it should be."),
        ('{"principal": NaN}', "NaN is not a number"),
        ('{"principal": -Infinity}', "-Infinity is not a number"),
        ('{"principal": "1.00", "principal": "2.00"}', "principal is given twice."),
        ('{"instalments": ' + "9" * 5000 + "}", "must be no longer than 40 digits."),
        ("[" * 100_000, "inside each other"),
        ('{"a":' * 50_000, "inside each other"),
        (" " * 1_000_001, "must be at most 1000000 bytes long."),
        (b"\xff\xfe\x00binary", "is not a text in UTF-8."),
        ("\x00", "is not JSON"),
        ('"\ud800"'.encode("utf-8", "surrogatepass"), "is not a text in UTF-8."),
    ],
)
@pytest.mark.parametrize("command", ["plan", "apr"])
def test_what_is_no_json_is_refused_quickly(written, capsys, command, content, words):
    source = written(content)
    begun = time.monotonic()

    assert main([command, source, "--json"]) == 2

    assert time.monotonic() - begun < 1  # a tenth of it on an idle machine
    told = one_sentence(capsys)
    if command == "plan" or "terms" not in words:
        assert words in told


@pytest.mark.parametrize(
    "flows",
    [[], {}, [1], [{"years": "0"}], [{"years": "1/0", "amount": "1"}], [{"years": "0", "amount": "5"}]],
)
def test_flows_without_a_rate_are_refused(written, capsys, flows):
    assert main(["apr", written(flows), "--json"]) == 2
    one_sentence(capsys)


@pytest.mark.parametrize("name", ["nowhere.json", "", "a\x00b", "x" * 5000, "."])
def test_a_file_that_cannot_be_is_told(capsys, name):
    assert main(["plan", name]) == 2
    one_sentence(capsys)


@pytest.mark.parametrize(
    "arguments", [["plan"], ["plan", "a", "b"], ["plan", "--fast", "a"], ["--nonsense"], ["plann"]]
)
def test_a_command_that_is_mistyped_is_told(capsys, arguments):
    assert main(arguments) == 2
    one_sentence(capsys)


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0

    told = capsys.readouterr().out
    for name in ("plan", "apr", "demo", "check", "play", "--version", "--self-test"):
        assert name in told


def test_the_program_says_its_version():
    assert started("--version").stdout == f"Mikrolaan {__version__}\n"


def test_terms_come_through_standard_input():
    done = started("plan", "-", "--json", input=json.dumps(TERMS))

    assert done.returncode == 0
    assert len(json.loads(done.stdout)["rows"]) == 12


def test_a_plan_starts_neither_window_nor_database_nor_press(written):
    code = (
        "import sys; from mikrolaan.cli import main; status = main(['plan', sys.argv[1]]);"
        "heavy = {'PySide6', 'sqlalchemy', 'sqlcipher3', 'reportlab'} & set(sys.modules);"
        "sys.exit(status or len(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code, written(TERMS)], capture_output=True, timeout=60, check=False)

    assert done.returncode == 0


def test_a_reader_that_stops_reading_is_no_failure_to_talk_about(written):
    long_plan = written({**TERMS, "instalments": 1200})
    command = f'"{sys.executable}" -m mikrolaan plan "{long_plan}" --json | head -c 10'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=False)

    assert done.stderr == ""


def test_without_a_display_the_program_says_so():
    hidden = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    if sys.platform in ("win32", "darwin"):
        pytest.skip("these systems always have a display")

    done = started(environment=hidden)

    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr


def test_a_program_without_console_keeps_silent(written, monkeypatch):
    source = written(TERMS)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    assert main(["plan", source]) == 0
    assert main(["plan", "nowhere"]) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_the_output_is_told_in_one_sentence(written):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mikrolaan", "plan", written(TERMS)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
