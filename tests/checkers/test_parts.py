"""The parts of a piece of the source: every call and statement is in one of them."""

import ast

from readiness.checkers.parts import parts_of

SOURCE = """
import a
class C(B, metaclass=m(1)):
    x: t(2) = f(3)
    @d(4)
    async def g(self, p: q(5) = r(6), *, k=s(7)) -> u(8):
        for i in v(9):
            if not w(10) or a < b(11) and -c(12):
                continue
        async with e(13) as h:
            await j(14)[l(15):o(16)]
        try:
            return [y(z) for z in n(17) if aa(18)]
        except (ee(19), E) as error:
            raise ff(20) from gg(21)
    match hh(22):
        case D(k=1) if ii(23):
            jj.kk(24).ll(lambda mm=nn(25): {oo(26): f"{pp(27)}", **qq(28)})
"""


def test_what_is_looked_for_is_in_the_same_order_as_in_all_parts() -> None:
    assert [*_found(ast.parse(SOURCE), parts_of)] == [*_found(ast.parse(SOURCE), _all)]
    assert len([*_found(ast.parse(SOURCE), parts_of)]) > 40


def test_a_name_is_no_part() -> None:
    (statement,) = ast.parse("f(a, 1, b.c, d[e])").body

    assert [ast.unparse(one) for one in parts_of(parts_of(statement)[0])] == ["b.c", "d[e]"]


def _all(node: ast.AST) -> list[ast.AST]:
    return [*ast.iter_child_nodes(node)]


def _found(node: ast.AST, parts: object) -> list[str]:
    assert callable(parts)
    found: list[str] = []
    for child in parts(node):
        if isinstance(child, ast.Call | ast.stmt) and not isinstance(child, ast.Continue):
            found.append(f"{type(child).__name__} {child.lineno}:{child.col_offset}")
        found += _found(child, parts)
    return found
