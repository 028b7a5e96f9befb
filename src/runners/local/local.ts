import { availableParallelism } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Availability } from '../../domain/availability.ts';
import type { AttemptFailure } from '../../domain/failure.ts';
import type { AskContext, Outcome, Prompt } from '../../domain/runner.ts';
import type { LocalSettings, RunnerFactory, RunnerTools } from '../../domain/runner-settings.ts';
import { Lines } from '../../lib/lines.ts';
import { packageFile } from '../../lib/package-file.ts';
import { type ProcessEnd, runProcess } from '../../lib/run-process.ts';
import { childEnvironment } from '../../vendor-cli/child-environment.ts';
import { failureOfEnd } from '../../vendor-cli/outcome-of.ts';
import { type ChildMessage, type ChildRequest, childMessageIn } from './child-protocol.ts';
import { engineFolder, engineModule, exists, modelFile } from './local-files.ts';
import { localModelNamed, localModels, smallModel } from './local-models.ts';

/** Tokens of prompt and answer together, at most. */
const contextTokens = 16_384;
/** The part of the processors that a model may use: the rest stays with the person. */
const processorShare = 0.75;

/** A small model that runs on this machine, in a process of its own, after it was downloaded once. */
export const local: RunnerFactory<LocalSettings> = (name, settings, tools) => ({
  name,
  streaming: true,
  available: async () => availabilityOf(placesOf(settings, tools)),
  ask: async (prompt, context) => {
    const places = placesOf(settings, tools);
    const found = await availabilityOf(places);
    if (found.status === 'unavailable' || 'fault' in places) {
      const { kind, message } = found.status === 'unavailable' ? found : unknownModel(settings);
      return failed({ kind, message });
    }
    return ask({ places, settings, tools }, prompt, context).catch(threw);
  },
});

/** The files of a model, or why there are none. */
type Places = LocalPlaces | { readonly fault: Availability };

interface LocalPlaces {
  readonly engine: string;
  readonly model: string;
  /** What is told of it. */
  readonly title: string;
  /** The command that brings what is missing. */
  readonly remedy: string;
}

function placesOf(settings: LocalSettings, { dataFolder }: RunnerTools): Places {
  if (dataFolder === undefined) return { fault: unusable('No folder for local models is known') };
  const known = localModelNamed(settings.model);
  if (settings.file === undefined && !known) return { fault: unknownModel(settings) };
  const flag = known === smallModel ? '--local --small' : '--local';
  const model = settings.file ?? (known && modelFile(known, dataFolder)) ?? '';
  return {
    engine: engineFolder(dataFolder),
    model,
    title: settings.model ?? known?.name ?? model,
    remedy: `Get it once: orchestrator ${flag} "task"`,
  };
}

async function availabilityOf(places: Places): Promise<Availability> {
  if ('fault' in places) return places.fault;
  const { engine, model, remedy, title } = places;
  if (!(await exists(model))) return missing(`The local model ${title} is not at ${model}`, remedy);
  if (!(await exists(engine)))
    return missing(`The engine of local models is not at ${engine}`, remedy);
  return { status: 'available', where: model };
}

interface Asked {
  readonly places: LocalPlaces;
  readonly settings: LocalSettings;
  readonly tools: RunnerTools;
}

async function ask(
  { places, settings, tools }: Asked,
  prompt: Prompt,
  context: AskContext,
): Promise<Outcome> {
  const request: ChildRequest = {
    engineModule: engineModule(places.engine),
    modelFile: places.model,
    prompt,
    threads: threadBudget(),
    contextTokens,
    maxOutputTokens: settings.maxOutputTokens,
  };
  const lines = new Lines('{');
  const pieces: string[] = [];
  let last: ChildMessage | undefined;
  const hear = (message: ChildMessage): void => {
    last = message;
    if (message.type === 'text') pieces.push(message.text);
    const started = { type: 'activity', doing: 'started' } as const;
    context.report(message.type === 'text' ? message : started);
  };
  const end = await runProcess({
    command: [process.execPath, childProgram()],
    env: childEnvironment(tools.env, []),
    cwd: dirname(places.model),
    input: JSON.stringify(request),
    signal: context.signal,
    maxBytes: settings.outputMaxBytes,
    onText: (text) => {
      for (const line of lines.push(text)) {
        const message = childMessageIn(line);
        if (message) hear(message);
      }
    },
  });
  return outcomeOf(end, last, { text: pieces.join(''), model: places.title });
}

/** Threads for a model: one works at a time, so that it may have them all. */
export function threadBudget(processors: number = availableParallelism()): number {
  return Math.max(1, Math.floor(processors * processorShare));
}

interface Answer {
  readonly text: string;
  readonly model: string;
}

/** Only the last message makes an answer whole: a process that died before it has half of one. */
function outcomeOf(
  end: ProcessEnd,
  last: ChildMessage | undefined,
  { text, model }: Answer,
): Outcome {
  if (end.status !== 'exited') return failed(failureOfEnd('The local model', end));
  if (last?.type === 'failed') return failed({ kind: last.kind, message: last.message });
  if (last?.type !== 'done') {
    const message = `The local model ended with exit code ${end.code} before its answer was whole`;
    return failed({ kind: 'broken-stream', message, evidence: end.stderr.trim() });
  }
  const { inputTokens, outputTokens } = last;
  if (text.trim() === '')
    return failed({ kind: 'empty-answer', message: 'The local model said nothing' });
  return { status: 'answered', text, model, usage: { inputTokens, outputTokens }, costUsd: 0 };
}

/** The command is a bundle, which has the program not beside it but in the library. */
function childProgram(): string {
  const here = fileURLToPath(import.meta.url);
  if (extname(here) === '.ts') return join(dirname(here), 'child.ts');
  return packageFile('dist/runners/local/child.js');
}

function missing(message: string, remedy: string): Availability {
  return { status: 'unavailable', kind: 'not-installed', message, remedy };
}

function unknownModel({ model }: LocalSettings) {
  const names = localModels.map(({ name }) => name).join(', ');
  return unusable(`There is no local model "${model}": known are ${names}`);
}

function unusable(message: string) {
  const remedy = 'Correct the configuration of the runner';
  return { status: 'unavailable', kind: 'bad-usage', message, remedy } as const;
}

/** A listener threw. */
function threw(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return failed({ kind: 'unknown', message: `Cannot ask: ${message}` });
}

function failed(failure: AttemptFailure): Outcome {
  return { status: 'failed', failure };
}
