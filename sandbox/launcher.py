"""Does what launcher.pl does, by the same words, where there is no Perl. As a module it gives `Policy` and
`confine`, with which a server confines each process that it starts."""

import ctypes
import os
import struct
import sys

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


class Fault(Exception):
    """A step of the confinement failed; nothing may be run."""


class Policy:
    """The words up to "--", by kind; `rest` is what follows."""

    def __init__(self, words):
        self.calls, self.limits, self.paths, self.values, self.rest = {}, [], [], {}, []
        words = iter(words)
        for word in words:
            if word == "--":
                self.rest = list(words)
                break
            key, _, value = word.partition("=")
            if key.startswith("call."):
                self.calls[key[5:]] = int(value)
            elif key == "limit":
                self.limits.append(tuple(map(int, value.split(":"))))
            elif key == "path":
                rights, _, path = value.partition(":")
                self.paths.append((int(rights), path))
            else:
                self.values[key] = value

    def number(self, key):
        return int(self.values.get(key, "0"))

    def call(self, name, *args):
        args = [arg if isinstance(arg, bytes) else ctypes.c_ulong(arg) for arg in args]
        return libc.syscall(ctypes.c_long(self.calls[name]), *args)

    def must(self, name, *args):
        result = self.call(name, *args)
        if result == -1:
            raise Fault(name + ": " + os.strerror(ctypes.get_errno()))
        return result


def confine(policy, parent):
    """Confines this process, a child of `parent`. Raises Fault, and then nothing may be run."""
    os.umask(0o077)
    policy.must("close_range", 3, 0xFFFFFFFF, 4)
    for kind, soft, hard in policy.limits:
        policy.must("prlimit64", 0, kind, struct.pack("QQ", soft, hard), 0)
    if "user" in policy.values:
        become(policy)
    policy.must("prctl", 1, 9, 0, 0, 0)
    if os.getppid() != parent:
        raise Fault("outer")
    policy.must("prctl", 38, 1, 0, 0, 0)
    if "landlock" in policy.values:
        landlock(policy)
    if "user" not in policy.values:
        capabilities(policy, 0)
    if "filter" in policy.values:
        install(policy)


def become(policy):
    user, keep = map(int, policy.values["user"].split(":"))
    policy.must("prctl", 8, 1, 0, 0, 0)
    for capability in range(64):
        if not keep >> capability & 1 and policy.call("prctl", 24, capability, 0, 0, 0) == -1:
            break
    policy.must("setgroups", 0, 0)
    policy.must("setresgid", user, user, user)
    policy.must("setresuid", user, user, user)
    capabilities(policy, keep)
    for capability in range(32):
        if keep >> capability & 1:
            policy.must("prctl", 47, 2, capability, 0, 0)


def capabilities(policy, keep):
    header = struct.pack("Ii", 0x20080522, 0)
    policy.must("capset", header, struct.pack("6I", keep, keep, keep, 0, 0, 0))


def landlock(policy):
    attributes = bytes.fromhex(policy.values["landlock"])
    rules = policy.must("landlock_create_ruleset", attributes, len(attributes), 0)
    for rights, path in policy.paths:
        try:
            file = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        policy.must("landlock_add_rule", rules, 1, struct.pack("=Qi", rights, file), 0)
        os.close(file)
    policy.must("landlock_restrict_self", rules, 0)
    os.close(rules)


def install(policy):
    program = bytearray.fromhex(policy.values["filter"])
    own = struct.pack("I", policy.number("self"))
    for at in range(4, len(program), 8):
        if program[at : at + 4] == own:
            program[at : at + 4] = struct.pack("I", os.getpid())
    lines = ctypes.create_string_buffer(bytes(program), len(program))
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(lines))
    policy.must("prctl", 22, 2, header, 0, 0)


def main(words):
    policy = Policy(words)
    if "ask" in policy.values:
        print(max(0, policy.call("landlock_create_ruleset", 0, 0, 1)))
        return 0
    report = policy.number("report")
    try:
        policy.must("prctl", 1, 9, 0, 0, 0)
        if policy.number("parent") and os.getppid() != policy.number("parent"):
            raise Fault("parent")
        policy.must("prctl", 4, 0, 0, 0, 0)
        outer = os.getpid()
        pid = os.fork()
        if pid:
            return attend(policy, pid, report)
        confine(policy, outer)
        os.execve(policy.rest[0], policy.rest, os.environ)
    except (Fault, OSError) as error:
        if report:
            os.write(report, ("fault %s\n" % error).encode())
        os._exit(126)


def attend(policy, pid, report):
    null = os.open("/dev/null", os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    if report:
        policy.must("close_range", report + 1, 0xFFFFFFFF, 0)
    _, status, usage = os.wait4(pid, 0)
    micros = int((usage.ru_utime + usage.ru_stime) * 1e6)
    if report:
        os.write(report, ("ended %d %d %d\n" % (status, micros, usage.ru_maxrss)).encode())
    return 128 + (status & 127) if status & 127 else status >> 8


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
