/** How many requests may be under way, and how many a minute; undefined does not limit. */
export interface RateLimits {
  /** Requests in flight at once. */
  readonly concurrency: number | undefined;
  /** Requests that begin within any 60 seconds. */
  readonly requestsPerMinute: number | undefined;
  /** Tokens, of prompts and answers, of the requests that begin within any 60 seconds. */
  readonly tokensPerMinute: number | undefined;
}

/** What one key limits. */
export interface Bound extends RateLimits {
  readonly key: string;
}

/** A place that one request needs, under every bound at once. */
export interface PlaceWish {
  readonly bounds: readonly Bound[];
  /** An estimate of its tokens. One that is above a bound by itself is let in when nothing else is in the minute. */
  readonly tokens: number;
}

/** The place of one request. */
export interface Place {
  /** Requests in flight under the busiest of its bounds, itself included. */
  readonly held: number;
  /** Gives it back, with the tokens that the request took in the end; whoever asks after the call finds it free. */
  leave(tokens: number): Promise<void>;
}

/** What came of asking for a place. */
export type Entering =
  | { readonly status: 'entered'; readonly place: Place }
  | {
      readonly status: 'full';
      /** The bound that is in the way. */
      readonly key: string;
      /** Milliseconds before which asking again is in vain; 0 where that cannot be known. */
      readonly retryMs: number;
    };

/** What is remembered of a runner or a provider; times are in milliseconds since the epoch. */
export interface Standing {
  /** Attempts in a row whose first request showed that nobody is there. */
  readonly failures?: { readonly count: number; readonly lastMs: number } | undefined;
  /** Until when the runner is not asked because of these. */
  readonly openUntilMs?: number | undefined;
  /** Until when the vendor will refuse for want of quota. */
  readonly quotaUntilMs?: number | undefined;
  /** Until when the vendor asked to wait. */
  readonly pausedUntilMs?: number | undefined;
  /** The requests in flight that the vendor seems to bear, and when it last bore fewer than were sent. */
  readonly adapted?: { readonly most: number; readonly loweredAtMs: number } | undefined;
}

/**
 * What all processes that ask the same vendors have in common: the places of requests, and what is remembered of
 * runners and providers. Nothing in it is worth keeping when it is damaged. No method rejects for a reason that
 * passes, as that another process is writing.
 */
export interface SharedLimits {
  /** What is remembered, by key; what is not remembered has no entry. */
  standings(): Promise<ReadonlyMap<string, Standing>>;
  /**
   * Puts in place of what is remembered what `make` says of it, and gives that back; an empty standing is
   * forgotten. Nobody changes it in between; `make` may be called again.
   */
  change(key: string, make: (before: Standing) => Standing): Promise<Standing>;
  /**
   * Takes a place under all bounds, or none. Between processes it is first come, first served, by when each was
   * first told that a bound is full, as long as it asks again within `waitMs`. The places of a process that is
   * known to have ended are free, and so are those that were not renewed for `placeLeaseMs`.
   */
  enter(wish: PlaceWish): Promise<Entering>;
  /** Holds all places of this process for another `placeLeaseMs`, except those that have lapsed. */
  renew(): Promise<void>;
  /** Forgets every standing; the keys of those that there were. */
  forget(): Promise<readonly string[]>;
  /** Tells when a place may have come free for this process, where that is known before it asks again. */
  readonly onRoom?: ((hear: () => void) => void) | undefined;
  close(): Promise<void>;
}

/** Milliseconds that a place is held without a sign of life of its process. */
export const placeLeaseMs = 30_000;

/** Milliseconds within which a process that waits has to ask again to keep its turn. */
export const waitMs = 500;

/** Milliseconds in which requests and tokens are counted. */
export const windowMs = 60_000;
