import { basename } from 'node:path';
import type { Availability } from '../../domain/availability.ts';
import type { FailureKind } from '../../domain/failure.ts';
import type { Outcome, Prompt } from '../../domain/runner.ts';
import type { ReplaySettings, RunnerFactory } from '../../domain/runner-settings.ts';
import { findRecording } from './find-recording.ts';
import { play } from './play.ts';
import { type Recordings, readRecordings, type Take } from './recordings.ts';

/** Plays recorded answers; a prompt without a recording is a `bad-usage` failure. */
export const replay: RunnerFactory<ReplaySettings> = (name, settings, { clock }) => {
  const stock = shelf(settings);
  return {
    name,
    streaming: true,
    available: async () => stock.available(),
    ask: async (prompt, context) => {
      if (context.signal.aborted) return failed('cancelled', 'Cancelled');
      try {
        const found = stock.next(prompt);
        if (!found) return failed('bad-usage', missing(settings));
        return await play(found.take, context, { clock, timeScale: found.timeScale });
      } catch (error) {
        return failed('bad-usage', error instanceof Error ? error.message : String(error));
      }
    },
  };
};

interface Shelf {
  available(): Availability;
  /** The take that is next for the prompt; undefined without a recording. Throws when the file is none. */
  next(prompt: Prompt): { readonly take: Take; readonly timeScale: number } | undefined;
}

function shelf({ path, as }: ReplaySettings): Shelf {
  let read: Recordings | undefined;
  const recordings = (): Recordings => {
    read ??= readRecordings(path);
    return read;
  };
  const played = new Map<string, number>();
  return {
    available: () => availability(recordings, { path, as }),
    next: (prompt) => {
      const { timeScale } = recordings();
      const found = findRecording(recordings(), prompt, as);
      if (!found) return undefined;
      const { takes } = found.recording;
      const turn = played.get(found.key) ?? 0;
      // Takes go round, so that a second run meets the same failures as the first.
      played.set(found.key, (turn + 1) % takes.length);
      return { take: takes[turn] ?? takes[0], timeScale };
    },
  };
}

function availability(
  recordings: () => Recordings,
  { path, as }: Pick<ReplaySettings, 'path' | 'as'>,
): Availability {
  try {
    if (recordings().tasks.some((task) => Object.hasOwn(task.answers, as))) {
      return { status: 'available', where: path };
    }
    return unavailable(`${path} holds no answer of "${as}"`);
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error));
  }
}

function unavailable(message: string): Availability {
  const remedy = 'Name a recordings file that holds answers of this model';
  return { status: 'unavailable', kind: 'bad-usage', message, remedy };
}

/** Names the file without its folder, as a failure is kept and shared and a machine's paths are nobody's business. */
function missing({ path, as }: ReplaySettings): string {
  return `Cannot replay "${as}": ${basename(path)} has no recording of it for this prompt; the text of a recorded task is wanted, word for word`;
}

function failed(kind: FailureKind, message: string): Outcome {
  return { status: 'failed', failure: { kind, message } };
}
