import { z } from 'zod';
import type { Observation } from '../domain/executor.ts';
import { isValue } from '../domain/is-value.ts';
import type { Value } from '../domain/value.ts';
import { Lines } from '../lib/lines.ts';

const value = z.custom<Value>(isValue);

const returned = z.strictObject({
  returned: value,
  printed: z.string(),
  changed: z.array(z.tuple([z.int().nonnegative(), value])),
});
const raised = z.strictObject({ raised: z.string(), message: z.string(), printed: z.string() });
const broken = z.strictObject({ broken: z.string(), message: z.string(), printed: z.string() });
const crashed = z.strictObject({ crashed: z.string() });
const confined = z.strictObject({ confined: z.literal(true) });
const loaded = z.strictObject({ loaded: z.literal(true) });

/** What a line says, by its first word. */
const schemas = { returned, raised, broken, crashed, confined, loaded };

/**
 * Reads the lines that a driver writes: one when it is confined, one when the program is loaded, one for each
 * call. The program shares the driver's process and may have written any of them, so a line says only what
 * that program does, and from the first line that is none on nothing is read.
 */
export class ResultLines {
  readonly #lines = new Lines();
  readonly #callsMax: number;
  readonly #seen: Observation[] = [];
  #isConfined = false;
  #hasLoaded = false;
  #isSpoiled = false;
  #broken: Observation | undefined;

  constructor(callsMax: number) {
    this.#callsMax = callsMax;
  }

  /** Whether the driver had come to the point from which on the program's code runs. */
  get isConfined(): boolean {
    return this.#isConfined;
  }

  get hasLoaded(): boolean {
    return this.#hasLoaded;
  }

  /** Whether something else than a line of a driver was written. */
  get isSpoiled(): boolean {
    return this.#isSpoiled;
  }

  /** What the program raised while it was loaded. */
  get broken(): Observation | undefined {
    return this.#broken;
  }

  /** One for each call that came to an end, in order. */
  get observations(): readonly Observation[] {
    return this.#seen;
  }

  get isComplete(): boolean {
    return this.#seen.length >= this.#callsMax;
  }

  push(chunk: Uint8Array): void {
    // A driver writes ASCII alone.
    for (const line of this.#lines.push(Buffer.from(chunk).toString('latin1'))) this.#read(line);
  }

  #read(line: string): void {
    if (this.isSpoiled || this.isComplete) return;
    const data = parse(line);
    if (data === undefined) this.#isSpoiled = true;
    else if ('confined' in data) this.#isConfined = true;
    else if ('loaded' in data) this.#hasLoaded = true;
    else if ('broken' in data) this.#broken = raisedBy(data.broken, data);
    else if (this.hasLoaded) this.#seen.push(observationOf(data));
    else this.#isSpoiled = true;
  }
}

type Line = z.infer<(typeof schemas)[keyof typeof schemas]>;

function parse(line: string): Line | undefined {
  const word = /^\{"([a-z]+)"/.exec(line)?.[1] ?? '';
  if (!isSchema(word)) return undefined;
  try {
    return schemas[word].safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function isSchema(word: string): word is keyof typeof schemas {
  return Object.hasOwn(schemas, word);
}

type ResultLine = Exclude<Line, { confined: true } | { loaded: true } | { broken: string }>;

function observationOf(line: ResultLine): Observation {
  if ('returned' in line)
    return { kind: 'returned', value: line.returned, printed: line.printed, changed: line.changed };
  if ('raised' in line) return raisedBy(line.raised, line);
  return { kind: 'crashed', how: line.crashed };
}

function raisedBy(
  error: string,
  { message, printed }: { readonly message: string; readonly printed: string },
): Observation {
  return { kind: 'raised', error, message, printed };
}
