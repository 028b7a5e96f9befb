import { expect, test } from 'vitest';
import type { PoolSample, PoolTask } from './pool.ts';
import { programOf } from './program-of.ts';

const task: PoolTask = {
  id: 'task',
  language: 'python',
  prompt: 'def f(x):\n    """Doubles."""\n',
  entryPoint: 'f',
  hiddenTests: null,
  visibleTests: null,
  generatedTests: [],
  samples: [],
};

const sample = (parts: Partial<PoolSample>): PoolSample => ({
  model: 'm',
  index: 0,
  rawOutput: null,
  code: null,
  passes: null,
  ...parts,
});

function textOf(parts: Partial<PoolSample>): string | undefined {
  const candidate = programOf(sample(parts), task, 'primary-1');
  return candidate.status === 'code' ? candidate.files[0].text : undefined;
}

test('programOf() puts code that goes on where the prompt ends behind it', () => {
  expect(textOf({ code: '    return 2 * x\n' })).toBe(`${task.prompt}    return 2 * x\n`);
});

test('programOf() leaves a whole program as it is', () => {
  expect(textOf({ code: 'def f(x):\n    return 2 * x\n' })).toBe('def f(x):\n    return 2 * x\n');
});

test('programOf() extracts the code of an answer rather than believe the record', () => {
  const rawOutput = 'Here:\n\n```python\ndef f(x):\n    return x + x\n```\n';
  expect(textOf({ rawOutput, code: 'other' })).toBe('def f(x):\n    return x + x');
});

test('programOf() puts an answer that is the body of the function behind the prompt', () => {
  expect(textOf({ rawOutput: '```python\n    return 2 * x\n```' })).toBe(
    `${task.prompt}    return 2 * x`,
  );
});

test('programOf() falls back on recorded code where the answer has none', () => {
  expect(textOf({ rawOutput: 'I cannot do that.', code: 'def f(x): return x' })).toContain('def f');
});

test('programOf() gives no code where there is none', () => {
  expect(textOf({ rawOutput: 'I cannot do that.' })).toBeUndefined();
});
