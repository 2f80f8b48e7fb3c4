class Empty(Exception):
    pass


class Full(Exception):
    pass


class Queue:
    def __init__(self, maxsize=0):
        self._held = []

    def put(self, item, block=True, timeout=None):
        self._held.append(item)

    def put_nowait(self, item):
        self._held.append(item)

    def get(self, block=True, timeout=None):
        if not self._held:
            raise Empty
        return self._held.pop(0)

    def get_nowait(self):
        return self.get()

    def qsize(self):
        return len(self._held)

    def empty(self):
        return not self._held

    def task_done(self):
        return None

    def join(self):
        return None


SimpleQueue = Queue


class LifoQueue(Queue):
    def get(self, block=True, timeout=None):
        if not self._held:
            raise Empty
        return self._held.pop()
