import { join } from 'node:path';
import type { Unavailable } from '../../domain/availability.ts';
import type { AttemptFailure } from '../../domain/failure.ts';
import type { AskContext, Outcome, Prompt } from '../../domain/runner.ts';
import type { CommandSettings, RunnerFactory, RunnerTools } from '../../domain/runner-settings.ts';
import { findProgram } from '../../lib/find-program.ts';
import { HeldText } from '../../lib/held-text.ts';
import { privateFolder } from '../../lib/private-folder.ts';
import { type ProcessEnd, runProcess } from '../../lib/run-process.ts';
import { childEnvironment } from '../../vendor-cli/child-environment.ts';
import { failureOfEnd } from '../../vendor-cli/outcome-of.ts';
import { redactFailure } from '../../wire/redact.ts';
import { commandFault, fillCommand } from './fill-command.ts';

/** Any program: what it is told is the prompt, and what it prints is the answer. */
export const command: RunnerFactory<CommandSettings> = (name, settings, tools) => ({
  name,
  streaming: true,
  available: async () => {
    const fault = commandFault(settings);
    if (fault !== undefined) return unusable(fault);
    const where = await findProgram(settings.command[0], tools.env);
    return where === null ? missing(settings.command[0]) : { status: 'available', where };
  },
  ask: async (prompt, context) => {
    const outcome = await answer({ settings, tools }, prompt, context).catch(threw);
    if (outcome.status === 'answered') return outcome;
    const secrets = settings.env.map((variable) => tools.env[variable] ?? '');
    return { status: 'failed', failure: redactFailure(outcome.failure, secrets) };
  },
});

/** Characters of the end of stderr that are kept to show what happened. */
const evidenceMaxLength = 2000;

interface Asked {
  readonly settings: CommandSettings;
  readonly tools: RunnerTools;
}

async function answer(
  { settings, tools }: Asked,
  prompt: Prompt,
  context: AskContext,
): Promise<Outcome> {
  const fault = commandFault(settings);
  if (fault !== undefined) return failed({ kind: 'bad-usage', message: fault });

  await using folder = await privateFolder();
  const promptFile = join(folder.path, 'prompt.txt');
  const told = prompt.system === '' ? prompt.text : `${prompt.system}\n\n${prompt.text}`;
  const isFile = settings.prompt === 'file';
  await folder.write({ 'tmp/': '', ...(isFile ? { 'prompt.txt': told } : undefined) });
  const [program, ...args] = fillCommand(settings, promptFile);
  const answered = new HeldText();
  const end = await runProcess({
    command: [(await findProgram(program, tools.env)) ?? program, ...args],
    env: {
      ...childEnvironment(tools.env, settings.env),
      TMPDIR: join(folder.path, 'tmp'),
    },
    // The arguments may name files of the user's, by paths from here.
    cwd: process.cwd(),
    input: isFile ? '' : told,
    signal: context.signal,
    onText: (text) => {
      answered.push(text);
      context.report({ type: 'text', text });
    },
    maxBytes: settings.outputMaxBytes,
    folder: folder.path,
  });
  return outcomeOf(program, end, answered.take());
}

function outcomeOf(program: string, end: ProcessEnd, text: string): Outcome {
  if (end.status !== 'exited') return failed(failureOfEnd(program, end));
  if (end.code !== 0) {
    const message = `${program} ended with exit code ${end.code}`;
    const evidence = end.stderr.trim().slice(-evidenceMaxLength);
    return failed({ kind: 'unknown', message, ...(evidence ? { evidence } : undefined) });
  }
  if (text.trim() !== '') return { status: 'answered', text };
  return failed({ kind: 'empty-answer', message: `${program} printed nothing` });
}

function missing(program: string): Unavailable {
  return {
    status: 'unavailable',
    kind: 'not-installed',
    message: `No program named ${program} is here`,
    remedy: `Install ${program}, or correct the "command" of the runner`,
  };
}

function unusable(message: string): Unavailable {
  const remedy = 'Correct the configuration of the runner';
  return { status: 'unavailable', kind: 'bad-usage', message, remedy };
}

/** The temporary folder cannot be made, or a listener threw. */
function threw(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return failed({ kind: 'unknown', message: `Cannot ask: ${message}` });
}

function failed(failure: AttemptFailure): Outcome {
  return { status: 'failed', failure };
}
