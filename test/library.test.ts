import { describe, expect, test } from 'vitest';
import {
  BaseModelRunner,
  type ExecuteContext,
  ExecutionMode,
  Orchestrator,
  OrchestratorError,
  type OrchestratorEvent,
} from '../src/index.ts';
import { MultiModelOrchestrator } from '../src/v1.ts';

const add = '```python\ndef add(a, b):\n    return a + b\n```\n';

class Scripted extends BaseModelRunner {
  readonly name: string;
  readonly #answer: (context: ExecuteContext) => Promise<string>;
  contexts: ExecuteContext[] = [];

  constructor(name: string, answer: (context: ExecuteContext) => Promise<string>) {
    super();
    this.name = name;
    this.#answer = answer;
  }

  execute(_prompt: string, context: ExecuteContext): Promise<string> {
    this.contexts.push(context);
    return this.#answer(context);
  }
}

/** Answers only when it is aborted, as a well-behaved runner does. */
const hang = ({ signal }: ExecuteContext): Promise<string> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

function orchestrator(
  runners: Readonly<Record<string, (context: ExecuteContext) => Promise<string>>>,
) {
  const orch = new Orchestrator({ defaultTimeout: 5, maxRetries: 0 });
  for (const [name, answer] of Object.entries(runners))
    orch.runners[name] = new Scripted(name, answer);
  return orch;
}

describe('Orchestrator', () => {
  test('knows the built-in runners by name', () => {
    expect(Object.keys(new Orchestrator().runners)).toEqual([
      'claude-code',
      'codex',
      'gemini',
      'grok',
    ]);
  });

  test('run() gives the answer that the named models agree on', async () => {
    const other = add.replace('a + b', 'a - b');
    const orch = orchestrator({ a: async () => other, b: async () => add, c: async () => add });
    const result = await orch.run('Add two numbers', {
      mode: ExecutionMode.SIMPLE,
      models: ['a', 'b', 'c'],
    });
    expect(result).toMatchObject({
      task: 'Add two numbers',
      mode: 'simple',
      category: 'general',
      consensusCode: 'def add(a, b):\n    return a + b',
      metadata: { status: 'complete', chosen: 'b', replay: false },
    });
    expect(result.outputs.map(({ model, success }) => [model, success])).toEqual([
      ['a', true],
      ['b', true],
      ['c', true],
    ]);
    expect(result.executionTime).toBeGreaterThan(0);
  });

  test('run() keeps a row for each model that fails, and goes on with the rest', async () => {
    const fail = async (): Promise<string> => {
      throw new Error('no luck');
    };
    const orch = orchestrator({ a: fail, b: async () => add });
    const result = await orch.run('Add', { models: ['a', 'b'] });
    expect(result.outputs[0]).toMatchObject({
      model: 'a',
      success: false,
      failureKind: 'unknown',
      code: '',
    });
    expect(result.outputs[0]?.error).toContain('no luck');
    expect(result).toMatchObject({ metadata: { status: 'degraded', chosen: 'b' } });
  });

  test('run() ends without an answer when all fail, and says why', async () => {
    const fail = async (): Promise<string> => {
      throw new Error('no luck');
    };
    const result = await orchestrator({ a: fail }).run('Add', { models: ['a'] });
    expect(result).toMatchObject({
      consensusCode: '',
      validation: null,
      metadata: { status: 'failed' },
    });
    expect(result.explanation).toContain('no luck');
  });

  test('run() times a model out after the seconds given for the run', async () => {
    const result = await orchestrator({ a: hang }).run('Add', { models: ['a'], timeout: 0.05 });
    expect(result.outputs[0]).toMatchObject({ failureKind: 'timed-out', success: false });
    expect(result.outputs[0]?.error).toContain('Timeout');
  });

  test('run() rejects as an AbortError when it is cancelled, with the rows that there are', async () => {
    const controller = new AbortController();
    const orch = orchestrator({ a: hang, b: async () => add });
    const running = orch.run('Add', { models: ['a', 'b'], signal: controller.signal });
    controller.abort(new Error('enough'));
    const error = await running.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OrchestratorError);
    expect(error).toMatchObject({
      name: 'AbortError',
      code: 'cancelled',
      cause: { message: 'enough' },
      result: { metadata: { status: 'cancelled' } },
    });
  });

  test.each([
    ['an empty task', '  ', {}, 'bad-usage'],
    ['an unknown model', 'x', { models: ['nobody'] }, 'unknown-model'],
    ['a bad timeout', 'x', { timeout: -1 }, 'bad-usage'],
    ['a bad mode', 'x', { mode: 'huge' as 'simple' }, 'bad-usage'],
    ['an empty list of models', 'x', { models: [] }, 'bad-usage'],
    ['one name in place of a list', 'x', { models: 'codex' as unknown as string[] }, 'bad-usage'],
    ['a misspelt option', 'x', { timeOut: 3 } as object, 'bad-usage'],
    ['a task that is no text', 12 as unknown as string, {}, 'bad-usage'],
  ])('run() refuses %s', async (_, task, options, code) => {
    await expect(new Orchestrator().run(task, options)).rejects.toMatchObject({ code });
  });

  test('stream() tells what happens in order and ends with the result', async () => {
    const orch = orchestrator({
      a: async ({ onText }) => {
        onText('working');
        return add;
      },
    });
    const events: OrchestratorEvent[] = [];
    for await (const event of orch.stream('Add', { models: ['a'] })) events.push(event);
    expect(events.map(({ type }) => type)).toEqual([
      'run-started',
      'plan-made',
      'attempt-started',
      'text-arrived',
      'attempt-ended',
      'verdict-given',
      'suite-made',
      'candidate-observed',
      'settlement-made',
      'merge-made',
      'decision-made',
      'validation-made',
      'run-ended',
    ]);
    expect(events.at(-1)).toMatchObject({
      status: 'complete',
      result: { metadata: { chosen: 'a' } },
    });
  });

  test('gives the seat of a runner that was removed to another, and says why', async () => {
    const orch = orchestrator({ codex: async () => 'x = 1', gemini: async () => 'x = 1' });
    delete orch.runners['claude-code'];
    const { metadata } = await orch.run('Build a REST API endpoint', { validators: [] });
    expect(metadata.substitutions).toMatchObject([{ planned: 'claude-code' }]);
  });

  test('stream() cancels the run when the loop is left', async () => {
    const runner = new Scripted('a', hang);
    const orch = new Orchestrator();
    orch.runners['a'] = runner;
    for await (const event of orch.stream('Add', { models: ['a'] })) {
      if (event.type === 'attempt-started') break;
    }
    expect(runner.contexts[0]?.signal.aborted ?? true).toBe(true);
  });

  test('stream() ends with the result also when it is cancelled', async () => {
    const controller = new AbortController();
    const orch = orchestrator({ a: hang });
    let last: OrchestratorEvent | undefined;
    for await (const event of orch.stream('Add', { models: ['a'], signal: controller.signal })) {
      if (event.type === 'attempt-started') controller.abort();
      last = event;
    }
    expect(last).toMatchObject({ type: 'run-ended', status: 'cancelled' });
  });

  test('stream() throws for a misuse', async () => {
    const events = new Orchestrator().stream('x', { models: ['nobody'] });
    expect(await events.next()).toMatchObject({ value: { type: 'run-started' } });
    await expect(events.next()).rejects.toMatchObject({ code: 'unknown-model' });
  });

  test('runSync() blocks until the run ends, with a runner declared by its module', () => {
    const orch = new Orchestrator();
    orch.runners['echo'] = {
      type: 'module',
      url: new URL('./support/echo-runner.mjs', import.meta.url).href,
    };
    const result = orch.runSync('say hello', { models: ['echo'] });
    expect(result.consensusCode).toBe('answer = "hello"');
  });

  test('runSync() refuses a runner that lives in the blocked thread, and says what to do', () => {
    const orch = orchestrator({ mine: async () => add });
    expect(() => orch.runSync('x', { models: ['mine'] })).toThrow(
      expect.objectContaining({ code: 'not-sync', hint: expect.stringContaining('module') }),
    );
  });

  test('runSync() takes no notice of a runner that the run cannot come to', () => {
    const url = new URL('./support/echo-runner.mjs', import.meta.url).href;
    const orch = orchestrator({ mine: async () => add });
    orch.runners['echo'] = { type: 'module', url };
    expect(orch.runSync('say hello', { models: ['echo'] }).metadata.chosen).toBe('echo');
  });

  test('refuses what is no runner', async () => {
    const orch = new Orchestrator();
    orch.runners['q'] = 42 as unknown as Scripted;
    await expect(orch.run('x')).rejects.toMatchObject({ code: 'bad-usage' });
  });

  test('runSync() refuses a signal', () => {
    const options = { signal: new AbortController().signal };
    expect(() => new Orchestrator().runSync('x', options)).toThrow(/Cannot run with a signal/);
  });

  test('runSync() throws a misuse with its code', () => {
    expect(() => new Orchestrator().runSync('x', { models: ['nobody'] })).toThrow(
      expect.objectContaining({ name: 'OrchestratorError', code: 'unknown-model' }),
    );
  });

  test('takes a configuration as a file would say it, and refuses a wrong one in one line', () => {
    const config = {
      runners: {
        local: { type: 'openai-compatible', baseURL: 'http://127.0.0.1:1/v1', model: 'm' },
      },
    } as const;
    expect(Object.keys(new Orchestrator({ config }).runners)).toContain('local');
    const wrong = { timeout: 'long' } as unknown as { timeout: number };
    expect(() => new Orchestrator({ config: wrong })).toThrow(/timeout is "long", wanted/);
  });
});

describe('MultiModelOrchestrator', () => {
  test('orchestrate() gives a plain object with the keys of version 1', () => {
    const url = new URL('./support/echo-runner.mjs', import.meta.url).href;
    const orch = new MultiModelOrchestrator({
      config: { runners: { echo: { type: 'module', url } } },
    });
    const result = orch.orchestrate('say hello', { models: ['echo'] });
    expect(result.consensus_code).toBe('answer = "hello"');
    expect(result.outputs[0]).toMatchObject({ model: 'echo', success: true });
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining([
        'task',
        'mode',
        'category',
        'explanation',
        'validation',
        'execution_time',
      ]),
    );
  });
});
