/** What a fake vendor server does with one request. Without any field it streams a short answer. */
export interface VendorReply {
  /** The answer; an empty one is a model that ends without text. */
  readonly text?: string;
  /** The model that is said to have answered; without it, the one that was asked. */
  readonly model?: string;
  readonly usage?: VendorUsage;
  /** US dollars, which chat completions tell in xAI's way. */
  readonly costUsd?: number;
  /** How the model ends; `none` leaves the finish marker out of a stream that ends well otherwise. */
  readonly finish?: 'complete' | 'too-long' | 'refused' | 'none';
  /** Characters of one text event. */
  readonly deltaLength?: number;
  /** Milliseconds before the response begins. */
  readonly latencyMs?: number;
  /** Milliseconds between the events. */
  readonly gapMs?: number;
  /** Bytes of one write, which may end within a character; without it, one event. */
  readonly writeBytes?: number;
  /** Sends one JSON document though a stream was asked for. */
  readonly plain?: boolean;
  /** An HTTP status of 300 or more is an error in the vendor's shape. */
  readonly status?: number;
  /** Sent besides the usual ones: `{ 'retry-after': '2' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The words of an error. */
  readonly message?: string;
  /** The vendor's name of an error; without it, the usual one of its status. */
  readonly code?: string;
  /** Sent as it is, in place of everything else. */
  readonly body?: string;
  readonly fault?: VendorFault;
}

/** Tokens that an answer is said to have cost. */
export interface VendorUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * What goes wrong. The stream is ended cleanly (`cut`), reset, left hanging, made unreadable or ended with
 * an error event in the midst of the text; before the headers the connection hangs or is reset; or an HTML
 * page comes with a status of 200.
 */
export type VendorFault =
  | 'cut'
  | 'reset'
  | 'hang-in-stream'
  | 'bad-json'
  | 'stream-error'
  | 'hang-before-headers'
  | 'reset-before-headers'
  | 'html';

/** The answer of a reply with every blank filled in. */
export interface ScriptedAnswer {
  readonly model: string;
  readonly usage: VendorUsage;
  readonly costUsd: number | undefined;
  readonly finish: NonNullable<VendorReply['finish']>;
  readonly deltas: readonly string[];
}

/** Fills the blanks of a reply in. */
export function scriptedAnswer(reply: VendorReply, askedModel: string): ScriptedAnswer {
  const { costUsd, deltaLength = 8, finish = 'complete', model = askedModel } = reply;
  const { text = 'Hello from the vendor server.' } = reply;
  const { usage = { inputTokens: 7, outputTokens: 11 } } = reply;
  return { model, usage, costUsd, finish, deltas: pieces([...text], deltaLength) };
}

function pieces(characters: readonly string[], length: number): readonly string[] {
  const count = Math.ceil(characters.length / length);
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * length, (index + 1) * length).join(''),
  );
}
