from readiness.environment import Environment
from readiness.model.secret import Secret
from readiness.model.variable import Variable
from readiness.program import Program
from readiness.program.built import Built
from readiness.testing import project

AGENT = "agno.agent.Agent"


def the_only(text: str, name: str = AGENT, **variables: str) -> Built:
    given = {key: Variable(key, "known", Secret(value)) for key, value in variables.items()}
    program = Program(project({"app.py": text}), Environment("production", given, described=True))
    (found,) = program.built(name)
    return found


HEAD = "import os\nfrom agno.agent import Agent\n"


def test_an_option_has_the_value_of_the_environment() -> None:
    text = f'{HEAD}agent = Agent(debug_mode=os.getenv("DEBUG", "no") == "yes")\n'

    assert the_only(text, DEBUG="yes").option("debug_mode").truth is True
    assert the_only(text).option("debug_mode").truth is False


def test_what_is_assigned_later_counts() -> None:
    text = f"{HEAD}agent = Agent(debug_mode=True)\nagent.debug_mode = False\n"

    assert the_only(text).option("debug_mode").truth is False


def test_an_option_that_nobody_gives_is_absent() -> None:
    option = the_only(f"{HEAD}agent = Agent()\n").option("debug_mode")

    assert option.is_given is False
    assert not option.reason


def test_an_option_may_stand_among_arguments_that_are_not_seen() -> None:
    text = f"import json\n{HEAD}agent = Agent(name='a', **json.load(open('/etc/agent')))\n"

    option = the_only(text).option("debug_mode")

    assert option.truth is None
    assert option.reason
    assert the_only(text).option("name").cases[0].known_text == "a"


def test_a_condition_that_nothing_decides_leaves_two_cases() -> None:
    text = f"import flags\n{HEAD}agent = Agent(retries=3 if flags.on() else 0)\n"

    option = the_only(text).option("retries")

    assert {case.plain for case in option.cases} == {0, 3}
    assert "flags.on" in option.reason


def test_an_object_of_a_class_without_a_model_tells_its_own_options() -> None:
    text = (
        f"{HEAD}from agno.tools.shell import ShellTools\n"
        'agent = Agent(tools=[ShellTools(requires_confirmation_tools=["run_shell_command"])])\n'
    )

    (tools,) = the_only(text).option("tools").cases
    (tool,) = tools.items[0].cases

    assert tool.is_a("ShellTools")
    assert tool.built is not None
    assert tool.built.option("requires_confirmation_tools").truth is True


def test_what_each_request_builds_names_its_function() -> None:
    text = f"{HEAD}app = make()\n\n@app.get('/')\ndef answer(q):\n    return Agent(session_id=q)\n"

    made = the_only(f"from web import make\n{text}")

    assert made.within is not None
    assert made.within[0] == "answer()"
    assert the_only(f"{HEAD}agent = Agent()\n").within is None


def test_the_variables_of_the_process_are_those_of_that_moment() -> None:
    text = f'{HEAD}os.environ["os_security_key"] = "k"\nagent = Agent()\ndel os.environ["X"]\n'

    made = the_only(text, X="1")

    assert made.variable("OS_SECURITY_KEY").truth is True
    assert made.variable("X").truth is True
    assert made.variable("OTHER").is_given is False


def test_a_copy_that_differs_in_nothing_is_no_site_of_its_own() -> None:
    same = f"{HEAD}agent = Agent(debug_mode=True)\nother = agent.deep_copy()\n"
    changed = f"{HEAD}agent = Agent()\nother = agent.deep_copy(update={{'debug_mode': True}})\n"

    assert the_only(same).at.line == 3
    program = Program(project({"app.py": changed}), Environment("production"))
    assert [one.option("debug_mode").truth for one in program.built(AGENT)] == [False, True]


def test_a_secret_is_not_shown() -> None:
    case = the_only(f"{HEAD}agent = Agent(name='hunter2')\n").option("name").cases[0]

    assert "hunter2" not in repr(case)


def test_what_a_loop_over_the_unknown_builds_is_any_number() -> None:
    loop = f"import specs\n{HEAD}for one in {{}}:\n    Agent(name='a')\n"
    listed = f"import specs\n{HEAD}all_ = [Agent(name='a') for one in {{}}]\n"
    mapped = f"import specs\n{HEAD}all_ = list(map(lambda one: Agent(name='a'), {{}}))\n"

    for text in (loop, listed, mapped):
        assert the_only(text.format("specs.all()")).repeated
        assert not the_only(text.format("[1]")).repeated
