"""What programs that start another one take for themselves: options, and words before it."""

from readiness.deployment.dockerfile import split

Words = tuple[str, ...]


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Options that take the word behind them.
_VALUED = {
    "aws-vault": _table("-d --duration -m --mfa-token --region --backend --prompt"),
    "chpst": _table("-u -U -b -/ -e -n -l -L -m -d -o -p -f -c -t"),
    "chrt": _table("-T -P -D --sched-runtime --sched-period --sched-deadline"),
    "conda": _table("-n --name -p --prefix --cwd"),
    "dockerize": _table("-wait -timeout -template -stdout -stderr -env -env-section -delims "
                        "-wait-http-header -wait-retry-interval"),
    "doppler": _table("-p --project -c --config -t --token --name-transformer --mount "
                      "--mount-format --mount-template --scope --config-dir --fallback"),
    "dumb-init": _table("-r --rewrite"),
    "env": _table("-u --unset -C --chdir"),
    "exec": _table("-a"),
    "infisical": _table("-e --env --path --projectId --token --tags --domain"),
    "ionice": _table("-c --class -n --classdata"),
    "micromamba": _table("-n --name -p --prefix --cwd -e --env -a --attach"),
    "nice": _table("-n --adjustment"),
    "op": _table("--env-file --account --session --config --environment"),
    "opentelemetry-instrument": _table("--traces_exporter --metrics_exporter --logs_exporter "
                                       "--service_name --exporter_otlp_endpoint "
                                       "--exporter_otlp_protocol --resource_attributes"),
    "pdm": _table("-p --project"),
    "setpriv": _table("--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps "
                      "--ambient-caps --bounding-set --securebits --pdeathsig --selinux-label "
                      "--apparmor-profile"),
    "stdbuf": _table("-i --input -o --output -e --error"),
    "sudo": _table("-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R "
                   "--chroot -T --command-timeout -r --role -t --type -U --other-user"),
    "time": _table("-f --format -o --output"),
    "timeout": _table("-k --kill-after -s --signal"),
    "tini": _table("-p -e"),
    "wait-for": _table("-t --timeout"),
    "wait-for-it": _table("-h -p -t"),
    "xvfb-run": _table("-e --error-file -f --auth-file -n --server-num -p --xauth-protocol -s "
                       "--server-args"),
}  # fmt: skip
# Those whose first plain word is their own argument.
_TAKES_ONE = _table("aws-vault chamber chrt gosu s6-setuidgid setuidgid su-exec taskset timeout "
                    "wait-for wait-for-it")  # fmt: skip
# Those that may be told as much as they like, up to two dashes.
_UP_TO_DASHES = _table("chamber wait-for wait-for-it")


def inner(program: str, words: Words) -> Words:
    """The words of the program that another one starts, of those behind its own name."""
    program = program.removesuffix(".sh").removesuffix("-static")
    if program in _UP_TO_DASHES and "--" in words:
        return words[words.index("--") + 1 :]
    words = _behind_options(program, words)
    return _behind_options(program, words[1:]) if program in _TAKES_ONE else words


def _behind_options(program: str, words: Words) -> Words:
    valued = _VALUED.get(program, frozenset())
    while words and words[0].startswith("-"):
        option, words = words[0], words[1:]
        if option == "--":
            break
        if program == "env" and option in {"-S", "--split-string"} and words:
            return (*split(words[0]), *words[1:])
        if _takes_next(option, valued):
            words = words[1:]
    return words


def _takes_next(option: str, valued: frozenset[str]) -> bool:
    """Whether a value follows: of letters behind one dash, the first that takes one decides."""
    if option in valued or option.startswith("--"):
        return option in valued
    letters = option[1:]
    first = next((n for n, one in enumerate(letters) if f"-{one}" in valued), None)
    return first is not None and first == len(letters) - 1
