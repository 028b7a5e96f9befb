import type { RuntimeParts } from '../../sandbox/runtime/runtime-parts.ts';
import { confinedRound } from '../confined-round.ts';
import { inJavaScript } from '../javascript/in-javascript.ts';
import type { Language, LanguagePlace, Missing } from '../language.ts';
import type { Round, RoundJob } from '../round.ts';
import { type DenoScript, denoCommand } from './deno-command.ts';
import { pacedSandbox } from './paced-sandbox.ts';

/** Milliseconds for a driver to start: its code is compiled each time, on a machine that may be busy. */
const startMs = 20_000;
/** By how much the clock of a call goes slower for Python, which as WebAssembly takes 4 to 6 times as long. */
const patience = 2;
/** Seconds of processor time for a driver to start. */
const startCpuSeconds = 3;

/** Runs JavaScript and TypeScript in Deno, by the driver that Node runs. */
export function javascriptInDeno(place: LanguagePlace): Language {
  const found = async (): Promise<DenoScript | Missing> => {
    const { deno } = await place.runtime();
    if (!deno) return missing('Deno');
    const cpuSeconds = startCpuSeconds + Math.ceil(place.limits.callCpuMs / 1000);
    return { deno: deno.path, script: 'javascript.cjs', args: [], readable: [], cpuSeconds };
  };
  return languageOf(found, (script, job, signal) => {
    const ready = inJavaScript(job);
    if ('status' in ready) return Promise.resolve(without(ready));
    return inDeno({ place, script, callMs: place.limits.callWallMs }, ready, signal);
  });
}

/** Runs Python in Deno: a fresh CPython in WebAssembly for each program, by the driver that any Python runs. */
export function pythonInDeno(place: LanguagePlace): Language {
  const found = async (): Promise<DenoScript | Missing> => {
    const { deno, python }: RuntimeParts = await place.runtime();
    if (!deno || python === undefined) return missing('Python as WebAssembly');
    const cpuSeconds = startCpuSeconds + Math.ceil((place.limits.callCpuMs * patience) / 1000);
    const own = { args: [python], readable: [python], cpuSeconds };
    return { deno: deno.path, script: 'python.mjs', ...own };
  };
  const callMs = place.limits.callWallMs * patience;
  return languageOf(found, (script, job, signal) => inDeno({ place, script, callMs }, job, signal));
}

type RunScript = (
  script: DenoScript,
  job: RoundJob,
  signal: AbortSignal,
) => Promise<Round | undefined>;

function languageOf(find: () => Promise<DenoScript | Missing>, runScript: RunScript): Language {
  return {
    missing: async () => {
      const found = await find();
      return 'because' in found ? found : undefined;
    },
    run: async (job, signal) => {
      const found = await find();
      if ('because' in found) return without({ status: 'failed', because: found.because });
      return runScript(found, job, signal);
    },
    close: async () => undefined,
  };
}

interface DenoRound {
  readonly place: LanguagePlace;
  readonly script: DenoScript;
  readonly callMs: number;
}

function inDeno(
  { place: { sandbox, limits }, script, callMs }: DenoRound,
  job: RoundJob,
  signal: AbortSignal,
): Promise<Round | undefined> {
  // A program that runs as a whole says nothing between its calls, so one clock is for all of it.
  const isWhole = job.calls.some(({ kind }) => kind === 'program');
  const command = denoCommand(script, limits, isWhole ? startMs + callMs : callMs);
  const pace = { startMs, callMs, calls: job.calls.length + 1 };
  const paced = isWhole ? sandbox : pacedSandbox(sandbox, pace);
  return confinedRound({ sandbox: paced, command, limits, job }, signal);
}

function missing(what: string): Missing {
  return { because: `there is no ${what}`, remedy: 'Get it by: orchestrator sandbox install' };
}

/** A round in which nothing was run. */
function without(end: Round['end']): Round {
  return { hasLoaded: false, observations: [], end, cpuMs: 0, wallMs: 0 };
}
