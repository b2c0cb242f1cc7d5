"""Settings, read from the environment (or a file `.env`) when the service starts."""

import os
import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set; `docs/interface.md` lists the same names."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""
    public_url: str = Field(default="http://localhost:8000", pattern=r"^https?://[^/]+$")
    secret_key: str = ""
    now: str = Field(default="", description="ISO local time: the service rehearses that moment")
    trusted_hosts: str = Field(default="", description="host names, separated by commas")
    proxy_count: int = Field(default=0, ge=0, le=5)
    port: int = Field(default=8000, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=32)
    mail_dir: str = Field(default="", description="letters become files in this folder")
    smtp_url: str = Field(default="", pattern=r"^(smtps?://[^\s/]+)?$")
    mail_from: str = Field(default="", pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    development: bool = Field(default=False, description="shows /lv/par/komponentes")

    def address_of_database(self) -> str:
        """The SQLAlchemy address of the database; SQLite under `data_dir` unless one is given."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'market.sqlite').resolve()}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    def kept_secret(self) -> str:
        """The secret key: the one that was set, or one made on the first start and kept."""
        if self.secret_key:
            return self.secret_key
        file = self.data_dir / "secret_key"
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(48))
        return file.read_text()
