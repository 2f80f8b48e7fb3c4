"""Checkers of what the tools of agents may do, and of the media that they make."""

from collections.abc import Iterator

from readiness import Built, Case, Finding, Option, Program, Project, checker
from readiness.checkers.agno_sites import AGENT, RUN, TEAM, Said, each, fine, is_on, open_, wrong

DANGEROUS = {
    "ShellTools": "runs commands",
    "PythonTools": "runs Python",
    "CodingTools": "writes files or runs commands",
    "SQLTools": "runs any SQL",
    "PostgresTools": "runs any SQL",
    "DuckDbTools": "runs any SQL",
    "FileTools": "writes files",
    "LocalFileSystemTools": "writes files",
    "DockerTools": "starts and stops containers",
}
"""Tools that do what a prompt talks them into, on the machine or in the database."""
_SWITCHES = {
    "FileTools": {
        "enable_save_file": True,
        "enable_replace_file_chunk": True,
        "enable_delete_file": False,
        "all": False,
    },
    "LocalFileSystemTools": {"enable_write_file": True},
    "ShellTools": {"enable_run_shell_command": True, "all": False},
    "SQLTools": {"enable_run_sql_query": True, "all": False},
    "CodingTools": {
        "enable_edit_file": True,
        "enable_write_file": True,
        "enable_run_shell": False,
        "all": False,
    },
}
"""The options that let a tool do harm, and what they are where nobody says.

Each is named after the function that it lets a model call.
"""
_DEEDS = {
    "PythonTools": ("save_to_file_and_run", "run_python_code"),
    "PostgresTools": ("run_query",),
    "DuckDbTools": ("run_query",),
    "DockerTools": ("run_container", "exec_in_container"),
}
"""The functions that do the harm of tools without such options."""
MAKES_MEDIA = frozenset(
    {
        "DalleTools",
        "OpenAITools",
        "ReplicateTools",
        "FalTools",
        "LumaLabTools",
        "ElevenLabsTools",
        "CartesiaTools",
        "ModelsLabTools",
        "ModelsLabsTools",
        "NanoBananaTools",
        "GeminiTools",
        "GiphyTools",
        "DesiVocalTools",
        "MoviePyVideoTools",
        "GroqTools",
        "AzureOpenAITools",
    }
)


@checker("agno.confirmed-tools")
def confirmed_tools(
    program: Program, project: Project, *, allow: list[str] | None = None
) -> Iterator[Finding]:
    """A tool that can do harm asks somebody before it does.

    ``allow`` names classes of tools that may do without, such as ``FileTools``.
    """
    left = frozenset(allow or ())

    def judge(one: Built) -> Said | None:
        return _judge(one, left)

    yield from each(
        program,
        project,
        (AGENT, TEAM),
        judge,
        otherwise="no agno Agent or Team here has a tool that runs commands, SQL or writes files",
    )


def _judge(one: Built, allowed: frozenset[str]) -> Said | None:
    tools, unknown = _tools(one)
    harmful = [tool for tool in tools if (name := _harm(tool)) and name not in allowed]
    if not harmful:
        return open_(f"may have a tool that can do harm: {unknown}") if unknown else None
    silent = [(tool, _unasked(tool)) for tool in harmful]
    for tool, deeds in silent:
        if deeds:
            name = _harm(tool) or ""
            listed = ", ".join(f'"{one}"' for one in deeds)
            return wrong(
                f"has {name}, which {DANGEROUS[name]} without asking anybody",
                f"{name}(requires_confirmation_tools=[{listed}]), or a sandbox",
                tool=name,
            )
    if any(deeds is None for _, deeds in silent):
        return open_("has a tool that can do harm, and whether it asks is not known here")
    if unknown:
        return open_(f"may have another tool that can do harm: {unknown}")
    return fine("asks before its tools can do harm")


def _tools(one: Built) -> tuple[list[Case], str]:
    """The tools that are known, and why there may be others."""
    found: list[Case] = []
    unknown = ""
    for case in one.option("tools").cases:
        if case.kind == "unknown" or case.more:
            unknown = case.reason
        elif case.kind in {"code", "object"}:
            unknown = "what gives them is not followed"
        for item in case.items:
            found += item.cases
            unknown = unknown or next((c.reason for c in item.cases if c.kind == "unknown"), "")
    return found, unknown


def _harm(tool: Case) -> str | None:
    name = next(
        (
            last
            for full in tool.names
            if (last := full.rpartition(".")[2]) in DANGEROUS and "agno.tools" in full
        ),
        None,
    )
    harmless = tool.built and name and not _deeds(tool.built, name)
    return None if harmless else name


def _may(tool: Built, switches: dict[str, bool]) -> list[str]:
    """The switches that may be on."""
    given = ((name, tool.option(name), usual) for name, usual in switches.items())
    return [
        name
        for name, option, usual in given
        if (is_on(option) is not False if option.is_given is not False else usual)
    ]


_CONFIRMS = ("requires_confirmation_tools", "external_execution_required_tools")


def _unasked(tool: Case) -> list[str] | None:
    """The functions that do harm and ask nobody; None where that is not known."""
    if tool.built is None:
        return None
    asking: set[str] = set()
    for name in _CONFIRMS:
        names = _listed(tool.built.option(name))
        if names is None:
            return None
        asking |= names
    return [one for one in _deeds(tool.built, _harm(tool) or "") if one not in asking]


def _deeds(tool: Built, name: str) -> list[str]:
    """The functions of a tool that do harm, but for those that it is told to leave out."""
    switches = _SWITCHES.get(name, {})
    on = _may(tool, switches)
    found = list(switches if "all" in on else on) if switches else list(_DEEDS[name])
    names = [one.removeprefix("enable_") for one in found if one != "all"]
    only, without = _listed(tool.option("include_tools")), _listed(tool.option("exclude_tools"))
    return [one for one in names if one not in (without or ()) and (not only or one in only)]


def _listed(option: Option) -> set[str] | None:
    """The names in a list; None where they are not known."""
    found: set[str] = set()
    for case in option.cases:
        texts = [one.known_text for item in case.items for one in item.cases]
        if case.more or None in texts or (case.truth is not False and case.kind != "several"):
            return None
        found.update(text for text in texts if text is not None)
    return found if len(option.cases) == 1 else None


@checker("agno.media")
def media(program: Program, project: Project) -> Iterator[Finding]:
    """Pictures, sounds and films that agents make are not kept in the rows of their sessions."""
    yield from each(
        program,
        project,
        RUN,
        _judge_media,
        otherwise="no agno Agent or Team here has a tool that makes media",
    )


def _judge_media(one: Built) -> Said | None:
    tools, _ = _tools(one)
    makes = next(
        (
            last
            for tool in tools
            for full in tool.names
            if (last := full.rpartition(".")[2]) in MAKES_MEDIA
        ),
        None,
    )
    if makes is None:
        return None
    storage, store = one.option("media_storage"), one.option("store_media")
    if store.is_given and store.truth is False:
        return fine(f"keeps nothing of what {makes} makes in its session")
    if storage.is_given and storage.truth:
        return fine(f"keeps what {makes} makes in a storage for media")
    if storage.reason or store.reason:
        why = storage.why if storage.reason else store.why
        return open_(f"may keep what {makes} makes in its session: {why}")
    return wrong(
        f"keeps what {makes} makes in the row of its session, which every run reads",
        "set store_media=False, or media_storage=",
    )
