"""Which word of a command is the program, behind programs that start another one."""

import pytest

from readiness.deployment.wrappers import bare

_WRAPPED = [
    "sudo -u app", "sudo -Eu app", "sudo -E --user=app", "sudo --user app -g web --",
    "sudo -n -H", "nice", "nice -n 10", "nice -10", "nice -n10", "nice --adjustment 5",
    "env -u X", "env -i", "env - ", "env --unset=X -C /app", "env -S",
    "timeout 5", "timeout -k 3 5", "timeout -s TERM --foreground 5m", "timeout --signal=INT -- 5",
    "su-exec app", "su-exec app:web", "gosu app", "s6-setuidgid app", "chpst -u app",
    "setpriv --reuid app --clear-groups", "setpriv --reuid=app --init-groups --",
    "tini -g --", "tini -s -g", "tini -p SIGTERM -vv --", "tini -e 143 --", "/sbin/tini-static --",
    "dumb-init --", "dumb-init -c", "dumb-init -r 15:3 --",
    "dumb-init --rewrite 15:3 --single-child",
    "ionice -c2", "ionice -c 2 -n 7", "ionice -c2 -n7 -t", "exec", "exec -a web", "exec -c",
    "stdbuf -oL -eL", "stdbuf -o 0", "time -f %e", "nohup", "setsid -w", "chrt -f 10",
    "taskset -c 0,1", "xvfb-run -a -s '-screen 0'", "command", "catatonit --",
    "wait-for-it db:5432 -t 30 --", "wait-for-it.sh -h db -p 5432 -s --", "wait-for db:1 --",
    "dockerize -wait tcp://db:5432 -timeout 30s", "chamber exec shop web --",
    "doppler run -p shop --", "doppler run --", "conda run -n shop --no-capture-output",
    "micromamba run -n shop", "op run --env-file=.env --", "aws-vault exec shop --",
    "aws-vault exec -d 1h shop", "newrelic-admin run-program", "poetry run", "ddtrace-run",
    "opentelemetry-instrument --traces_exporter console --service_name shop",
    "sudo -u app env -u X nice -n 5", "tini -g -- gosu app timeout -k 1 9",
]  # fmt: skip
_PROGRAMS = [
    ("python", "x.py"),
    ("python", "x.py", "--", "y"),
    ("./main.py", "-u", "app", "--", "python", "y.py"),
    ("gunicorn", "-c", "conf.py", "app.main:app"),
]


@pytest.mark.parametrize("wrapper", _WRAPPED)
@pytest.mark.parametrize("program", _PROGRAMS)
def test_the_program_stands_behind_what_is_its_wrappers_own(
    wrapper: str, program: tuple[str, ...]
) -> None:
    words = wrapper.replace("'-screen 0'", "-screen_0").split()
    if wrapper == "env -S":
        assert bare((*words, " ".join(program), "more")) == ((), (*program, "more"))
    else:
        assert bare((*words, *program)) == ((), program)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sudo -u python x.py", ("x.py",)),
        ("sudo -n python x.py", ("python", "x.py")),
        ("nice -n python x.py", ("x.py",)),
        ("nice -5 python x.py", ("python", "x.py")),
        ("timeout python x.py", ("x.py",)),
        ("tini -g python x.py", ("python", "x.py")),
        ("tini -e python x.py", ("x.py",)),
        ("exec -a python x.py", ("x.py",)),
        ("exec -l python x.py", ("python", "x.py")),
    ],
)
def test_what_an_option_takes_is_no_program(line: str, expected: tuple[str, ...]) -> None:
    assert bare(tuple(line.split()))[1] == expected


@pytest.mark.parametrize("wrapper", ["env", "env -u X", "env -i", "sudo -u app", "env -S"])
def test_what_is_assigned_behind_options_is_the_programs(wrapper: str) -> None:
    rest = ("A=1 B=2 python x.py",) if wrapper == "env -S" else ("A=1", "B=2", "python", "x.py")

    assert bare((*wrapper.split(), *rest)) == ((("A", "1"), ("B", "2")), ("python", "x.py"))
