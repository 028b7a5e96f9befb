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

/** What `doctor` learns of a runner by a cheap check of its own. */
export interface Probe {
  readonly availability: Availability;
  readonly version: string | null;
  /** The version that is tested with us; undefined where there is none. */
  readonly testedVersion?: string | undefined;
  /** Null where the tool has no cheap way to tell. */
  readonly signedIn: boolean | null;
  /** Milliseconds until the tool or the server answered the check; null when there was none. */
  readonly latencyMs: number | null;
}
