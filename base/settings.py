"""Where does this installation keep its things, and which place does it serve?"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings, from `VILLAGE_*` variables or `village.toml` beside the code."""

    model_config = SettingsConfigDict(
        env_prefix="VILLAGE_", toml_file=ROOT / "village.toml", extra="forbid"
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
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()
