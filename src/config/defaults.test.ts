import { expect, test } from 'vitest';
import { builtInRunners, builtInSettings } from './defaults.ts';

// Category, keywords, primaries, validator: the table of the specification, row by row.
const table = [
  ['frontend', ['react', 'component', 'ui', 'form'], ['gemini', 'claude-code'], 'codex'],
  ['backend', ['api', 'endpoint', 'service', 'database'], ['claude-code', 'codex'], 'gemini'],
  ['devops', ['docker', 'kubernetes', 'ci/cd'], ['codex', 'grok'], 'claude-code'],
  ['scripts', ['script', 'automation', 'bash', 'cli'], ['codex', 'gemini'], 'claude-code'],
  ['data', ['data', 'pipeline', 'etl', 'sql'], ['codex', 'claude-code'], 'gemini'],
  ['architecture', ['architecture', 'design', 'scale'], ['grok', 'claude-code'], 'codex'],
  ['general', [], ['claude-code', 'codex'], 'gemini'],
];

test('builtInSettings routes as the table of the specification says, in its order', () => {
  const rows = builtInSettings.categories.map(({ name, keywords, primaries, validators }) => [
    name,
    keywords,
    primaries,
    validators[0],
  ]);
  expect(rows).toEqual(table);
});

test.each(builtInSettings.categories)(
  'builtInSettings gives $name all four runners',
  (category) => {
    const { primaries, validators } = category;
    expect(new Set([...primaries, ...validators])).toEqual(new Set(builtInRunners));
    expect([...primaries, ...validators]).toHaveLength(builtInRunners.length);
  },
);

test('builtInSettings has the modes and limits of the specification', () => {
  const { modes, defaultMode, limits, strict } = builtInSettings;
  expect(modes).toEqual({
    simple: { primaries: 1, validators: 0 },
    medium: { primaries: 2, validators: 1 },
    complex: { primaries: 2, validators: 2 },
    architectural: { primaries: 'all', validators: 0 },
  });
  expect(limits).toEqual({
    timeoutMs: 60_000,
    stallMs: 30_000,
    retries: 1,
    runTimeoutMs: undefined,
  });
  expect({ defaultMode, strict }).toEqual({ defaultMode: 'medium', strict: false });
});

test('builtInSettings declares each built-in runner with the type of its name', () => {
  const types = Object.entries(builtInSettings.runners).map(([name, { type }]) => [name, type]);
  expect(types).toEqual(builtInRunners.map((name) => [name, name]));
});
