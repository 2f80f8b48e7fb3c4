class StringIO:
    _empty, _break = "", "\n"

    def __init__(self, initial_value=None, newline="\n"):
        self._held = self._empty if initial_value is None else initial_value
        self._at, self.closed = 0, False

    def write(self, text):
        before, after = self._held[: self._at], self._held[self._at + len(text) :]
        self._held = before + text + after
        self._at += len(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def getvalue(self):
        return self._held

    def read(self, size=-1):
        end = len(self._held) if size is None or size < 0 else self._at + size
        found, self._at = self._held[self._at : end], min(end, len(self._held))
        return found

    def readline(self):
        found = self._held.find(self._break, self._at)
        return self.read(-1 if found < 0 else found + 1 - self._at)

    def readlines(self):
        return list(self)

    def __iter__(self):
        while line := self.readline():
            yield line

    def seek(self, offset, whence=0):
        self._at = offset + (0, self._at, len(self._held))[whence]
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._held = self._held[: self._at if size is None else size]
        return len(self._held)

    def flush(self):
        return None

    def close(self):
        self.closed = True

    def isatty(self):
        return False

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()


class BytesIO(StringIO):
    _empty, _break = b"", b"\n"
