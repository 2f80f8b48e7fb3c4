"""The settings of the database, as the environment gives them."""

import os

from database import defaults


class DatabaseConfig:
    """Where the database is, and how to get in."""

    @property
    def host(self) -> str:
        return os.getenv("DB_HOST", defaults.HOST)

    @property
    def port(self) -> str:
        return os.getenv("DB_PORT", defaults.PORT)

    @property
    def base_name(self) -> str:
        return os.getenv("DB_BASE_NAME", defaults.BASE_NAME)

    @property
    def user(self) -> str:
        return os.getenv("DB_USER", defaults.USER)

    @property
    def password(self) -> str:
        return os.getenv("DB_PASSWORD", defaults.PASSWORD)

    @property
    def ssl_mode(self) -> str:
        return os.getenv("DB_SSL_MODE", defaults.SSL_MODE)

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}/{self.base_name}"

    @property
    def url(self) -> str:
        """The address as SQLAlchemy wants it; the password is letters and digits."""
        return (
            f"postgresql+psycopg://{self.user}:{self.password}@{self.address}"
            f"?sslmode={self.ssl_mode}"
        )
