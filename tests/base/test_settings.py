"""Where do settings come from, and which goes first?"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from base.settings import ROOT, Settings, settings


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `village.toml` of its own, read in place of the one beside the code."""
    path = tmp_path / "village.toml"
    monkeypatch.setitem(Settings.model_config, "toml_file", path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"VILLAGE_{name.upper()}", raising=False)
    return path


def test_without_a_word_it_is_linzhou_in_chinese_beside_the_code(toml: Path) -> None:
    found = Settings()
    assert (found.city, found.language) == ("410581", "zh")
    assert (found.var, found.data) == (ROOT / "var", ROOT / "data")
    assert found.largest_file_mb == 50
    assert (found.session_hours, found.session_idle_minutes) == (12, 120)
    assert (found.secretary_session_days, found.code_days) == (7, 14)


def test_the_file_is_read(toml: Path) -> None:
    toml.write_text('city = "410526"\nlargest_file_mb = 5\n', encoding="utf-8")
    assert (Settings().city, Settings().largest_file_mb) == ("410526", 5)


def test_the_environment_goes_before_the_file(
    toml: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml.write_text('city = "410526"\nlanguage = "en"\n', encoding="utf-8")
    monkeypatch.setenv("VILLAGE_CITY", "410522")
    assert (Settings().city, Settings().language) == ("410522", "en")
    assert Settings(city="410523").city == "410523"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CITY", "林州"),
        ("CITY", "4105811"),
        ("LANGUAGE", "de"),
        ("LARGEST_FILE_MB", "0"),
        ("SESSION_HOURS", "0"),
        ("SESSION_IDLE_MINUTES", "1"),
        ("SECRETARY_SESSION_DAYS", "365"),
        ("CODE_DAYS", "0"),
    ],
)
def test_what_makes_no_sense_is_refused(
    toml: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"VILLAGE_{name}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_an_unknown_entry_of_the_file_is_refused(toml: Path) -> None:
    toml.write_text('citty = "410526"\n', encoding="utf-8")
    with pytest.raises(ValidationError, match="citty"):
        Settings()


def test_the_settings_of_a_process_are_read_once(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings().var == var
    monkeypatch.setenv("VILLAGE_VAR", "elsewhere")
    assert settings().var == var
    settings.cache_clear()
    assert settings().var == Path("elsewhere")


def test_a_secret_may_lie_in_a_file_and_is_never_shown(
    toml: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "secret"
    kept.write_text("planted-secret\n", encoding="utf-8")
    toml.write_text('oidc_client_secret = "other"\n', encoding="utf-8")
    monkeypatch.setenv("VILLAGE_OIDC_CLIENT_SECRET_FILE", str(kept))
    found = Settings()
    assert found.oidc_client_secret.get_secret_value() == "planted-secret"
    for shown in (repr(found), str(found), found.model_dump_json()):
        assert "planted-secret" not in shown
    # only secrets: what is no secret is no file
    monkeypatch.setenv("VILLAGE_CITY_FILE", str(kept))
    assert Settings().city == "410581"


def test_a_secret_that_stands_in_the_wrong_place_is_not_told(toml: Path) -> None:
    toml.write_text('oidc_client_secre = "planted-secret"\n', encoding="utf-8")
    with pytest.raises(ValidationError) as problem:
        Settings()
    assert "planted-secret" not in str(problem.value)
    assert "oidc_client_secre" in str(problem.value)
