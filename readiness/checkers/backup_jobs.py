"""What a job does for the backup of PostgreSQL, read from its image, command and variables."""

import re
from itertools import takewhile

from msgspec import Struct

from readiness import Place, Project, Unreadable

SCHEDULE = "run it on a schedule: a CronJob, a cron line, a timer, or a backup service"
OUTSIDE = "write to a volume of its own or, better, to storage on another machine"
"""The two mends that most findings end with."""

_TOOLS = re.compile(
    r"""(?<![\w./-])(?:/\S*/)?(?P<tool>pg_dumpall|pg_dump|pg_basebackup|pgbackrest|wal-g|wal-e
        |barman|barman-cloud-backup|pg_probackup|pgcopydb|pghoard|autopostgresqlbackup
        |manage\.py\s+dbbackup|django-admin\s+dbbackup|heroku\s+pg:backups:capture)(?![\w-])(?P<rest>[^|;&\n]*)""",
    re.VERBOSE,
)
_QUIET = re.compile(
    r"\b(?:info|check(?!=)|verify|list-backups?|backup-list|--version|--help|restore|wal-push"
    r"|archive-push|stanza-create|wal-archive|start|stop|cron)\b"
)
# Options with which a dump has no rows of the application.
_NO_DATA = re.compile(
    r"(?<!\S)(?:--schema-only|-s|--globals-only|-g|--roles-only|--tablespaces-only"
    r"|--section=p\S+)(?!\S)"
)
# Commands that only speak of the words after them.
_TALK = re.compile(
    r"""\s*["'(]*(?:echo|printf|which|type|hash|command\s+-v|man|apt(?:-get)?|apk|yum|dnf|brew|pip|sudo\s+apt\S*)\b"""
)
_KEPT = re.compile(
    r"(?<!2)>(?!&)|\||(?<![\w-])-\w*f|--file|stdout|subprocess|Popen|boto3|upload|tee\b"
)
_DUMPS = re.compile(r"(?<![\w./-])(?:/\S*/)?pg_dump(?:all)?(?![\w-])")
_TAKES = {"pgbackrest": r"\bbackup\b", "wal-g": r"\bbackup-push\b", "wal-e": r"\bbackup-push\b",
          "barman": r"\b(?:backup|cron)\b", "pg_probackup": r"\bbackup\b"}  # fmt: skip
_IMAGES = re.compile(
    r"""(?:postgres|pg|pgsql|postgresql|db|database)[-_]?(?:dump|backup|backups)(?:[-_/:@]|\Z)
      | backup[-_]?(?:postgres|pg|postgresql|db)(?:[-_/:@]|\Z) | postgres-backup
      | /(?:pgbackrest|wal-g|barman|pghoard)(?:[-_:@]|\Z) | docker-db-backup""",
    re.VERBOSE,
)
_VOLUME_IMAGES = re.compile(
    r"docker-volume-backup|volumerize|resticker|restic|borgmatic|duplicati"
)
_LOOPS = re.compile(
    r"\bwhile\b|\buntil\b|\bsleep\b|\bcrond?\b|\bcrontab\b|supercronic|\bgo-cron\b|\bfor\s*\(\("
    r"|\bwatch\s"
)
_EPHEMERAL = re.compile(
    r"""(?:>>?|(?<!\w)-f|--file[= ]|(?<!\w)-D|--pgdata[= ])\s*['"]?
        (?P<path>/(?:tmp|var/tmp|dev/shm)\b[^\s'"]*|/dev/null)""",
    re.VERBOSE,
)
_LOCAL = re.compile(
    r"(?:>>?|(?<!\w)-f|--file[= ]|(?<!\w)-D|--pgdata[= ])\s*['\"]?(?P<path>/[\w./-]*)"
)
_AWAY = re.compile(
    r"\b(?:aws\s+s3|s3cmd|gsutil|gcloud\s+storage|az\s+storage|azcopy|rclone|scp|rsync"
    r"|mc\s+(?:cp|pipe|mirror)|restic|borg|sftp|b2|kopia|curl|s5cmd)\b|s3://|gs://|wal-g|wal-e|pgbackrest|barman"
)
_SCRIPT = re.compile(r"[\w./-]+\.(?:sh|bash|py)\b|[\w./-]*backup[\w.-]*")

# Names of what is there to back a database up.
_MEANT = re.compile(
    r"""(?:(?:\A|[-_/ ])(?:postgres\w*|pg|pgsql|db|database|sql)[-_]?(?:dump|backup)\w*
      | (?:\A|[-_/ ])(?:backup|dump)s?[-_]?(?:postgres\w*|pg|pgsql|db|database|sql)
      | \A(?:(?:nightly|daily|hourly|weekly|scheduled)[-_])?backups?)
      (?:[-_](?:job|cron|cronjob))?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_OTHERWISE = re.compile(r"(?<![\w./-])(?:psql|vacuumdb|reindexdb|pg_isready)(?![\w-])")

# Images that run by their own clock only if they are told when.
_ONCE_WITHOUT = re.compile(r"(?:eeshugerman|schickling|itbm|siemens)/postgres(?:ql)?-backup")
_SCHEDULES = ("SCHEDULE", "CRON_SCHEDULE", "BACKUP_SCHEDULE", "CRON_TIME", "CRON",
              "BACKUP_CRON_EXPRESSION", "DB_BACKUP_INTERVAL", "DB_DUMP_FREQ", "BACKUP_INTERVAL",
              "DEFAULT_BACKUP_INTERVAL", "DB_DUMP_FREQUENCY")  # fmt: skip


_Lines = list[tuple[str, Place]]


class Work(Struct, frozen=True):
    """What a command does: which tool takes the backup, and the text that says it."""

    tool: str
    text: str
    at: Place | None = None


def work_of(text: str, project: Project, at: Place | None = None) -> Work | None:
    """The backup that a command takes, itself or in a script of the project."""
    if found := _taken(text):
        return Work(found, text, at)
    for word in _SCRIPT.findall(text):
        for path in project.files(word.rsplit("/", 1)[-1]):
            if inner := work_in(project, path):
                return inner
        if inner := _in_manifest(project, word.rsplit("/", 1)[-1]):
            return inner
    return None


def _in_manifest(project: Project, name: str) -> Work | None:
    """The backup that a script takes which stands in a ConfigMap."""
    opening = re.compile(rf"(?P<indent>\s+)[\"']?{re.escape(name)}[\"']?:\s*[|>][+-]?\s*\Z")
    for path in project.files("*.yml", "*.yaml"):
        lines = _lines(project, path)
        for number, (text, _) in enumerate(lines):
            if found := opening.match(text):
                return _first(_below(lines[number + 1 :], found["indent"]))
    return None


def _below(lines: _Lines, indent: str) -> _Lines:
    """The lines that stand deeper than an indentation, up to the first that does not."""
    deep = takewhile(lambda one: not one[0].strip() or one[0].startswith(f"{indent} "), lines)
    return list(deep)


def work_in(project: Project, path: str) -> Work | None:
    """The backup that a script takes."""
    return _first(_lines(project, path))


def _lines(project: Project, path: str) -> _Lines:
    try:
        return [(line.text, line.at) for line in project.lines(path)]
    except Unreadable:
        return []


def _first(lines: _Lines) -> Work | None:
    """The first line that takes a backup, and the script that it stands in."""
    whole = "\n".join(text for text, _ in lines)
    for text, at in lines:
        if not text.lstrip().startswith("#") and (tool := _taken(text)):
            return Work(tool, whole, at)
    return None


def _taken(text: str) -> str | None:
    for match in _TOOLS.finditer(text):
        tool, rest = match["tool"], match["rest"]
        takes = _TAKES.get(tool)
        before = re.split(r"[;&|\n]", text[: match.start()])[-1]
        if _TALK.match(before) or (_DUMPS.match(tool) and _NO_DATA.search(rest)):
            continue
        if re.search(takes, rest) if takes else not _QUIET.search(rest):
            return tool
    return None


def is_meant(name: str) -> bool:
    """Tell whether a job is there to back a database up, by its name."""
    return bool(_MEANT.search(name))


def does_otherwise(text: str) -> bool:
    """Tell whether a command is seen to do something else than take a backup of the data."""
    return bool(_TOOLS.search(text) or _OTHERWISE.search(text)) and not _SCRIPT.search(
        _TOOLS.sub("", text)
    )


def is_lost(text: str) -> bool:
    """Tell whether a dump goes to the standard output alone: into a log."""
    return bool(_DUMPS.search(text)) and not _KEPT.search(text)


def is_no_cron(schedule: str) -> bool:
    """Tell whether what stands for a line of cron is none, as Kubernetes would find it."""
    fields = re.sub(r"\A(?:CRON_)?TZ=\S+\s+", "", schedule.strip()).split()
    if "{{" in schedule or "$" in schedule or fields[:1] == ["@every"]:
        return False
    if len(fields) == 1:
        return fields[0] not in _NAMED
    return len(fields) != _WITH_SECONDS - 1 or not all(map(_FIELD.match, fields))


def never_happens(schedule: str) -> bool:
    """Tell whether a line of cron names only days that no calendar has, as 30 February."""
    fields = schedule.split()
    if len(fields) == _WITH_SECONDS:
        fields = fields[1:]
    if len(fields) != _WITH_SECONDS - 1 or fields[4] not in {"*", "?"}:
        return False
    days, months = _numbers(fields[2]), _numbers(fields[3])
    if not days or not months:
        return False
    return all(day > _LONGEST.get(month, 31) for day in days for month in months)


_WITH_SECONDS = 6
_NAMED = frozenset(
    {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}
)
_FIELD = re.compile(r"(?:\*|\?|[0-9A-Za-z]+)(?:[-/,#][0-9A-Za-z*]+)*\Z")
_LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


def _numbers(field: str) -> list[int]:
    """The numbers that a field of cron lists; nothing where it says more than a list."""
    parts = field.split(",")
    return [int(part) for part in parts] if all(part.isdigit() for part in parts) else []


def is_backup_image(image: str | None) -> bool:
    """Tell whether an image exists to back PostgreSQL up, by a clock of its own."""
    return bool(image and _IMAGES.search(image.lower()))


def is_volume_image(image: str | None) -> bool:
    """Tell whether an image copies the files of a volume, whatever they are."""
    return bool(image and _VOLUME_IMAGES.search(image.lower()))


def runs_once(image: str, variables: frozenset[str]) -> bool:
    """Tell whether a backup image takes one backup and ends, as nothing tells it when."""
    return bool(_ONCE_WITHOUT.search(image.lower())) and not variables & set(_SCHEDULES)


def repeats(text: str) -> bool:
    """Tell whether a command goes on by itself: a loop, or a cron of its own."""
    return bool(_LOOPS.search(text))


def goes_away(text: str) -> bool:
    """Tell whether a command sends the backup to another machine."""
    return bool(_AWAY.search(text))


def local_target(text: str) -> str | None:
    """The folder of its own machine that a command writes to, if it names one."""
    found = _LOCAL.search(text)
    return found["path"] if found else None


def ephemeral_target(text: str) -> str | None:
    """The place that a command writes to and that nothing keeps."""
    found = _EPHEMERAL.search(text)
    return found["path"] if found and not goes_away(text) else None
