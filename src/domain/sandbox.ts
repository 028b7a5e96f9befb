/** How programs can be confined, the strongest first. `none` is never chosen, only given by the person. */
export const sandboxLevels = ['namespaces', 'kernel', 'seatbelt', 'runtime', 'none'] as const;

/** One way of confining programs. */
export type SandboxLevel = (typeof sandboxLevels)[number];

/** What a confined program may use up. */
export interface SandboxLimits {
  /** Milliseconds on the clock. */
  readonly wallMs: number;
  /** Seconds of processor time of one process. */
  readonly cpuSeconds: number;
  /** MiB of memory of one process. */
  readonly memoryMiB: number;
  /** Processes and threads at a time, where a program may start others. */
  readonly processes: number;
  /** Bytes on stdout, and as many on stderr. */
  readonly outputMaxBytes: number;
  /** MiB of one file, where files may be written. */
  readonly fileMaxMiB: number;
  /** MiB of all files together, where files may be written. */
  readonly writableMiB: number;
}

/** The limits of one candidate; `docs/sandbox.md` says why. */
export const defaultSandboxLimits: SandboxLimits = {
  wallMs: 5000,
  cpuSeconds: 3,
  memoryMiB: 512,
  processes: 64,
  outputMaxBytes: 1024 * 1024,
  fileMaxMiB: 16,
  writableMiB: 64,
};

/**
 * Who may start processes: `one` has threads only; `many` is a job with subprocesses, such as a compiler;
 * `server` is our own program that starts processes and confines each of them as `one` by itself.
 */
export type ProcessShape = 'one' | 'many' | 'server';

/** A folder in which a confined program may write. */
export interface Scratch {
  /** An existing folder in which nothing readable lies; the program sees it by the same path. For root, its owner changes. */
  readonly path: string;
  /**
   * Whether the folder's files are seen and what is written stays there. Otherwise it may begin empty, and
   * what is written may be gone afterwards.
   */
  readonly isKept: boolean;
}

/** A program to confine. It sees the files named here, and of the system what programs need. */
export interface ConfinedCommand {
  /** The real, absolute path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** Absolute paths of files and folders that it may read and run, such as its toolchain and its job. */
  readonly readable: readonly string[];
  /** A readable folder, or the scratch. */
  readonly cwd: string;
  /** All that it sees of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly processes: ProcessShape;
  /** Undefined for a program that writes no file. */
  readonly scratch: Scratch | undefined;
  readonly limits: SandboxLimits;
  /**
   * `tight` for a runtime that uses what it maps, as Python does: its address space is limited too. V8, Go and the
   * JVM reserve much more; `reservedMiB` of that count as its data and are added to the limit (V8: about 512).
   */
  readonly addressSpace: 'tight' | { readonly reservedMiB: number };
}

/** What a confined program used, as far as the level can tell; undefined where it cannot. */
export interface Usage {
  readonly wallMs: number;
  /** Milliseconds of processor time, of ended children too. */
  readonly cpuMs: number | undefined;
  readonly maxRssKiB: number | undefined;
}

/** How a confined program ended. */
export type ConfinedStatus =
  | { readonly status: 'exited'; readonly code: number }
  | { readonly status: 'signalled'; readonly signal: string }
  /** Over `wallMs`. With little processor time used the machine was busy, and one more try alone is fair. */
  | { readonly status: 'timed-out' }
  | { readonly status: 'cpu-limit' }
  | { readonly status: 'out-of-memory' }
  | { readonly status: 'output-limit' }
  | { readonly status: 'disk-limit' }
  | { readonly status: 'process-limit' }
  | { readonly status: 'aborted' }
  /** The confinement or the program could not be started; nothing of the program ran. */
  | { readonly status: 'not-started'; readonly message: string };

/** A confined program that has ended, and what it left. */
export interface ConfinedEnd {
  readonly outcome: ConfinedStatus;
  readonly usage: Usage;
  /** The end of what it wrote to stderr, as it wrote it: untrusted text. */
  readonly stderr: string;
}

/** A confined program that has ended, with its output, up to the limit. */
export interface ConfinedRun extends ConfinedEnd {
  readonly stdout: string;
}

/** What a started program is talked to by. */
export interface ConfinedTalk {
  /** Takes stdout as it arrives, as bytes; what it throws ends the program as `aborted`. */
  readonly onOutput: (chunk: Uint8Array) => void;
  /** Ends the program and everything that it started. */
  readonly signal: AbortSignal;
}

/** A confined program that runs. */
export interface ConfinedProcess {
  /** Writes to stdin; what the program does not read is dropped. */
  write(bytes: Uint8Array | string): void;
  /** Closes stdin. */
  close(): void;
  /** Resolves when the program and all that it started are gone. Never rejects. */
  readonly ended: Promise<ConfinedEnd>;
}

/** A way of confining programs whose self-test has passed on this machine. */
export interface Sandbox {
  readonly level: SandboxLevel;
  /** What does it, as `landlock 7 + seccomp by perl`. */
  readonly mechanism: string;
  /** What it does not promise, one sentence each; in every result that rests on it. */
  readonly promisesNot: readonly string[];
  /** Starts a program and supervises it. Failures come by `ended`. */
  start(command: ConfinedCommand, talk: ConfinedTalk): ConfinedProcess;
  /**
   * The words by which a `server` in this sandbox confines a process of its own to a command, with `Policy` and
   * `confine` of `sandbox/launcher.py`; undefined where the level has none. Limits must be below the server's.
   */
  policyOf(command: ConfinedCommand): readonly string[] | undefined;
}

/** Why a level is not to be had. */
export type MissingBecause =
  | 'other-system'
  | 'no-program'
  | 'no-kernel-support'
  | 'self-test-failed'
  | 'not-allowed';

/** One level on this machine. */
export type LevelRow =
  | { readonly level: SandboxLevel; readonly status: 'available'; readonly sandbox: Sandbox }
  | {
      readonly level: SandboxLevel;
      readonly status: 'missing';
      readonly because: MissingBecause;
      /** What was found, in one line. */
      readonly found: string;
    };

/** The sandbox to use, or every level's reason why not. */
export type SandboxChoice =
  | { readonly status: 'chosen'; readonly sandbox: Sandbox }
  | {
      readonly status: 'refused';
      readonly floor: SandboxLevel;
      readonly rows: readonly LevelRow[];
    };
