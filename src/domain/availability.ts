/** A runner that cannot be asked here, found without asking a model. */
export interface Unavailable {
  readonly status: 'unavailable';
  readonly kind: 'not-installed' | 'not-signed-in' | 'not-asked' | 'bad-usage';
  /** What was looked for and not found. */
  readonly message: string;
  /** The one thing to do about it. */
  readonly remedy: string;
}

/** Whether a runner can be asked here. */
export type Availability =
  | {
      readonly status: 'available';
      /** The program's path or the server's address. */
      readonly where: string;
    }
  | Unavailable;

/**
 * Whether somebody is signed in. `key`: a key is set, which nobody has tried. `unknown`: the login is kept
 * where it cannot be looked into, as in the system's keyring, and the program's own check told nothing.
 */
export type SignedIn = 'yes' | 'no' | 'key' | 'unknown' | 'not-needed';

/** Whether the server behind a runner answers. Nothing is called reached that was not asked. */
export type Reach =
  | {
      readonly status: 'reached';
      /** The address that was asked, without secrets. */
      readonly address: string;
      /** What was asked for, and timed: `the list of models`. */
      readonly asked: string;
      /** Milliseconds until the answer began. */
      readonly latencyMs: number;
    }
  | { readonly status: 'unreachable'; readonly message: string; readonly remedy: string }
  | { readonly status: 'not-tried'; readonly because: string };

/** What `doctor` learns of a runner by a cheap check of its own. */
export interface Probe {
  readonly availability: Availability;
  readonly version: string | null;
  /** The version that is tested with us; undefined where there is none. */
  readonly testedVersion?: string | undefined;
  readonly signedIn: SignedIn;
  /** Milliseconds until the program had told its version; null where there is no program. */
  readonly startMs: number | null;
  readonly reach: Reach;
}

/** How a check is made. */
export interface ProbeContext {
  readonly signal: AbortSignal;
  /** Forbids to ask another machine. */
  readonly offline: boolean;
}
