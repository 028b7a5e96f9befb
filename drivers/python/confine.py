"""Confines the process that calls it: limits, Landlock and a seccomp filter, from which there is no way back.

The server is confined already. This takes from a fork what only the server needs: starting processes, leaving
its session, and reaching the server and other forks by signals.
"""

import base64
import ctypes
import fcntl
import os
import resource
import struct

libc = ctypes.CDLL(None, use_errno=True)
MIB = 1024 * 1024
# MiB of address space above the memory that a fork may use: the interpreter, its libraries, stacks of threads.
SPACE_MIB = 192

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1, 2, 4, 8, 1 << 14
# Rights to files that each version of Landlock knows, as a count of bits.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
TCP_RIGHTS = 3
SCOPES = 3
PATH_BENEATH = 1

PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
FILTER_MODE = 2


def prepare(policy, fd_min):
    """What every fork applies, made once. The policy says how much memory a fork has and holds the filter."""
    ruleset = None
    if policy["landlock"] != "no":
        try:
            ruleset = fcntl.fcntl(make_ruleset(), fcntl.F_DUPFD, fd_min)
        except OSError:
            if policy["landlock"] == "needed":
                raise
    return Wall(policy, ruleset)


class Wall:
    def __init__(self, policy, ruleset):
        self.memory = policy["memoryMiB"] * MIB
        self.ruleset = ruleset
        self.filter = base64.b64decode(policy["seccomp"]) if policy["seccomp"] else None
        self.own_process = struct.pack("<I", policy["ownProcess"])

    def apply(self, cpu_seconds):
        """Raises OSError if any part of it fails; then nothing may be run."""
        limits = [
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 256),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_DATA, self.memory),
            (resource.RLIMIT_AS, self.memory + SPACE_MIB * MIB),
            (resource.RLIMIT_CPU, cpu_seconds),
        ]
        for name, most in limits:
            lower(name, most)
        os.umask(0o077)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        if self.ruleset is not None:
            system_call(RESTRICT_SELF, self.ruleset, 0)
            os.close(self.ruleset)
        if self.filter is not None:
            install(self.filter.replace(self.own_process, struct.pack("<I", os.getpid())))


def lower(name, most):
    _, hard = resource.getrlimit(name)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(name, (most, most))


def make_ruleset():
    """Reading and running files, as far as the server may; no writing, no TCP, no signal to another process."""
    version = system_call(CREATE_RULESET, None, 0, 1)
    rights = (1 << FILE_RIGHTS[min(version, 5)]) - 1
    parts = [rights]
    if version >= 4:
        parts.append(TCP_RIGHTS)
    if version >= 6:
        parts.append(SCOPES)
    handled = struct.pack("<%dQ" % len(parts), *parts)
    ruleset = system_call(CREATE_RULESET, handled, len(handled), 0)
    allow(ruleset, "/", EXECUTE | READ_FILE | READ_DIR)
    allow(ruleset, os.devnull, (READ_FILE | WRITE_FILE | TRUNCATE) & rights)
    return ruleset


def allow(ruleset, path, rights):
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    system_call(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("<Qi", rights, fd), 0)
    os.close(fd)


def install(code):
    """Installs a filter, which is `struct sock_filter` after `struct sock_filter`."""
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    prctl(PR_SET_SECCOMP, FILTER_MODE, program)


def prctl(option, *values):
    padded = [*map(argument, values), *[ctypes.c_ulong(0)] * (4 - len(values))]
    check(libc.prctl(ctypes.c_int(option), *padded))


def system_call(number, *values):
    return check(libc.syscall(ctypes.c_long(number), *map(argument, values)))


def argument(value):
    if value is None or isinstance(value, bytes):
        return ctypes.c_char_p(value)
    return ctypes.c_ulong(value)


def check(result):
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
