"""What a rule's own SQL may not do, before, while and after it runs."""

import re
from collections.abc import Iterable

from readiness.database.catalogue import text_of
from readiness.database.question import MOST_ROWS, Query

# Functions that act outside of their transaction, or that run a text as SQL. What stands
# between the name and its parenthesis may be comments of any kind, so anything may.
_ACTING = re.compile(
    r"\b("
    r"pg_(?:try_)?advisory_\w+|setseed|txid_current|pg_current_xact_id|"
    r"pg_read_file\w*|pg_read_binary_file\w*|pg_stat_file|pg_ls_dir|"
    r"pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile\w*|"
    r"pg_switch_wal|pg_create_\w+|pg_drop_\w+|pg_copy_\w+|pg_promote|pg_notify|"
    r"pg_wal_replay_\w+|pg_backup_\w+|pg_start_backup|pg_stop_backup|pg_log_\w+|"
    r"pg_logical_\w+|pg_replication_\w+|pg_stat_reset\w*|pg_stat_statements_reset|"
    r"pg_file_\w+|pg_sync_replication_slots|pg_import_\w+|pg_export_snapshot|"
    r"lo_(?:import|export|creat|create|unlink|put|from_bytea|open|truncate)|lowrite|"
    r"pg_restore_\w+|pg_clear_\w+|pg_prewarm|pg_buffercache_\w+|pg_background_\w+|"
    r"brin_summarize_\w+|brin_desummarize_range|gin_clean_pending_list|binary_upgrade_\w+|"
    r"dblink\w*|set_config|nextval|setval|pg_sleep\w*|crosstab\w*|connectby|xpath_table|"
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
# The server's own process ends, and PgBouncer takes a fresh one: nobody meets what was left.
SHED = "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())"
LEFT_BEHIND = "the query left {} behind in the session, which was ended for it"
UNTOLD = "whether a query leaves something behind in the session could not be told"
ENDED = "an earlier query left something behind, so the session was ended"


def left() -> str:
    """Give the statement that tells what outlives a transaction in this session."""
    return text_of("left")


def kinds(found: Iterable[str]) -> str:
    """Say what was left, without the names that the query's author chose."""
    words = {"lock": "an advisory lock", "statement": "a prepared statement"}
    return " and ".join(sorted({words[one.partition(" ")[0]] for one in found}))
