"""What a call writes to `sys.stdout`, gathered up to a limit."""

import io


class Capture:
    """Gives a call a stdout and takes from it what was printed; `flooded` is called when that is too much."""

    def __init__(self, limit, flooded):
        self.raw = Raw(limit, flooded)
        self.stream = None

    def open(self):
        """The stream for the next call: the last one, unless a program has closed it."""
        self.raw.data = bytearray()
        if type(self.stream) is io.TextIOWrapper and not self.stream.closed:
            return self.stream
        self.stream = io.TextIOWrapper(
            self.raw, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
        )
        return self.stream

    def take(self):
        return self.raw.data.decode("utf-8", "replace")


class Raw(io.RawIOBase):
    """Keeps what is written; it stays open, as streams of earlier calls may share it."""

    def __init__(self, limit, flooded):
        self.limit = limit
        self.flooded = flooded
        self.data = bytearray()

    def writable(self):
        return True

    def close(self):
        pass

    @property
    def closed(self):
        return False

    def write(self, data):
        self.data += data
        if len(self.data) > self.limit:
            self.flooded()
        return len(data)
