import type { Asking } from '../ask/ask.ts';
import { isCi } from '../config/environment.ts';
import type { AnswerKey } from '../domain/answer-key.ts';
import type { AttemptFailure } from '../domain/failure.ts';
import type { Outcome, Prompt, Runner } from '../domain/runner.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import type { Cassette } from '../runners/replay/cassette.ts';
import { askedModel } from './asked-model.ts';
import { openCache } from './open-cache.ts';

/** The answers that are kept beside the history: a cassette that is recorded or played, and the cache. */
export interface KeptAnswers {
  /** Opens the cassette. Rejects with `unreadable-file` for one that cannot be used. */
  open(): Promise<void>;
  /** Puts a runner of the cassette in the place of one, or one that is recorded. */
  runner(name: string, load: () => Promise<Runner>): Promise<Runner>;
  /** What asking a runner takes from here. */
  asking(name: string): Promise<Pick<Asking, 'recorded' | 'cache'>>;
}

/** Makes what opens the cassette and the cache where the settings want them. */
export function keptAnswers(settings: Settings, tools: RunnerTools): KeptAnswers {
  const { record, replay } = settings.cassette;
  const path = record ?? replay;
  const cache = openCache(settings, tools);
  if (path === undefined) {
    return {
      open: async () => undefined,
      runner: (_name, load) => load(),
      asking: async (name) => ({ cache: cache(name) }),
    };
  }
  let opening: Promise<Tape> | undefined;
  const tape = (): Promise<Tape> => {
    opening ??= openTape(path, settings, tools);
    return opening;
  };
  return {
    open: async () => {
      await tape();
    },
    runner: async (name, load) => {
      const opened = await tape();
      return opened.asksOnMiss ? recorded(name, await load(), opened) : played(name, opened);
    },
    asking: async (name) => {
      const { next } = await tape();
      return replay === undefined
        ? {}
        : { recorded: (prompt, repeat) => next(name, prompt, repeat) };
    },
  };
}

/** An open cassette, and what is done with it. */
interface Tape {
  readonly cassette: Cassette;
  /** Whether a request that is not recorded is sent and recorded. */
  readonly asksOnMiss: boolean;
  /** Whether it says who can be asked. */
  readonly isPlayed: boolean;
  readonly keyOf: (name: string, prompt: Prompt, repeat: number) => AnswerKey;
  readonly next: (name: string, prompt: Prompt, repeat: number) => Pick<Runner, 'ask'> | undefined;
  readonly record: (name: string, runner: Runner) => Runner['ask'];
}

async function openTape(
  path: string,
  settings: Settings,
  { clock, env }: RunnerTools,
): Promise<Tape> {
  const { record, replay, pace } = settings.cassette;
  const [{ openCassette }, { playTake }, { recordTake }] = await Promise.all([
    import('../runners/replay/cassette.ts'),
    import('../runners/replay/play-take.ts'),
    import('../runners/replay/record-take.ts'),
  ]);
  // Nobody on such a machine sees that a model was asked, and what it said would be lost with the machine.
  const asksOnMiss = record !== undefined && !(replay !== undefined && isCi(env));
  const cassette = openCassette(path, { create: asksOnMiss });
  const keyOf = (name: string, prompt: Prompt, repeat: number): AnswerKey => ({
    ...askedModel(name, settings.runners[name]),
    prompt,
    repeat,
  });
  return {
    cassette,
    asksOnMiss,
    isPlayed: replay !== undefined,
    keyOf,
    next: (name, prompt, repeat) => {
      const key = keyOf(name, prompt, repeat);
      const take = cassette.next(key);
      if (take) return { ask: (_prompt, context) => playTake(take, context, { clock, pace }) };
      return asksOnMiss ? undefined : { ask: async () => missing(cassette, key) };
    },
    record: (name, runner) => (prompt, context) => {
      const key = keyOf(name, prompt, context.repeat ?? 1);
      return recordTake(prompt, context, {
        runner,
        clock,
        keep: (take) => cassette.keep(key, take),
      });
    },
  };
}

/** A runner whose requests are recorded; where it can be asked is, too. */
function recorded(name: string, runner: Runner, { cassette, isPlayed, record }: Tape): Runner {
  const { probe } = runner;
  return {
    name,
    streaming: runner.streaming,
    available: async () => {
      const known = isPlayed ? cassette.availability(name) : undefined;
      if (known?.status === 'available') return known;
      const found = await runner.available();
      cassette.keepAvailability(name, found);
      return found;
    },
    ask: record(name, runner),
    ...(probe && { probe: (context) => probe.call(runner, context) }),
  };
}

/** A runner that is nowhere but in the cassette. */
function played(name: string, { cassette, keyOf }: Tape): Runner {
  const { path } = cassette;
  const message = `${path} knows nothing of "${name}"`;
  const remedy = 'Record it with --record, or name other models with --models';
  return {
    name,
    streaming: true,
    available: async () =>
      cassette.availability(name) ?? { status: 'unavailable', kind: 'bad-usage', message, remedy },
    ask: async (prompt, { repeat = 1 }) => missing(cassette, keyOf(name, prompt, repeat)),
  };
}

/** Characters of a task that a message shows. */
const shownMaxLength = 60;

function missing(cassette: Cassette, key: AnswerKey): Outcome {
  const { runner, repeat, prompt } = key;
  const [line = ''] = prompt.text.trimStart().split('\n', 1);
  const shown = line.length > shownMaxLength ? `${line.slice(0, shownMaxLength - 1)}…` : line;
  const which = repeat === 1 ? '' : `, repeat ${repeat}`;
  const failure: AttemptFailure = {
    kind: 'not-recorded',
    message: `${cassette.path} does not hold what ${runner} was asked, ${JSON.stringify(shown)}${which}: ${cassette.nearest(key)}`,
  };
  return { status: 'failed', failure };
}
