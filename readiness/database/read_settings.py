"""The settings of a server: its own, and those that a session would start with."""

from collections.abc import Mapping

from readiness.database.facts import Facts
from readiness.database.server import Session
from readiness.database.setting import RoleSetting, Setting
from readiness.model.finding import Undecidable

# Where PostgreSQL got a value that is the session's own, not the server's.
_PERSONAL = frozenset({"database", "user", "database user", "global"})
_OWN = frozenset({"user", "database user"})


class ReadSettings(Facts, frozen=True):
    """The settings of the server, of its databases and of its roles."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """Every setting that the role may see, by name."""
        return self._mapping("settings")

    def setting(self, name: str) -> Setting:
        """The server's setting; one that is hidden or does not exist is `Undecidable`."""
        found = self._setting(name)
        if found.source in _OWN:
            raise Undecidable(
                f"the server's {name} is hidden behind the checker's own ({found.source})",
                f"check with a role that has no {name} of its own",
            )
        return found

    def _setting(self, name: str) -> Setting:
        found = self.settings.get(name)
        if found is not None:
            return found
        if name in self.missing:
            raise Undecidable(self.missing[name].reason, self.missing[name].hint)
        session = self.facts.get("session")
        if isinstance(session, Session) and session.reads_settings:
            raise Undecidable(f"this server has no setting {name}")
        if isinstance(session, Session):
            raise Undecidable(
                f"the setting {name} is hidden from the role {session.user}",
                f"GRANT pg_read_all_settings TO {_quoted(session.user)};",
            )
        raise Undecidable(f"the setting {name} was not read")

    def effective_setting(
        self, name: str, role: str | None = None, database: str | None = None
    ) -> Setting:
        """The setting with which a session of this role in this database starts.

        Both are the session's own where they are left out. Raises `Undecidable`, also
        where the checker's role has a value of its own that hides the server's.
        """
        known = self.facts.get("session")
        user = role or (known.user if isinstance(known, Session) else "")
        where = database or (known.database if isinstance(known, Session) else "")
        fitting = [
            own for own in self.role_settings if own.name == name and own.applies_to(user, where)
        ]
        setting = self._setting(name)
        if fitting:
            strongest = max(fitting, key=lambda own: own.rank)
            return setting.with_text(strongest.text, _origin(strongest))
        if setting.source in _PERSONAL:
            raise Undecidable(
                f"the server's {name} is hidden behind the checker's own ({setting.source})",
                f"check with a role that has no {name} of its own",
            )
        return setting

    @property
    def role_settings(self) -> tuple[RoleSetting, ...]:
        """The settings of roles and databases."""
        return self._list("role_settings", RoleSetting)


def _origin(own: RoleSetting) -> str:
    parts = [f"role {own.role}" if own.role else "", f"database {own.database}"]
    return " in ".join(part for part in parts if part and not part.endswith(" None"))


def _quoted(name: str) -> str:
    plain = name.isidentifier() and name == name.lower()
    return name if plain else '"' + name.replace('"', '""') + '"'
