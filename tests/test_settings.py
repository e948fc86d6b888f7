"""What the program remembers between starts."""

from pathlib import Path

import pytest

from mikrolaan.settings import FILE_NAME, Settings, change_settings, keep_settings, load_settings


def test_a_first_start_has_only_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = Settings(language="nb", theme="dark", last_office="/home/ada/Fondet.mikrolaan")

    assert keep_settings(kept, tmp_path)

    assert load_settings(tmp_path) == kept


def test_a_change_leaves_the_other_options(tmp_path: Path) -> None:
    keep_settings(Settings(language="nb"), tmp_path)

    change_settings(tmp_path, theme="dark")

    assert load_settings(tmp_path) == Settings(language="nb", theme="dark")


@pytest.mark.parametrize("rubbish", ["", "[]", '{"language": 7, "unknown": "x"}', "\x00\xff", '"nb"'])
def test_a_spoiled_settings_file_means_the_defaults(tmp_path: Path, rubbish: str) -> None:
    (tmp_path / FILE_NAME).write_text(rubbish, encoding="latin-1")

    assert load_settings(tmp_path) == Settings()


def test_a_folder_that_cannot_be_written_hinders_nobody(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    assert not keep_settings(Settings(language="nb"), in_the_way / "below")
