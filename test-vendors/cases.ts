import type { FailureKind } from '../src/domain/failure.ts';
import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';
import type { Vendor } from './vendors.ts';

/** One thing that a vendor's API does, and what must come of it. */
export interface VendorCase {
  readonly name: string;
  readonly replies: (vendor: Vendor) => VendorReply | readonly VendorReply[];
  /** All kinds that are right; `answered` for an answer. */
  readonly kinds: readonly (FailureKind | 'answered')[];
  /** Requests that may reach the server, with one retry of ours where it can help. */
  readonly maxRequests: number;
  /** Milliseconds for everything; the usual ones where nothing hangs. */
  readonly timeoutMs?: number;
  /** Whether nothing listens where the server should be. */
  readonly isRefused?: true;
  /** Whether there is neither key nor login. */
  readonly hasNoKey?: true;
  readonly model?: string;
}

/** Milliseconds that are never reached. */
export const usualTimeoutMs = 120_000;
const hangTimeoutMs = 6000;
const limited: VendorReply = { status: 429, message: 'Too many requests' };
const text = 'One two three four five six seven eight nine ten eleven twelve. '.repeat(4);

/** The error matrix, row by row. */
export const cases: readonly VendorCase[] = [
  { name: 'success', replies: () => ({}), kinds: ['answered'], maxRequests: 1 },
  {
    name: 'bad key',
    replies: ({ wrongKey }) => wrongKey,
    kinds: ['unauthorized'],
    maxRequests: 1,
  },
  {
    name: 'no credit',
    replies: ({ noCredit }) => noCredit,
    kinds: ['quota-exhausted'],
    maxRequests: 1,
  },
  {
    name: 'forbidden, 403',
    replies: () => ({ status: 403, message: 'Your key does not have this permission' }),
    kinds: ['unauthorized'],
    maxRequests: 1,
  },
  {
    name: '429 once',
    replies: () => [{ ...limited, headers: { 'retry-after': '0' } }, {}],
    kinds: ['answered'],
    maxRequests: 2,
  },
  { name: '429 for ever', replies: () => limited, kinds: ['rate-limited'], maxRequests: 2 },
  {
    name: '500 for ever',
    replies: () => ({ status: 500, message: 'Internal server error' }),
    kinds: ['overloaded'],
    maxRequests: 2,
  },
  {
    name: 'overloaded',
    replies: ({ overloaded }) => overloaded,
    kinds: ['overloaded'],
    maxRequests: 2,
  },
  {
    name: 'connection refused',
    replies: () => ({}),
    kinds: ['network'],
    maxRequests: 0,
    isRefused: true,
  },
  {
    name: 'cut stream',
    replies: () => ({ fault: 'cut', text }),
    kinds: ['broken-stream'],
    maxRequests: 2,
  },
  {
    name: 'reset',
    replies: () => ({ fault: 'reset', text }),
    kinds: ['broken-stream', 'network'],
    maxRequests: 2,
  },
  {
    name: 'HTML page',
    replies: () => ({ fault: 'html' }),
    // One of them tells it only as an answer without text.
    kinds: ['broken-stream', 'empty-answer'],
    maxRequests: 2,
  },
  {
    name: 'error in the stream',
    replies: () => ({ fault: 'stream-error', text }),
    // Gemini cannot read it.
    kinds: ['overloaded', 'broken-stream'],
    maxRequests: 2,
  },
  {
    name: 'bad JSON in the stream',
    replies: () => ({ fault: 'bad-json', text }),
    kinds: ['broken-stream'],
    maxRequests: 2,
  },
  {
    name: 'empty answer',
    replies: () => ({ text: '' }),
    kinds: ['empty-answer'],
    // Claude Code asks once more itself.
    maxRequests: 4,
  },
  {
    name: 'no room for the end',
    replies: () => ({ finish: 'too-long', text }),
    kinds: ['output-too-long'],
    // Claude Code asks the model to go on.
    maxRequests: 4,
  },
  {
    name: 'no room, then more',
    replies: () => [{ finish: 'too-long', text }, {}],
    // The second piece alone is no answer.
    kinds: ['output-too-long'],
    maxRequests: 2,
  },
  {
    name: 'refused by the model',
    replies: () => ({ finish: 'refused', text }),
    kinds: ['refused'],
    maxRequests: 1,
  },
  {
    name: 'silence before headers',
    replies: () => ({ fault: 'hang-before-headers' }),
    kinds: ['timed-out'],
    maxRequests: 1,
    timeoutMs: hangTimeoutMs,
  },
  {
    name: 'silence in mid-stream',
    replies: () => ({ fault: 'hang-in-stream', text }),
    // Stalled where text is shown as it arrives.
    kinds: ['timed-out', 'stalled'],
    maxRequests: 2,
    timeoutMs: hangTimeoutMs,
  },
  {
    name: 'unknown model',
    replies: () => ({ status: 404, message: 'The model nowhere-1 is not found' }),
    kinds: ['unknown-model'],
    // Claude Code asks a second time.
    maxRequests: 2,
    model: 'nowhere-1',
  },
  {
    name: 'too long',
    replies: ({ tooLong }) => tooLong,
    kinds: ['input-too-long'],
    maxRequests: 1,
  },
  {
    name: 'no key',
    replies: ({ wrongKey }) => wrongKey,
    kinds: ['not-signed-in'],
    // Codex asks to find out.
    maxRequests: 1,
    hasNoKey: true,
  },
];
