"""Where does this installation keep its things, and which place does it serve?"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
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
    largest_file_mb: int = Field(50, ge=1, description="larger files are refused")
    most_rows: int = Field(250_000, ge=1, description="rows that a sheet may have")
    most_sheets: int = Field(600, ge=1, description="sheets that a file may have")
    most_packed_files: int = Field(200, ge=1, description="tables in one zip")

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
