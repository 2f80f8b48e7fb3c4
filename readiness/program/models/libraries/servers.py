"""Servers that code starts by itself, and what they take their number of workers from."""

RUNS = {"uvicorn.run": True, "uvicorn.main.run": True, "agno.os.AgentOS.serve": True,
        "granian.Granian": False,
        "granian.server.Granian": False}  # fmt: skip
"""The calls with an argument ``workers``, and whether a variable stands in for it."""
BY_VARIABLE = "WEB_CONCURRENCY"
OUT_OF_SIGHT = ("gunicorn.app.", "hypercorn.run.")
"""What starts as many as its own configuration says, which is not followed."""
SERVERS = frozenset(RUNS) | {
    "uvicorn.Config", "uvicorn.config.Config", "hypercorn.asyncio.serve", "hypercorn.trio.serve",
    "waitress.serve", "aiohttp.web.run_app", "werkzeug.serving.run_simple", "flask.Flask.run",
}  # fmt: skip
"""The calls after which requests come to the process."""
