"""What a rule's own SQL may not do, before and while it runs."""

import re

from readiness.database.question import MOST_ROWS, Query

# Functions that act outside of their transaction, or that run a text as SQL. What stands
# between the name and its parenthesis may be comments of any kind, so anything may.
_ACTING = re.compile(
    r"\b("
    r"pg_(?:try_)?advisory_lock\w*|pg_advisory_unlock\w*|"
    r"pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile\w*|"
    r"pg_switch_wal|pg_create_\w+|pg_drop_\w+|pg_copy_\w+|pg_promote|pg_notify|"
    r"pg_wal_replay_\w+|pg_backup_\w+|pg_start_backup|pg_stop_backup|pg_log_\w+|"
    r"pg_logical_\w+|pg_replication_\w+|pg_stat_reset\w*|pg_stat_statements_reset|"
    r"pg_file_\w+|pg_sync_replication_slots|pg_import_\w+|pg_export_snapshot|"
    r"lo_(?:import|export|creat|create|unlink|put|from_bytea|open|truncate)|lowrite|"
    r"dblink\w*|set_config|nextval|setval|pg_sleep\w*|"
    r"query_to_xml\w*|cursor_to_xml\w*|table_to_xml\w*|schema_to_xml\w*|database_to_xml\w*|"
    r"ts_stat|ts_rewrite|http_(?:get|post|put|patch|delete|head)"
    r")\b(?=.*?\()",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPED = re.compile(r'\bU&"', re.IGNORECASE)


def refusal(query: Query) -> str | None:
    """Why a query is not sent at all; None where it may be.

    This is the outer fence only: what holds is the read-only transaction, the cursor and
    a role that may not write.
    """
    found = _ACTING.search(query.sql)
    if found:
        return f"the query calls {found[1].lower()}, which acts outside of its transaction"
    if _ESCAPED.search(query.sql):
        return 'the query hides a name in U&"…"'
    if not query.sql.strip(" \t\r\n;"):
        return "the query is empty"
    if "\0" in query.sql:
        return "the query holds a zero byte"
    return None


def fenced(query: Query) -> tuple[str, str, str, str]:
    """The statements that put a query: only what can be a cursor gets through."""
    return (
        "SAVEPOINT rule",
        f"DECLARE rd NO SCROLL CURSOR FOR {query.sql.strip()}",
        f"FETCH {MOST_ROWS + 1} FROM rd",
        "CLOSE rd",
    )


UNDO = "ROLLBACK TO SAVEPOINT rule"
