import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, expectTypeOf, test } from 'vitest';
import { decided, sampleRecord } from '../../test/support/sample-run.ts';
import { type ResultJson, resultJson, toJson } from './json.ts';
import { resultOf } from './result.ts';

test('resultJson() has the keys of the result structure, in snake_case', () => {
  const json = resultJson(resultOf(sampleRecord()));
  expect(Object.keys(json)).toEqual([
    'task',
    'mode',
    'category',
    'consensus_code',
    'explanation',
    'files',
    'outputs',
    'verification',
    'evidence',
    'validation',
    'execution_time',
    'spending',
    'metadata',
  ]);
  expect(Object.keys(json.outputs[0] ?? {})).toEqual(
    expect.arrayContaining([
      ...['model', 'success', 'code', 'raw_output', 'error', 'execution_time'],
      ...['failure_kind', 'evidence', 'answered_by'],
    ]),
  );
  expect(Object.keys(json.validation ?? {})).toEqual([
    'needs_human_review',
    'review_reasons',
    'findings',
    'reviews',
  ]);
});

test('ResultJson has the keys in snake_case too', () => {
  expectTypeOf<ResultJson['consensus_code']>().toEqualTypeOf<string>();
  expectTypeOf<ResultJson['outputs'][number]['execution_time']>().toEqualTypeOf<number>();
  expectTypeOf<keyof NonNullable<ResultJson['validation']>>().toEqualTypeOf<
    'needs_human_review' | 'review_reasons' | 'findings' | 'reviews'
  >();
});

test('resultJson() does not touch what is no key', () => {
  const text = 'const camelCase = { snakeCase: 1 };\n\u001b[31m\u009b \u202e';
  const decision = decided({ files: [{ path: 'src/camelCase.ts', language: null, text }] });
  const result = resultOf(sampleRecord({ decision }));
  expect(resultJson(result).files).toEqual(decision.files);
  expect(JSON.parse(toJson(result))).toEqual(resultJson(result));
});

test('toJson() holds nothing that a terminal obeys', () => {
  const text = '\u001b[31m \u007f \u009b2J \u2028 \u202e \u200f';
  const decision = decided({ files: [{ path: null, language: null, text }] });
  const json = toJson(resultOf(sampleRecord({ decision })));
  expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
});

test('what prints a result does not load zod', async () => {
  const files = ['result', 'json', 'text', 'plain-answer', 'lanes', 'render-lanes', 'progress'];
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    for (const file of ${JSON.stringify(files)}) await import(new URL(file + '.ts', '${import.meta.url}').href);
    console.log(JSON.stringify(loaded));
  `;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const loaded: readonly string[] = JSON.parse(stdout);
  expect(loaded.length).toBeGreaterThan(files.length);
  expect(loaded.filter((url) => url.includes('zod') || url.includes('schema'))).toEqual([]);
});
