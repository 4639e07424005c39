"""Which typefaces do papers name? Read from `data/`."""

import tomllib
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from base.settings import settings


class Faces(BaseModel):
    """Typefaces by what they are for; `latin` is for letters and digits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    text: str
    heading: str
    slides: str
    latin: str


@lru_cache(maxsize=1)
def faces() -> Faces:
    """Return the typefaces of this installation, read once per process.

    Source: `data/papers.toml`.
    """
    path = settings().data / "papers.toml"
    return Faces(**tomllib.loads(path.read_text(encoding="utf-8"))["faces"])
