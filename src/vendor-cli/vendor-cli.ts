import type { Usage } from '../domain/attempt.ts';
import type { FailureKind } from '../domain/failure.ts';
import type { Progress, Prompt } from '../domain/runner.ts';
import type { Credential, CredentialSource } from './credential.ts';

/** One vendor's command line: all that sets it apart from the others, as data and pure functions. */
export interface VendorCli {
  /** The program's name on PATH. */
  readonly program: string;
  readonly streaming: boolean;
  /** The command that installs it. */
  readonly install: string;
  /** The command that signs in. */
  readonly signIn: string;
  /** Where it finds out who asks, the strongest first. */
  readonly credentials: readonly CredentialSource[];
  /** The variable in which it wants a key. */
  readonly keyVariable: string;
  /** Names of further variables that it may see. */
  readonly env: readonly string[];
  /** Where it asks, as far as it is known: by the variable, else by who asks. */
  readonly api: {
    readonly variable?: string;
    readonly withKey: string;
    readonly withLogin?: string;
  };
  /** The longest prompt that it takes whole. */
  readonly promptMax: { readonly count: number; readonly unit: 'bytes' | 'characters' };
  readonly call: (question: CliQuestion) => CliCall;
  readonly output: CliOutput;
  /** What its own exit codes mean. */
  readonly exits: Readonly<Record<number, FailureKind>>;
  /** Arguments that make it tell, by exit code 0, whether somebody is signed in. */
  readonly statusArgs?: readonly string[];
}

/** One prompt for a vendor's program. */
export interface CliQuestion extends Prompt {
  readonly model: string | undefined;
  readonly maxOutputTokens: number | undefined;
  readonly baseUrl: string | undefined;
  readonly credential: Credential;
  /** The private folder in which the call's files are. */
  readonly folder: string;
  /** Milliseconds until the program is ended. */
  readonly limitMs: number;
}

/** How the program is started. */
export interface CliCall {
  readonly args: readonly string[];
  /** Set besides what it may see. */
  readonly env: Readonly<Record<string, string>>;
  /** Texts of files by their paths below the private folder. */
  readonly files: Readonly<Record<string, string>>;
  /** For stdin, which is closed after it. */
  readonly input: string;
  /** The path below the private folder of a file in which the program tells how the answer ended. */
  readonly trace?: string;
}

/** How the program's output reads. Pure. */
export interface CliOutput {
  /** One JSON value a line, or one in all. */
  readonly format: 'lines' | 'document';
  /** The report with what one JSON value adds; an error and a flaw that it has need not be kept. */
  readonly read: (report: CliReport, value: unknown) => CliReport;
  /** What one JSON value shows of the work. */
  readonly progress?: (value: unknown) => Progress | undefined;
  /** Whether an error is told on stderr, as JSON at its end. */
  readonly errorOnStderr?: true;
  /** The report of a good end with what the call's trace tells; the trace is empty where the program wrote none. */
  readonly judge?: (report: CliReport, trace: string) => CliReport;
  /** The error with what stderr says of its cause. */
  readonly explain?: (error: CliError, stderr: string) => CliError;
}

/** What a program has said so far. */
export interface CliReport {
  /** Whether anything was of a known shape. */
  readonly known: boolean;
  /** Whether its last word is that the answer is whole. */
  readonly whole: boolean;
  readonly text: string;
  readonly model: string | null;
  readonly usage: Usage | null;
  readonly costUsd: number | null;
  /** An error that ended the work. The first one stays, whatever comes after it. */
  readonly error: CliError | undefined;
  /** Why no answer can be taken, where no error says it better. The first one stays. */
  readonly flaw: CliError | undefined;
  /** A trouble that the program may yet overcome; it counts when no end follows. */
  readonly notice: CliError | undefined;
  /** Messages of the model that had text, where the program shows them, and whether the last one has some. */
  readonly messages: { readonly withText: number; readonly hasText: boolean };
}

/** An error in a program's words. */
export interface CliError {
  readonly message: string;
  /** The program's own name of it: `rate_limit_error`. */
  readonly code?: string | undefined;
  /** The HTTP status that it names. */
  readonly status?: number | undefined;
  /** The kind, where the program leaves no doubt. */
  readonly kind?: FailureKind | undefined;
}

/** The report of a program that has said nothing. */
export const emptyReport: CliReport = {
  known: false,
  whole: false,
  text: '',
  model: null,
  usage: null,
  costUsd: null,
  error: undefined,
  flaw: undefined,
  notice: undefined,
  messages: { withText: 0, hasText: false },
};
