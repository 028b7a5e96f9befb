"""The fork server: a warm interpreter that forks once for each job and confines each fork.

Nothing of a job stays in the memory of the server, which the next fork inherits: jobs and results go through
buffers that are overwritten after each job, and only a fork parses what they hold.

Frames go to stdout: one byte for the kind, four for the length (little endian), then the bytes.
`R` has lines of the fork, `O` what the program wrote to its own stdout, `E` as JSON how the fork ended.
"""

import errno
import fcntl
import gc
import json
import os
import select
import signal
import struct
import time

# Milliseconds between two looks at a fork, at first and later.
PAUSE_MIN_MS = 1
POLL_MS = 25
# Bytes between two looks that show that a fork may wait for room in its pipe.
PIPE_BUSY = 32768
# Seconds for a fork that has closed its pipes to be gone.
LEAVE_SECONDS = 0.2
RESULT_FD = 3
PRACTICE_CALLS = 20
# The server's own descriptors are below; the ruleset is above.
FD_MAX = 64
# Exit status of a fork that could not be confined and has run nothing.
NOT_CONFINED = 97


def serve(driver, confine, header_size):
    """Takes jobs until stdin ends. The first message holds the policy for the forks."""
    policy = driver.parse(read_message(header_size, bytearray(65536))[1])
    wall = confine.prepare(policy, FD_MAX)
    say(b"E", json.dumps({"ready": True}).encode())
    job = bytearray(1 << 20)
    relay = bytearray(65536)
    practise(driver)
    gc.collect()
    gc.freeze()
    while True:
        message = read_message(header_size, job)
        if message is None:
            return
        numbers, view = message
        say(b"E", json.dumps(run(driver, wall, numbers, (view, relay))).encode())
        clean(view)
        clean(relay)


def practise(driver):
    """Runs a small program of ours, so that every fork begins with an interpreter that has done it all before."""
    program = "def f(x):\n    print(x)\n    return [x, (1.5, {'a': {x}})]"
    call = {"kind": "call", "name": "f", "args": [{"list": [{"int": "1"}, "a", {"float": "1.5"}]}]}
    job = {"files": [{"path": None, "text": program}], "calls": [call] * PRACTICE_CALLS, "printedMaxBytes": 4096}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    driver.run(driver.parse(json.dumps(job).encode()), nowhere)
    os.close(nowhere)


def clean(view):
    view[:] = bytes(len(view))


def read_message(header_size, buffer):
    """The numbers of the header, and a view of the bytes that follow it; None when stdin has ended."""
    header = bytearray(header_size)
    if not fill(header):
        return None
    numbers = [int(part) for part in header.split()]
    size = numbers[0] + numbers[1]
    target = memoryview(buffer)[:size] if size <= len(buffer) else memoryview(bytearray(size))
    fill(target)
    return numbers, target


def fill(buffer):
    view = memoryview(buffer)
    have = 0
    while have < len(view):
        count = os.readv(0, [view[have:]])
        if count == 0:
            return False
        have += count
    return True


def say(kind, data):
    head = kind + struct.pack("<I", len(data))
    rest = [head, data]
    written = os.writev(1, rest)
    if written < len(head):
        write_all(head[written:])
        written = len(head)
    write_all(memoryview(data)[written - len(head) :])


def write_all(data):
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def run(driver, wall, numbers, buffers):
    view, relay = buffers
    result, out, stdin = os.pipe(), os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        be_fork(driver, wall, (view, numbers), (stdin[0], out[1], result[1]))
    for fd in (result[1], out[1], stdin[0]):
        os.close(fd)
    begin = time.monotonic()
    feed = Feed(stdin[1], view[numbers[0] :])
    try:
        reason = Watch(pid, numbers).relay({result[0]: b"R", out[0]: b"O"}, relay, feed)
    finally:
        os.close(result[0])
        os.close(out[0])
        feed.close()
        status, usage = leave(pid)
    return {
        "reason": reason,
        "status": os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status),
        "cpuMs": round((usage.ru_utime + usage.ru_stime) * 1000),
        "wallMs": round((time.monotonic() - begin) * 1000),
        "maxRssKiB": usage.ru_maxrss,
    }


class Watch:
    """Passes on what a fork writes and ends it when a call takes too long or it writes too much."""

    def __init__(self, pid, numbers):
        self.cpu_max, self.wall_max, self.bytes_max = numbers[2:5]
        self.pid = pid
        # The kernel's number of the CPU clock of a process: clock_getcpuclockid(3).
        self.clock = (~pid << 3) | 2

    def relay(self, pipes, buffer, feed):
        """Returns the limit that the fork broke, or None when it has closed its pipes."""
        poll = select.poll()
        feed.register(poll)
        for fd in pipes:
            os.set_blocking(fd, False)
            # Not for every line, which would cost more than many a call, but when the fork has closed the pipe.
            poll.register(fd, 0)
        is_open = set(pipes)
        pause = PAUSE_MIN_MS
        self.begin()
        while is_open:
            ready = [fd for fd, _ in poll.poll(pause)]
            if feed.fd in ready:
                feed.write(poll)
            count = 0
            for fd in list(is_open):
                count += self.drain(fd, pipes[fd], buffer)
                if fd in ready:
                    poll.unregister(fd)
                    is_open.discard(fd)
            if self.bytes_max < 0:
                return "output"
            if self.cpu() - self.cpu_begin > self.cpu_max:
                return "cpu"
            if (time.monotonic() - self.wall_begin) * 1000 > self.wall_max:
                return "wall"
            # A fork that fills its pipe waits for us.
            pause = PAUSE_MIN_MS if count > PIPE_BUSY else min(pause * 2, POLL_MS)
        return None

    def drain(self, fd, kind, buffer):
        """Passes on what there is; returns how many bytes that were."""
        total = 0
        while self.bytes_max >= 0:
            try:
                count = os.readv(fd, [buffer])
            except BlockingIOError:
                break
            if count == 0:
                break
            total += count
            self.bytes_max -= count
            say(kind, memoryview(buffer)[:count])
        if total and kind == b"R":
            self.begin()
        return total

    def begin(self):
        self.cpu_begin = self.cpu()
        self.wall_begin = time.monotonic()

    def cpu(self):
        try:
            return time.clock_gettime(self.clock) * 1000
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ESRCH):
                raise
            return 0


class Feed:
    """Writes what a program reads on stdin, as fast as it reads."""

    def __init__(self, fd, data):
        self.fd = fd
        self.data = data
        if not data:
            self.close()

    def register(self, poll):
        if self.fd is not None:
            os.set_blocking(self.fd, False)
            poll.register(self.fd, select.POLLOUT)

    def write(self, poll):
        try:
            self.data = self.data[os.write(self.fd, self.data) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self.data = b""
        if not self.data:
            poll.unregister(self.fd)
            self.close()

    def close(self):
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None


def leave(pid):
    """Waits a moment for the fork to go by itself, then kills it and its group."""
    end = time.monotonic() + LEAVE_SECONDS
    pause = 0.0001
    while time.monotonic() < end:
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            kill_group(pid)
            return status, usage
        time.sleep(pause)
        pause = min(pause * 2, 0.01)
    kill_group(pid)
    os.kill(pid, signal.SIGKILL)
    _, status, usage = os.wait4(pid, 0)
    return status, usage


def kill_group(pid):
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def be_fork(driver, wall, job, pipes):
    """Never returns: the fork confines itself, runs the job and leaves."""
    try:
        os.setsid()
        view, numbers = job
        parsed = driver.parse(view[: numbers[0]])
        clean(view)
        place(pipes, driver.is_program(parsed))
        wall.apply(numbers[5])
    except BaseException:
        os._exit(NOT_CONFINED)
    try:
        driver.run(parsed, RESULT_FD)
    finally:
        os._exit(0)


def place(pipes, is_program):
    """Gives the fork its descriptors and closes those of the server, except the ruleset, which `apply` closes."""
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD, FD_MAX) for fd in pipes]
    nothing = os.open(os.devnull, os.O_RDWR)
    stdin, out, result = high
    os.dup2(stdin if is_program else nothing, 0)
    os.dup2(out if is_program else nothing, 1)
    os.dup2(nothing, 2)
    os.dup2(result, RESULT_FD)
    os.closerange(RESULT_FD + 1, FD_MAX)
    for fd in high:
        os.close(fd)
