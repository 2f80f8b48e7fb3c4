"""What frameworks call the moments at which they call what they were given.

These are names of their interfaces, as in ``app.on_event("startup")``, ``on_startup=[begin]`` or
``worker_init.connect(begin)``: what the code itself calls its functions says nothing.
"""

from readiness.program.models.table import Table

TABLE = Table(
    starts=frozenset({
        # FastAPI, Starlette, Litestar, aiohttp, Quart, Sanic, Flask, aiogram, NiceGUI
        "startup", "on_startup", "after_startup", "lifespan", "app_lifespan", "server_lifespan",
        "cleanup_ctx", "before_serving", "while_serving", "before_first_request",
        "before_server_start", "after_server_start", "main_process_start", "on_app_init",
        # before each request or task, whichever it is
        "on_job_start", "before_request", "before_app_request", "before_websocket", "task_prerun",
        # Celery
        "celeryd_init", "celeryd_after_setup", "worker_init", "worker_process_init",
        "worker_ready", "beat_init", "on_after_configure", "on_after_finalize", "setup_logging",
        # Dramatiq, Taskiq, Huey, FastStream
        "before_worker_boot", "after_worker_boot", "after_process_boot", "worker_startup",
        "client_startup",
        # gunicorn, Django, Discord, Telegram
        "on_starting", "when_ready", "post_fork", "post_worker_init", "ready", "setup_hook",
        "on_ready", "post_init",
        # pools of processes and of threads
        "initializer",
    }),
    ends=frozenset({
        "shutdown", "on_shutdown", "after_shutdown", "on_cleanup", "after_serving",
        "before_server_stop", "after_server_stop", "main_process_stop", "atexit",
        "worker_shutdown", "worker_shutting_down", "worker_process_shutdown",
        "before_worker_shutdown", "before_process_stop", "after_worker_shutdown",
        "client_shutdown", "on_stop", "worker_exit", "child_exit", "on_exit", "post_stop",
        "post_shutdown",
    }),
    routes=frozenset({
        "add_api_route", "add_api_websocket_route", "add_url_rule", "add_route",
        "add_websocket_route", "add_view", "add_get", "add_post", "add_put", "add_patch",
        "add_delete", "add_head", "Route", "WebSocketRoute", "APIRoute", "urls",
    }),
    moments=frozenset({
        "on_event", "add_event_handler", "on", "listener", "add_listener", "register_listener",
    }),
    commands=frozenset({"BaseCommand", "AppCommand", "LabelCommand"}),
)  # fmt: skip
