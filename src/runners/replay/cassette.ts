import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { type AnswerKey, answerHash, promptHash } from '../../domain/answer-key.ts';
import type { Availability } from '../../domain/availability.ts';
import { OrchestratorError } from '../../domain/mistake.ts';
import { whyUnreadable, whyUnwritable } from '../../lib/file-trouble.ts';
import { readRegularFile } from '../../lib/read-regular-file.ts';
import { appendLines, createWithLine } from './append-lines.ts';
import {
  type CassetteLine,
  cassetteHeader,
  flawOfHeader,
  readCassetteLine,
  type TakeLine,
} from './cassette-line.ts';
import { nearestTake } from './nearest-take.ts';
import type { Take } from './recordings.ts';

/** The most bytes of one cassette, which is held in memory. */
const cassetteMaxBytes = 256 * 1024 * 1024;

/** An open cassette: what it held when it was opened, and a place to add to. */
export interface Cassette {
  readonly path: string;
  /** What the take that is next for a request is; takes go round. Undefined where none is recorded. */
  next(key: AnswerKey): Take | undefined;
  /** Says of a request without a take which recorded one is closest, and what differs. */
  nearest(key: AnswerKey): string;
  /** Whether a runner could be asked when it was recorded; undefined where the cassette knows nothing of it. */
  availability(runner: string): Availability | undefined;
  /** Adds what came of a request. Throws `unreadable-file` when it cannot be written. */
  keep(key: AnswerKey, take: Take): void;
  /** Adds whether a runner can be asked, where that is not what the cassette says. */
  keepAvailability(runner: string, found: Availability): void;
}

/**
 * Opens a cassette to play from it, or with `create` to add to it. Throws `unreadable-file` for one that is not
 * there, damaged or of another version.
 */
export function openCassette(path: string, { create }: { readonly create: boolean }): Cassette {
  if (create) written(path, () => begin(path));
  const held = readCassette(path);
  const played = new Map<string, number>();
  const session = randomUUID().slice(0, 8);
  const append = (lines: readonly CassetteLine[]): void =>
    written(path, () =>
      appendLines(
        path,
        lines.map((line) => JSON.stringify(line)),
      ),
    );
  return {
    path,
    next: (key) => {
      const hash = answerHash(key);
      const takes = held.takes.get(hash) ?? [];
      const turn = played.get(hash) ?? 0;
      played.set(hash, turn + 1);
      return takes[turn % takes.length]?.take;
    },
    nearest: (key) => nearestTake(key, [...held.takes.values()].flat(), held.prompts),
    availability: (runner) => held.runners.get(runner),
    keep: (key, take) => {
      const { prompt, ...rest } = key;
      const id = promptHash(prompt);
      const line: TakeLine = {
        kind: 'take',
        key: answerHash(key),
        ...rest,
        prompt: id,
        session,
        take,
      };
      const isKnown = held.prompts.has(id);
      append([...(isKnown ? [] : [{ kind: 'prompt', id, ...prompt } as const]), line]);
      held.prompts.set(id, prompt);
    },
    keepAvailability: (runner, found) => {
      if (isSame(held.runners.get(runner), found)) return;
      const { kind, message, remedy } = found.status === 'unavailable' ? found : noReason;
      const unavailable = kind && { kind, message, remedy };
      append([{ kind: 'runner', runner, unavailable }]);
      held.runners.set(runner, found);
    },
  };
}

/** Begins a file that is not there, or is empty, as `mktemp` makes one. */
function begin(path: string): void {
  const header = JSON.stringify(cassetteHeader);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) createWithLine(path, header);
  else if (found.isFile() && found.size === 0) appendLines(path, [header]);
}

const noReason = { kind: null, message: '', remedy: '' };

interface Held {
  /** By key. */
  readonly takes: ReadonlyMap<string, readonly TakeLine[]>;
  /** By id. */
  readonly prompts: Map<string, AnswerKey['prompt']>;
  readonly runners: Map<string, Availability>;
}

function readCassette(path: string): Held {
  const takes = new Map<string, TakeLine[]>();
  const prompts: Held['prompts'] = new Map();
  const runners: Held['runners'] = new Map();
  for (const line of linesIn(path)) {
    if (line.kind === 'prompt') prompts.set(line.id, line);
    else if (line.kind === 'runner') runners.set(line.runner, availabilityOf(line, path));
    else takes.set(line.key, [...(takes.get(line.key) ?? []), line]);
  }
  return {
    takes: new Map([...takes].map(([key, lines]) => [key, playable(lines)])),
    prompts,
    runners,
  };
}

function* linesIn(path: string): Generator<CassetteLine> {
  const [first = '', ...rest] = textOf(path).split('\n');
  const flaw = flawOfHeader(first);
  if (flaw !== undefined) throw unusable(path, flaw);
  for (const [index, text] of rest.entries()) {
    // Two processes that began an empty file at once have both written the first line.
    const read = readCassetteLine(text === first ? '' : text);
    if (read.status === 'odd') throw unusable(path, `line ${index + 2}: ${read.found}`);
    if (read.status !== 'torn') yield read.line;
  }
}

/**
 * The takes of the last process that recorded any, in turn. One that was cut short says only that nobody waited
 * for its end, and is played where nothing else is there.
 */
function playable(lines: readonly TakeLine[]): readonly TakeLine[] {
  const whole = lines.filter(({ take }) => take.kind !== 'hang');
  const usable = whole.length > 0 ? whole : lines;
  const last = usable.at(-1)?.session;
  return usable.filter(({ session }) => session === last);
}

function availabilityOf(
  { unavailable }: Extract<CassetteLine, { readonly kind: 'runner' }>,
  path: string,
): Availability {
  if (unavailable === null) return { status: 'available', where: path };
  return { status: 'unavailable', ...unavailable };
}

function isSame(before: Availability | undefined, found: Availability): boolean {
  if (before?.status !== 'unavailable' || found.status !== 'unavailable') {
    return before?.status === found.status;
  }
  return before.kind === found.kind && before.message === found.message;
}

function textOf(path: string): string {
  try {
    return readRegularFile(path, cassetteMaxBytes);
  } catch (cause) {
    throw unusable(path, whyUnreadable(cause), cause);
  }
}

function unusable(path: string, found: string, cause?: unknown): OrchestratorError {
  const wanted = `a cassette of version ${cassetteHeader.version}`;
  return new OrchestratorError(
    'unreadable-file',
    `Cannot use ${path}: ${found}; wanted ${wanted}`,
    { hint: 'Record it anew with --record and another name', cause },
  );
}

function written(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): OrchestratorError {
  const found = whyUnwritable(cause);
  return new OrchestratorError('unwritable-output', `Cannot record to ${path}: ${found}`, {
    cause,
  });
}
