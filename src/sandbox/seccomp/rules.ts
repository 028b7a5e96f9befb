import type { ProcessShape } from '../../domain/sandbox.ts';

/** What a check compares with; the launcher puts the program's own process id in its place. */
export const ownProcess = 0x53454c46;

/** A condition on one argument: its lower half, or with `isWhole` both, masked, is one of the values or is not. */
export interface ArgumentCheck {
  readonly arg: number;
  readonly mask?: number;
  readonly isOneOf: readonly number[];
  readonly isNot?: true;
  readonly isWhole?: true;
}

/** What becomes of a system call: it goes through, if all its checks hold, or it fails with an `errno`. */
export interface Rule {
  readonly checks: readonly ArgumentCheck[];
  /** With what it fails otherwise. */
  readonly errno: number;
  /** It always fails. */
  readonly isNever?: true;
}

/** What a filter is for. */
export interface FilterNeeds {
  readonly processes: ProcessShape;
  /** Whether something else keeps signals from processes outside: Landlock of version 6, or a process namespace. */
  readonly signalsAreScoped: boolean;
  /** Whether the program sees no file of others whose mode, owner or times it could change: a mount namespace. */
  readonly filesAreOwn: boolean;
  /** Whether it may make files, in a scratch. */
  readonly writes: boolean;
  /** Whether Landlock knows of `truncate` (version 3), or a mount namespace keeps it away. */
  readonly truncateIsConfined: boolean;
  /** Whether shared memory without a file is counted by no limit of the runtime. */
  readonly refusesSharedMemory: boolean;
  /** Whether the program is loaded already when the filter comes into force, and has no other to become. */
  readonly isLoaded?: true;
}

const errno = { perm: 1, notTty: 25, noCall: 38, notSupported: 95 } as const;

const allow: Rule = { checks: [], errno: errno.perm };

/** What every program may call: its own files, memory, threads, clocks and pipes. */
const always = `read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range
dup dup2 dup3 lseek mprotect munmap brk mremap madvise membarrier pkey_alloc pkey_free pkey_mprotect get_mempolicy
open openat stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getcwd
chdir fchdir getdents getdents64 statfs fstatfs fadvise64 readahead flock umask
getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
getrusage times sysinfo uname getrlimit setrlimit getcpu getpriority capget getrandom
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
sched_rr_get_interval exit exit_group wait4 waitid rseq arch_prctl set_tid_address set_robust_list
get_robust_list futex futex_waitv restart_syscall rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending
rt_sigtimedwait rt_sigsuspend sigaltstack pause signalfd signalfd4 clock_gettime clock_getres clock_nanosleep
gettimeofday time nanosleep alarm getitimer setitimer timer_settime timer_gettime timer_getoverrun
timer_delete timerfd_create timerfd_settime timerfd_gettime poll ppoll select pselect6 epoll_create epoll_create1
epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 pipe pipe2 recvfrom getsockname getpeername
getsockopt shutdown`;

const makingFiles = `mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
creat ftruncate fallocate fsync fdatasync sync_file_range sendfile copy_file_range`;

const changingFiles = 'chmod fchmod fchmodat utime utimes utimensat futimesat';

/** Programs look for extended attributes of any file, and do without where there are none. */
const attributes = 'getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr';

const confiningOthers =
  'seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self capset setpgid setsid kill tgkill prctl';

/** Flags of `clone`. */
const clone = { thread: 0x10000, parent: 0x8000, namespaces: 0x7e020000 } as const;

/** Answers what is done with each system call; one that is not in the map is refused. */
export function filterRules(needs: FilterNeeds): ReadonlyMap<string, Rule> {
  const { processes, signalsAreScoped, writes, filesAreOwn, truncateIsConfined } = needs;
  const isAlone = processes === 'one';
  const rules = new Map<string, Rule>([...each(always), ...conditional(needs)]);
  const add = (when: boolean, calls: string): void => {
    if (when) for (const [name, rule] of each(calls)) rules.set(name, rule);
  };
  for (const name of namesIn(attributes)) rules.set(name, never(errno.notSupported));
  add(!needs.isLoaded, 'execve');
  add(!isAlone, 'fork vfork sendmsg recvmsg');
  add(!isAlone && signalsAreScoped, 'kill tgkill');
  // In a process namespace nothing survives its first process, whatever its session.
  add(!isAlone && filesAreOwn, 'setpgid setsid');
  add(writes, makingFiles);
  add(writes && truncateIsConfined, 'truncate');
  add(writes && filesAreOwn, changingFiles);
  add(processes === 'server', confiningOthers);
  return rules;
}

function conditional(needs: FilterNeeds): readonly (readonly [string, Rule])[] {
  const isAlone = needs.processes === 'one';
  const oneOf = (arg: number, values: readonly number[], mask?: number): ArgumentCheck =>
    mask === undefined ? { arg, isOneOf: values } : { arg, isOneOf: values, mask };
  const only = (...checks: readonly ArgumentCheck[]): Rule => ({ checks, errno: errno.perm });
  const noNamespaces = oneOf(0, [0], clone.namespaces);
  return [
    ['clone3', never(errno.noCall)],
    [
      'clone',
      isAlone
        ? only(noNamespaces, oneOf(0, [clone.thread], clone.thread))
        : only(noNamespaces, oneOf(0, [0], clone.parent)),
    ],
    ['mmap', isAlone && needs.refusesSharedMemory ? only(notSharedMemory) : allow],
    ['fcntl', only(oneOf(1, fileCommands))],
    ['ioctl', { checks: [oneOf(1, terminalCommands)], errno: errno.notTty }],
    ['prctl', only(oneOf(0, isAlone ? ownOptions : [...ownOptions, 1, 36]))],
    ['prlimit64', only(oneOf(0, [0]))],
    ['kill', only(oneOf(0, [ownProcess]))],
    ['tgkill', only(oneOf(0, [ownProcess]))],
    // A connected stream alone: a datagram could still be sent to any socket that has a path.
    ['socketpair', only(oneOf(0, [1]), oneOf(1, [1], 0xf))],
    ['sendto', only({ arg: 4, isOneOf: [0], isWhole: true })],
    // A timer that signals by thread id (`SIGEV_THREAD_ID`) reaches only threads of its own process.
    ['timer_create', allow],
  ];
}

/** MAP_SHARED and MAP_ANONYMOUS together. */
const notSharedMemory: ArgumentCheck = { arg: 3, mask: 0x21, isOneOf: [0x21], isNot: true };

/** Duplicates, flags and locks; not the owner of a file's signals, which would be a way to send one. */
const fileCommands = [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034];

/** Asks of a terminal or a pipe, and FIONBIO, FIOCLEX, FIONCLEX; nothing that types or owns. */
const terminalCommands = [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451, 0x540f];

/** Asks, the thread's name, names of memory, dumps and huge pages; not the signal at the parent's death. */
const ownOptions = [2, 3, 4, 15, 16, 21, 23, 38, 39, 41, 42, 0x53564d41];

function never(code: number): Rule {
  return { checks: [], errno: code, isNever: true };
}

function each(calls: string): readonly (readonly [string, Rule])[] {
  return namesIn(calls).map((name) => [name, allow] as const);
}

function namesIn(calls: string): readonly string[] {
  return calls.split(/\s+/);
}
