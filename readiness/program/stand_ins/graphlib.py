class CycleError(ValueError):
    pass


class TopologicalSorter:
    def __init__(self, graph=None):
        self._before = {}
        self._done = []
        self._out = []
        self._open = False
        if graph is not None:
            for node, before in graph.items():
                self.add(node, *before)

    def add(self, node, *predecessors):
        if self._open:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        held = self._before.setdefault(node, [])
        for one in predecessors:
            self._before.setdefault(one, [])
            if one not in held:
                held.append(one)

    def prepare(self):
        self._open = True
        left = {node: list(before) for node, before in self._before.items()}
        while left:
            free = [node for node, before in left.items() if not any(b in left for b in before)]
            if not free:
                raise CycleError("nodes are in a cycle", list(left))
            for node in free:
                del left[node]

    def get_ready(self):
        found = [
            node
            for node, before in self._before.items()
            if node not in self._out and all(one in self._done for one in before)
        ]
        self._out.extend(found)
        return tuple(found)

    def done(self, *nodes):
        self._done.extend(nodes)

    def is_active(self):
        return len(self._done) < len(self._before)

    def __bool__(self):
        return self.is_active()

    def static_order(self):
        self.prepare()
        while self.is_active():
            ready = self.get_ready()
            yield from ready
            self.done(*ready)
