import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import type { Progress, Runner } from '../../domain/runner.ts';
import type { LocalSettings } from '../../domain/runner-settings.ts';
import { type PrivateFolder, privateFolder } from '../../lib/private-folder.ts';
import { local, threadBudget } from './local.ts';
import { engineFolder, engineModule, modelFile } from './local-files.ts';
import { standardModel } from './local-models.ts';

let folder: PrivateFolder;
beforeEach(async () => {
  folder = await privateFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

/** An engine in JavaScript, whose model does as it is told when it is asked. */
async function bring(whenAsked: string): Promise<void> {
  const engine = engineModule(engineFolder(folder.path));
  await mkdir(dirname(engine), { recursive: true });
  await writeFile(join(dirname(engine), 'package.json'), '{"type": "module"}');
  await writeFile(
    engine,
    `
      const sequence = { tokenMeter: { usedInputTokens: 7, usedOutputTokens: 3 } };
      const context = { contextSize: 2048, getSequence: () => sequence };
      const model = {
        trainContextSize: 2048,
        tokenize: (text) => text.split(' '),
        createContext: async () => context,
      };
      export const getLlama = async () => ({ loadModel: async () => model });
      export class LlamaChatSession {
        async promptWithMeta(prompt, { onTextChunk, maxTokens }) { ${whenAsked} }
      }
    `,
  );
  const file = modelFile(standardModel, folder.path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'GGUF');
}

function runner(changes: Partial<LocalSettings> = {}): Runner {
  const settings: LocalSettings = {
    type: 'local',
    file: undefined,
    model: undefined,
    timeoutMs: undefined,
    stallMs: undefined,
    retries: undefined,
    concurrency: undefined,
    price: undefined,
    maxOutputTokens: undefined,
    ...changes,
  };
  const env = { PATH: '/usr/bin:/bin', SECRET: 's' };
  return local('local', settings, { env, clock: realClock, dataFolder: folder.path });
}

function ask(asked: Runner, more: object = {}) {
  const signal = new AbortController().signal;
  const context = { signal, limitMs: 10_000, report: () => undefined, ...more };
  return asked.ask({ system: 'S', text: 'T' }, context);
}

describe('available()', () => {
  test('says how to get the model where it is not', async () => {
    expect(await runner().available()).toEqual({
      status: 'unavailable',
      kind: 'not-installed',
      message: expect.stringContaining('The local model qwen2.5-coder-1.5b is not at'),
      remedy: 'Get it once: orchestrator --local "task"',
    });
  });

  test('says what brings the engine of a file of one’s own', async () => {
    await writeFile(join(folder.path, 'own.gguf'), 'GGUF');
    const found = await runner({ file: join(folder.path, 'own.gguf') }).available();
    expect(found).toMatchObject({ message: expect.stringContaining('The engine of local models') });
  });

  test('names the known models for an unknown one, and asks nobody', async () => {
    const message = 'There is no local model "x": known are qwen2.5-coder-1.5b, qwen2.5-coder-0.5b';
    expect(await runner({ model: 'x' }).available()).toMatchObject({ kind: 'bad-usage', message });
    expect(await ask(runner({ model: 'x' }))).toMatchObject({ failure: { message } });
  });

  test('finds what was downloaded', async () => {
    await bring('');
    const where = modelFile(standardModel, folder.path);
    expect(await runner().available()).toEqual({ status: 'available', where });
  });
});

describe('ask()', () => {
  test('gives the text as it comes and the whole of it at the end', async () => {
    await bring('onTextChunk("a"); onTextChunk("\\nü"); return { stopReason: "eogToken" };');
    const heard: Progress[] = [];
    const report = (progress: Progress): void => void heard.push(progress);
    expect(await ask(runner(), { report })).toEqual({
      status: 'answered',
      text: 'a\nü',
      model: 'qwen2.5-coder-1.5b',
      usage: { inputTokens: 7, outputTokens: 3 },
      costUsd: 0,
    });
    expect(heard).toContainEqual({ type: 'text', text: '\nü' });
  });

  test('keeps the environment from the model, and junk on stdout out of the answer', async () => {
    await bring(
      'console.log("junk {"); console.log("{junk}"); onTextChunk(String(process.env.SECRET)); return { stopReason: "eogToken" };',
    );
    expect(await ask(runner())).toMatchObject({ text: 'undefined' });
  });

  test.each([
    ['says nothing', 'return { stopReason: "eogToken" };', 'empty-answer'],
    ['stops in the middle', 'onTextChunk("half"); process.exit(0);', 'broken-stream'],
    ['crashes', 'onTextChunk("half"); process.abort();', 'broken-stream'],
    ['is killed', 'onTextChunk("half"); process.kill(process.pid, "SIGKILL");', 'broken-stream'],
    ['is cut', 'onTextChunk("half"); return { stopReason: "maxTokens" };', 'output-too-long'],
    ['throws', 'throw new Error("no\\nroom");', 'unknown'],
    [
      'floods',
      'for (;;) { onTextChunk("x".repeat(1e6)); await new Promise(setImmediate); }',
      'flooded',
    ],
  ])('fails when the model %s', async (_, whenAsked, kind) => {
    await bring(whenAsked);
    expect(await ask(runner())).toMatchObject({ status: 'failed', failure: { kind } });
  });

  test('ends a model that hangs when it is aborted', async () => {
    await bring('onTextChunk("half"); for (;;);');
    const controller = new AbortController();
    const report = ({ type }: Progress): void => {
      if (type === 'text') controller.abort();
    };
    const { signal } = controller;
    expect(await ask(runner(), { signal, report })).toMatchObject({
      failure: { kind: 'cancelled' },
    });
  });
});

test.each([
  [1, 1],
  [2, 1],
  [4, 3],
  [16, 12],
])('threadBudget() leaves some of %i processors to the person', (processors, threads) => {
  expect(threadBudget(processors)).toBe(threads);
});
