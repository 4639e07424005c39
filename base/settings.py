"""Where does this installation keep its things, and which place does it serve?"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent


class SecretFiles(PydanticBaseSettingsSource):
    """Reads a secret from the file that `VILLAGE_<NAME>_FILE` names."""

    def get_field_value(
        self, field: FieldInfo, field_name: str
    ) -> tuple[str | None, str, bool]:
        """Return what the file of a secret says; nothing where none is named."""
        named = os.environ.get(f"VILLAGE_{field_name.upper()}_FILE")
        is_secret = field.annotation is SecretStr
        if not named or not is_secret:
            return None, field_name, False
        return Path(named).read_text(encoding="utf-8").strip(), field_name, False

    def __call__(self) -> dict[str, str]:
        """Return the secrets that lie in files.

        Raises:
            OSError: when a file that is named cannot be read.
        """
        read = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in read.items() if value is not None}


class Settings(BaseSettings):
    """All settings, from `VILLAGE_*` variables or `village.toml` beside the code.

    A secret may lie in a file that `VILLAGE_<NAME>_FILE` names.
    """

    model_config = SettingsConfigDict(
        env_prefix="VILLAGE_",
        toml_file=ROOT / "village.toml",
        extra="forbid",
        # what stands in the wrong place may be a secret
        hide_input_in_errors=True,
    )

    var: Path = Field(ROOT / "var", description="folder that a running system writes")
    data: Path = Field(ROOT / "data", description="folder of facts that people edit")
    city: str = Field("410581", pattern=r"^\d{6}$", description="code of the city")
    language: Literal["zh", "en"] = Field("zh", description="language of the faces")
    hosts: tuple[str, ...] = Field(
        (), description="names under which browsers may ask; this machine's own always"
    )
    proxies: tuple[str, ...] = Field(
        (), description="addresses of proxies whose X-Forwarded-* headers are believed"
    )
    oidc_issuer: str = Field(
        "",
        description="address of the city's sign-in, as it writes it itself: https, or "
        "http on this machine; empty for none",
    )
    oidc_client_id: str = Field("", description="name of the dashboard there")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="secret of the dashboard there; empty for none"
    )
    oidc_name_claim: str = Field(
        "preferred_username",
        description="which claim of the ID token is the login name; people must not be "
        "able to choose it themselves",
    )
    largest_file_mb: int = Field(50, ge=1, description="larger files are refused")
    most_rows: int = Field(250_000, ge=1, description="rows that a sheet may have")
    most_sheets: int = Field(600, ge=1, description="sheets that a file may have")
    most_packed_files: int = Field(200, ge=1, description="tables in one zip")

    session_hours: int = Field(
        12, ge=1, le=168, description="after so long everybody signs in again"
    )
    session_idle_minutes: int = Field(
        120, ge=5, description="a session that rests so long ends"
    )
    secretary_session_days: int = Field(
        7, ge=1, le=30, description="how long a secretary's phone stays signed in"
    )
    code_days: int = Field(
        14, ge=1, le=60, description="how long a one-time code can be used"
    )

    backups: Path | None = Field(
        None, description="folder for a backup every night; none: no nightly backup"
    )
    backup_hour: int = Field(2, ge=0, le=23, description="when the night's is made")
    backup_recipient: str = Field(
        "", description="public key (age1…) that backups are encrypted for"
    )
    backup_days: int = Field(14, ge=1, description="days of which the last is kept")
    backup_weeks: int = Field(8, ge=0, description="weeks of which the last is kept")
    backup_months: int = Field(24, ge=0, description="months of which the last is kept")
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="whoever bears it may read /metrics from another machine; empty "
        "for this machine alone",
    )
    log: Literal["json", "plain"] = Field("json", description="form of the log's lines")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="what is less than this is not logged"
    )
    slow_seconds: float = Field(
        1.0, gt=0, description="what takes longer is logged as slow"
    )
    least_free_mb: int = Field(
        500, ge=0, description="with less room on the disk it is not ready"
    )
    open_per_minute: int = Field(
        3000, ge=10, description="requests without a session, of one address"
    )
    requests_per_minute: int = Field(
        6000, ge=100, description="pages and their parts, of one session"
    )
    streams_at_once: int = Field(
        50, ge=2, description="pages that one session may have open"
    )
    uploads_per_minute: int = Field(
        240, ge=1, description="files that one session may send"
    )
    papers_per_minute: int = Field(
        300, ge=1, description="files that one session may fetch"
    )
    api_per_minute: int = Field(240, ge=1, description="files of one program's token")
    bodies_mb_at_once: int = Field(
        500, ge=1, description="files that are being received or read, all together"
    )
    body_seconds: int = Field(
        30, ge=1, description="a body may take so long, and longer as it comes along"
    )
    body_bytes_per_second: int = Field(
        2000, ge=1, description="what comes slower than this is refused after a while"
    )
    session_kept_days: int = Field(
        30, ge=1, description="how long a session that has ended is kept"
    )
    trouble_kept_days: int = Field(
        2, ge=2, description="how long a failure to sign in is counted"
    )
    draft_kept_days: int = Field(
        30, ge=1, description="how long a draft that nobody touches is kept"
    )

    @property
    def largest_file_bytes(self) -> int:
        """Return how large a file may be, in bytes."""
        return self.largest_file_mb * 1_000_000

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let what is given in code win over the environment, that over the file."""
        return (
            init_settings,
            env_settings,
            SecretFiles(settings_cls),
            TomlConfigSettingsSource(settings_cls),
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
