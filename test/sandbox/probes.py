"""Attempts to leave a sandbox, one for each name: prints "begin", then "ESCAPED ..." or "blocked ...".

usage: probes.py list | probes.py NAME JSON. Each names its class and whether it may run unconfined as its own
twin, which must escape: then the probe is known to probe something.
"""

import ctypes
import errno
import json
import os
import platform
import signal
import socket
import struct
import sys

P = {}
PROBES = {}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
REFUSED = (errno.EPERM, errno.ENOSYS, errno.EACCES)


def probe(kind, twin=False, x64=False):
    def add(run):
        PROBES[run.__name__] = {"kind": kind, "twin": twin, "x64": x64, "run": run}
        return run

    return add


def sc(number, *args):
    """A system call; truthy when the kernel took it up, whatever came of it."""
    values = [arg if isinstance(arg, bytes) else ctypes.c_long(arg) for arg in args]
    result = libc.syscall(ctypes.c_long(number), *values)
    code = ctypes.get_errno() if result == -1 else 0
    return None if code in REFUSED else "result %d errno %d" % (result, code)


def raw(kind, number, *args, **options):
    def make(name):
        def run():
            return sc(number, *args)

        run.__name__ = name
        return probe(kind, x64=True, **options)(run)

    return make


def read(path):
    with open(path, "rb") as file:
        return file.read(64)


# --- network


@probe("network", twin=True)
def tcp_connect():
    with socket.create_connection(("127.0.0.1", P["tcp"]), 2):
        return "connected"


@probe("network", twin=True)
def tcp_listen():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        return s.getsockname()


@probe("network", twin=True)
def udp_send():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        return s.sendto(b"\0", ("127.0.0.1", P["tcp"]))


@probe("network", twin=True)
def dns_question():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        return s.sendto(b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01a\0\0\x01\0\x01", ("127.0.0.1", 53))


@probe("network", twin=True)
def unix_path():
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(P["unix"])
        return "connected"


@probe("network", twin=True)
def unix_abstract():
    with socket.socket(socket.AF_UNIX) as s:
        s.bind("\0orchestrator-probe-%d" % os.getpid())
        return "bound"


@probe("network")
def unix_datagram_pair():
    first, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    return "pair of datagrams"


@probe("network")
def unix_sequential_pair():
    first, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    return "pair of sequences"


@probe("network")
def pair_connects_elsewhere():
    first, _ = socket.socketpair()
    first.connect(P["unix"])
    return "connected"


@probe("network")
def stdin_connects_elsewhere():
    socket.socket(fileno=0).connect(P["unix"])
    return "connected"


@probe("network", twin=True)
def vsock():
    return socket.socket(40, socket.SOCK_STREAM)


@probe("network", twin=True)
def netlink():
    return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)


@probe("network")
def packet_socket():
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


@probe("network")
def alg_socket():
    return socket.socket(38, socket.SOCK_SEQPACKET)


# --- reading


@probe("read", twin=True)
def passwd():
    return read("/etc/passwd")


@probe("read", twin=True)
def ssh_key():
    return read(P["home"] + "/.ssh/id_ed25519")


@probe("read", twin=True)
def hidden_tests():
    return read(P["hidden"] + "/test_hidden.py")


@probe("read", twin=True)
def list_home():
    return os.listdir(P["home"])


@probe("read", twin=True)
def link_in_job():
    return read(P["job"] + "/link")


@probe("read")
def proc_root():
    return read("/proc/self/root" + P["home"] + "/.ssh/id_ed25519")


@probe("read")
def dot_dot():
    return read(P["job"] + "/../home/.ssh/id_ed25519")


@probe("read")
def chdir_then_relative():
    os.chdir(P["home"])
    return read(".ssh/id_ed25519")


@probe("read", twin=True)
def secret_in_parent():
    for pid in [os.getppid(), P["parent"]]:
        try:
            if b"PROBE_SECRET" in open("/proc/%d/environ" % pid, "rb").read():
                return "read"
        except OSError:
            pass


@probe("read")
def secret_in_environment():
    return [name for name in os.environ if "SECRET" in name or "TOKEN" in name or "KEY" in name]


@probe("read")
def parent_memory():
    return open("/proc/%d/mem" % P["parent"], "rb")


@probe("read", twin=True)
def parent_descriptors():
    for pid in [os.getppid(), P["parent"]]:
        try:
            return os.listdir("/proc/%d/fd" % pid)
        except OSError:
            pass


@probe("write")
def forge_report():
    for pid in [os.getppid(), 1, 2, 3]:
        try:
            with open("/proc/%d/fd/3" % pid, "w") as file:
                file.write("ended 0 0 0\n")
                return "written"
        except OSError:
            pass


@probe("read")
def memory_of_launcher():
    for pid in [os.getppid(), 1, 2]:
        try:
            return open("/proc/%d/mem" % pid, "r+b") and open("/proc/%d/environ" % pid, "rb").read(1)
        except OSError:
            pass


@probe("read", twin=True)
def parent_command_line():
    for pid in [os.getppid(), P["parent"]]:
        try:
            return open("/proc/%d/cmdline" % pid).read()
        except OSError:
            pass


@probe("read", twin=True)
def parent_folder():
    for pid in [os.getppid(), P["parent"]]:
        try:
            return os.readlink("/proc/%d/cwd" % pid)
        except OSError:
            pass


@probe("read", twin=True)
def processes_listed():
    return os.listdir("/proc")


@probe("read", twin=True)
def shared_tmp():
    return os.listdir("/tmp")


@probe("read", twin=True)
def boot_id():
    return read("/proc/sys/kernel/random/boot_id")


@probe("read", twin=True)
def environment_of_system():
    return os.listdir("/etc")


@probe("read", twin=True)
def user_attribute():
    return os.listxattr(P["own"]) or "asked"


@probe("read", twin=True)
def sys_folder():
    return os.listdir("/sys")


@probe("read")
def block_devices():
    return [open("/dev/" + name, "rb") for name in ("vda", "sda", "mem", "kmsg", "fuse", "kvm") if os.path.exists("/dev/" + name)]


@probe("read", twin=True)
def system_programs():
    return os.listdir("/usr/bin")


handle_at = raw("read", 304, -100, b"\0" * 64, 0)("handle_at")
name_to_handle = raw("read", 303, -100, b"/etc\0", b"\0" * 64, b"\0" * 8, 0, twin=True)("name_to_handle")
openat2 = raw("read", 437, -100, b"/etc/passwd\0", b"\0" * 24, 24, twin=True)("openat2")
inotify = raw("read", 294, 0, twin=True)("inotify")
fanotify = raw("read", 300, 0x200, 0)("fanotify")


@probe("read")
def inherited_descriptors():
    script = os.stat(__file__).st_ino
    found = []
    for number in range(3, 1024):
        try:
            if os.fstat(number).st_ino != script:
                found.append(number)
        except OSError:
            pass
    return found


# --- writing


def writes(name, run):
    run.__name__ = name
    return probe("write", twin=True)(run)


writes("write_outside", lambda: open(P["outside"] + "/new", "w").write("x"))
writes("write_tmp", lambda: open("/tmp/orchestrator-probe-%d" % os.getpid(), "w").write("x") and (os.unlink("/tmp/orchestrator-probe-%d" % os.getpid()) or 1))
writes("write_shm", lambda: open("/dev/shm/orchestrator-probe-%d" % os.getpid(), "w").write("x") and (os.unlink("/dev/shm/orchestrator-probe-%d" % os.getpid()) or 1))
writes("append_own", lambda: open(P["own"], "a").write(""[:0]) == 0)
writes("write_job", lambda: open(P["job"] + "/new", "w").write("x"))
writes("write_job_file", lambda: open(P["job"] + "/data", "r+").write("x"))
writes("make_folder", lambda: os.mkdir(P["outside"] + "/folder") is None)
writes("make_link", lambda: os.symlink("/etc/passwd", P["outside"] + "/symlink") is None)
writes("make_hard_link", lambda: os.link(P["own"], P["outside"] + "/hard") is None)
writes("make_pipe", lambda: os.mkfifo(P["outside"] + "/fifo") is None)
writes("rename_file", lambda: os.rename(P["outside"] + "/a", P["outside"] + "/b") is None)
writes("remove_file", lambda: os.unlink(P["outside"] + "/c") is None)
writes("remove_folder", lambda: os.rmdir(P["outside"] + "/empty") is None)
writes("change_mode", lambda: os.chmod(P["own"], 0o777) is None)
writes("change_times", lambda: os.utime(P["own"], (1, 1)) is None)
writes("change_length", lambda: os.truncate(P["own"], 0) is None)
writes("change_attribute", lambda: os.setxattr(P["own"], "user.probe", b"1") is None)
writes("nameless_file", lambda: os.open(P["outside"], os.O_TMPFILE | os.O_RDWR) > 0)
writes("memory_file", lambda: os.memfd_create("x") > 0)
writes("change_owner", lambda: os.chown(P["own"], os.getuid(), os.getgid()) is None)
writes("many_files", lambda: [open(P["outside"] + "/many%d" % i, "w") for i in range(20)])


@probe("write", twin=True)
def change_mode_by_descriptor():
    with open(P["job"] + "/data") as file:
        os.fchmod(file.fileno(), 0o640)
        return "changed"


@probe("write", twin=True)
def change_times_by_descriptor():
    with open(P["job"] + "/data") as file:
        os.utime(file.fileno(), (1, 1))
        return "changed"


@probe("write")
def reopen_by_proc():
    with open(P["job"] + "/data") as file:
        return open("/proc/self/fd/%d" % file.fileno(), "r+").write("x")


@probe("write")
def score_of_out_of_memory():
    return open("/proc/self/oom_score_adj", "w").write("-1")


@probe("write")
def device_node():
    os.mknod(P["outside"] + "/null", 0o20666, os.makedev(1, 3))
    return "made"


message_queue = raw("write", 240, b"probe\0", 0x42, 0o600, 0)("message_queue")


# --- processes


@probe("process", twin=True)
def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "forked"


@probe("process", twin=True)
def shell():
    return os.system("exit 0") == 0


@probe("process", twin=True)
def spawn():
    pid = os.posix_spawn("/bin/true", ["true"], {})
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@probe("process", twin=True)
def subprocess_run():
    import subprocess

    return subprocess.run(["/bin/true"]).returncode == 0


@probe("process", twin=True)
def multiprocess():
    import multiprocessing

    child = multiprocessing.get_context("fork").Process(target=int)
    child.start()
    child.join()
    return child.exitcode == 0


@probe("process", twin=True)
def become_shell():
    sys.stdout.flush()
    os.execv("/bin/sh", ["sh", "-c", "echo ESCAPED by a shell"])


@probe("process", twin=True)
def become_shell_by_loader():
    sys.stdout.flush()
    loader = "/lib64/ld-linux-x86-64.so.2"
    loader = loader if os.path.exists(loader) else "/lib/ld-linux-aarch64.so.1"
    os.execv(loader, [loader, "/bin/sh", "-c", "echo ESCAPED by a shell"])


@probe("process")
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.pause()
    return "left"


@probe("process")
def new_session():
    try:
        os.setsid()
        return "session"
    except PermissionError:
        os.setpgid(0, 0)
        return "group"


@probe("process")
def outlives_parent():
    # PR_SET_PDEATHSIG
    return libc.prctl(1, 0, 0, 0, 0) == 0


clone_fork = raw("process", 56, 17, 0, 0, 0, 0)("clone_fork")
clone3 = raw("process", 435, b"\0" * 88, 88, twin=True)("clone3")
execveat = raw("process", 322, 3, b"\0", 0, 0, 0x1000, twin=True)("execveat")


@probe("signal", twin=True)
def signal_parent():
    os.kill(P["parent"], 0)
    return "allowed"


@probe("signal", twin=True)
def signal_own_parent():
    os.kill(os.getppid(), 0)
    return "allowed"


@probe("signal", twin=True)
def signal_group():
    os.killpg(0, 0)
    return "allowed"


@probe("signal", twin=True)
def signal_all():
    # Signal 0 to everybody.
    os.kill(-1, 0)
    return "allowed"


@probe("signal", twin=True)
def signal_thread_of_parent():
    for pid in (os.getppid(), P["parent"]):
        found = sc(234, pid, pid, 0) if platform.machine() == "x86_64" else None
        if found and "errno 3" not in found:
            return found


@probe("signal", twin=True)
def signal_by_descriptor():
    return signal.pidfd_send_signal(os.pidfd_open(P["parent"]), 0) is None


@probe("signal", twin=True)
def signal_by_owner():
    import fcntl

    reading, _ = os.pipe()
    return fcntl.fcntl(reading, fcntl.F_SETOWN, os.getppid()) == 0


@probe("signal")
def open_inspector():
    os.kill(P["parent"], signal.SIGUSR1)
    return "sent"


queued_signal = raw("signal", 129, 1, 0, b"\0" * 128)("queued_signal")
thread_signal = raw("signal", 200, 1, 0)("thread_signal")


@probe("parent", twin=True)
def limits_of_parent():
    import resource

    return resource.prlimit(P["parent"], resource.RLIMIT_NOFILE)


@probe("parent", twin=True)
def affinity_of_parent():
    os.sched_setaffinity(P["parent"], os.sched_getaffinity(P["parent"]))
    return "set"


@probe("parent", twin=True)
def priority_of_parent():
    os.setpriority(os.PRIO_PROCESS, P["parent"], os.getpriority(os.PRIO_PROCESS, P["parent"]))
    return "set"


@probe("parent", twin=True)
def own_schedule():
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    return "set"


@probe("parent", twin=True)
def read_parent_memory():
    buffer = ctypes.create_string_buffer(8)
    local = struct.pack("PN", ctypes.addressof(buffer), 8)
    return libc.process_vm_readv(os.getpid(), local, 1, local, 1, 0) == 8


ptrace = raw("parent", 101, 16, 1, 0, 0)("ptrace")
kcmp = raw("parent", 312, 1, 1, 0, 0, 0)("kcmp")
pidfd_getfd = raw("parent", 438, 0, 0, 0)("pidfd_getfd")
process_madvise = raw("parent", 440, 0, 0, 0, 0, 0)("process_madvise")
move_pages = raw("parent", 279, 1, 0, 0, 0, 0, 0)("move_pages")


# --- the kernel's surface

SURFACE = {
    "bpf": (321, 0, b"\0" * 128, 128),
    "userfaultfd": (323, 1),
    "io_uring": (425, 4, b"\0" * 120),
    "io_uring_enter": (426, 0, 0, 0, 0, 0, 0),
    "aio": (206, 1, b"\0" * 8),
    "add_key": (248, b"user\0", b"probe\0", b"x", 1, -1),
    "request_key": (249, b"user\0", b"probe\0", 0, -1),
    "keyctl": (250, 0, -3, 0),
    "unshare_user": (272, 0x10000000),
    "unshare_files": (272, 0x400),
    "clone_user": (56, 0x10000011, 0, 0, 0, 0),
    "setns": (308, 0, 0),
    "mount": (165, 0, b"/\0", 0, 0, 0),
    "umount": (166, b"/nowhere\0", 0),
    "open_tree": (428, -100, b"/\0", 1),
    "move_mount": (429, 0, b"\0", 0, b"\0", 0),
    "fsopen": (430, b"tmpfs\0", 0),
    "fsmount": (432, 0, 0, 0),
    "mount_setattr": (442, -100, b"/\0", 0, b"\0" * 32, 32),
    "pivot_root": (155, b"/\0", b"/\0"),
    "chroot": (161, b"/nowhere\0"),
    "perf_event": (298, b"\0" * 120, 0, -1, -1, 0),
    "personality": (135, 0xFFFFFFFF),
    "modify_ldt": (154, 0, 0, 0),
    "seccomp": (317, 2, 0, 0),
    "landlock": (444, 0, 0, 1),
    "shared_memory": (29, 0, 4096, 0o1600),
    "semaphores": (64, 0, 1, 0o1600),
    "messages": (68, 0, 0o1600),
    "iopl": (172, 0),
    "ioperm": (173, 0, 1, 0),
    "syslog": (103, 3, 0, 0),
    "sethostname": (170, b"x", 1),
    "swapon": (167, b"/nowhere\0", 0),
    "reboot": (169, 0, 0, 0, 0),
    "kexec": (246, 0, 0, 0, 0),
    "init_module": (175, 0, 0, b"\0"),
    "quotactl": (179, 0, 0, 0, 0),
    "acct": (163, b"/nowhere\0"),
    "settimeofday": (164, 0, 0),
    "adjtimex": (159, b"\0" * 208),
    "setuid": (105, 0),
    "setgroups": (116, 0, 0),
    "capset": (126, b"\0" * 8, b"\0" * 24),
    "memfd_secret": (447, 0),
    "cachestat": (451, 0, 0, 0, 0),
    "mincore": (27, 0, 0, 0),
    "vmsplice": (278, 0, 0, 0, 0),
    "remap_file_pages": (216, 0, 0, 0, 0, 0),
    "lookup_dcookie": (212, 0, 0, 0),
    "uselib": (134, b"/nowhere\0"),
    "ustat": (136, 0, 0),
    "sysfs": (139, 3),
    "mbind": (237, 0, 0, 0, 0, 0, 0),
    "mlock": (149, 0, 0),
    "sched_setattr": (314, 0, b"\0" * 56, 0),
    "ioprio": (251, 1, 0, 0),
    "sync": (162,),
    "fchmodat2": (452, -100, b"/nowhere\0", 0, 0),
    "set_mempolicy_home_node": (450, 0, 0, 0, 0),
    "lsm_list": (461, 0, 0, 0),
    "listmount": (458, 0, 0, 0, 0),
    "statmount": (457, 0, 0, 0, 0),
    "setxattrat": (463, -100, b"/nowhere\0", 0, b"x\0", 0, 0),
    "open_tree_attr": (467, -100, b"/\0", 0, 0, 0),
    "call_500": (500, 0, 0),
    "call_1023": (1023, 0, 0),
    "x32_getpid": (0x40000027,),
    "x32_fork": (0x40000000 + 57,),
    "x32_open": (0x40000002, b"/etc/passwd\0", 0),
}
HARMLESS = "userfaultfd aio keyctl unshare_files personality landlock shared_memory semaphores messages setgroups mincore sysfs".split()
for name, call in SURFACE.items():
    raw("kernel", *call)(name)


@probe("kernel")
def typed_into_terminal():
    import fcntl

    try:
        fcntl.ioctl(0, 0x5412, b"x")
    except OSError as error:
        return None if error.errno in (errno.EPERM, errno.ENOTTY, errno.EACCES) else str(error)
    return "typed"


def machine_code(code):
    import mmap

    memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_long)(address)()


@probe("kernel", twin=True, x64=True)
def interrupt_80():
    # mov eax, 20 (getpid); int 0x80; ret
    return machine_code(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")


@probe("kernel", x64=True)
def interrupt_80_fork():
    # mov eax, 2 (fork); int 0x80; ret
    return machine_code(b"\xb8\x02\x00\x00\x00\xcd\x80\xc3")


# --- limits


MEBI = 1 << 20
TOO_MUCH = 1500 * MEBI


@probe("memory")
def memory_of_lists():
    held = []
    while len(held) < 150:
        held.append(b"x" * (10 * MEBI))
    return len(held)


@probe("memory")
def memory_private():
    import mmap

    return len(mmap.mmap(-1, TOO_MUCH, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


@probe("memory")
def memory_shared():
    import mmap

    return len(mmap.mmap(-1, TOO_MUCH))


@probe("memory")
def memory_shared_in_pieces():
    import mmap

    held = []
    while len(held) < 150:
        held.append(mmap.mmap(-1, 10 * MEBI))
        held[-1].write(b"x" * (10 * MEBI))
    return len(held)


@probe("memory")
def memory_of_zero_device():
    import mmap

    with open("/dev/zero", "r+b") as file:
        return len(mmap.mmap(file.fileno(), TOO_MUCH))


@probe("memory")
def memory_of_8_gib():
    return len(bytearray(8 << 30))


@probe("memory")
def memory_of_stack():
    import resource

    resource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return "unlimited"


@probe("memory")
def memory_by_higher_limit():
    import resource

    raised = []
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            raised.append(kind)
        except (ValueError, OSError):
            pass
    return raised


@probe("memory")
def memory_of_pipes():
    import fcntl

    pipes = []
    for _ in range(100):
        reading, writing = os.pipe()
        fcntl.fcntl(writing, 1031, MEBI)
        pipes.append(writing)
    return len(pipes)


@probe("memory")
def memory_locked():
    return libc.mlockall(3) == 0


@probe("processes")
def threads_without_end():
    import threading

    threading.stack_size(64 * 1024)
    gate = threading.Event()
    count = 0
    try:
        while count < 20000:
            threading.Thread(target=gate.wait, daemon=True).start()
            count += 1
    except (RuntimeError, MemoryError):
        pass
    return count >= 8000 and count


@probe("processes")
def fork_bomb():
    count = 0
    while count < 300:
        if os.fork() == 0:
            signal.pause()
        count += 1
    return count


@probe("files")
def scratch_without_end():
    for i in range(300):
        with open("%s/%d" % (P["scratch"], i), "wb") as file:
            file.write(b"x" * MEBI)
    return "300 MiB"


@probe("files")
def file_without_end():
    with open(P["scratch"] + "/big", "wb") as file:
        while file.tell() < 40 * MEBI:
            file.write(b"x" * MEBI)
    return "40 MiB"


@probe("files")
def sparse_file():
    with open(P["scratch"] + "/sparse", "wb") as file:
        file.truncate(1 << 40)
    return "1 TiB"


@probe("files")
def descriptors_without_end():
    held = []
    while len(held) < 1000:
        held.append(os.dup(0))
    return len(held)


if __name__ == "__main__":
    if sys.argv[1] == "list":
        for name in HARMLESS:
            PROBES[name]["twin"] = True
        print(json.dumps([{"name": name, "kind": entry["kind"], "twin": entry["twin"]} for name, entry in PROBES.items() if not entry["x64"] or platform.machine() == "x86_64"]))
        sys.exit()
    P = json.loads(sys.argv[2])
    print("begin", flush=True)
    try:
        result = PROBES[sys.argv[1]]["run"]()
        print("ESCAPED %s" % (result,) if result else "blocked", flush=True)
    except BaseException as error:
        print("blocked %r" % error, flush=True)
    os._exit(0)
