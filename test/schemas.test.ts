import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { resultJson, toJson } from '../src/report/json.ts';
import { resultOf } from '../src/report/result.ts';
import { resultSchema } from '../src/report/result-schema.ts';
import { pathOfSchema, schemaFiles, textOfSchema } from '../tools/make-schemas.ts';
import {
  answered,
  decided,
  failed,
  finding,
  notPassed,
  primary,
  reviewed,
  sampleRecord,
  undecided,
  validator,
} from './support/sample-run.ts';

const [claude, codex, gemini] = [
  primary(1, 'claude-code'),
  primary(2, 'codex'),
  validator(1, 'gemini'),
];

const point = (seat: string) => ({ text: 'Use a queue', seats: [seat] });

const records = {
  'a complete run': sampleRecord(),
  'a degraded run with findings': sampleRecord({
    status: 'degraded',
    attempts: [
      answered(claude, { usage: null, costUsd: null, model: null }),
      failed(codex, 'rate-limited', 'HTTP 429'),
      answered(gemini),
    ],
    verdicts: [
      notPassed('primary-1'),
      {
        seat: 'primary-2',
        status: 'not-run',
        checks: [{ checker: 'syntax', file: null, outcome: { status: 'not-run', because: 'x' } }],
        tokens: null,
      },
    ],
    validation: {
      needsHumanReview: true,
      reasons: [
        {
          code: 'changes_requested',
          message: 'Nobody accepted',
          witness: 'Nobody accepted',
          seats: ['validator-1'],
        },
      ],
      reviews: [
        reviewed('validator-1', 'revise', [
          finding('major', 'No limit'),
          { severity: 'minor', message: 'Long', file: null, line: null },
        ]),
      ],
    },
  }),
  'a run without an answer': sampleRecord({ status: 'failed', decision: undecided, attempts: [] }),
  'an architectural run': sampleRecord({
    decision: decided({
      synthesis: {
        agreements: [point('primary-1')],
        contradictions: [{ subject: 'Store', sides: [point('primary-1'), point('primary-2')] }],
        unique: [point('primary-2')],
      },
    }),
  }),
};

function publishedSchema(): ValidateFunction {
  const [result] = schemaFiles.filter(({ file }) => file === 'result.schema.json');
  if (!result) throw new Error('No result.schema.json is published');
  return new Ajv2020({ allErrors: true }).compile(
    JSON.parse(readFileSync(pathOfSchema(result), 'utf8')),
  );
}

test.each(schemaFiles)('schema/$file is what tools/make-schemas.ts writes', (schemaFile) => {
  expect(readFileSync(pathOfSchema(schemaFile), 'utf8')).toBe(textOfSchema(schemaFile));
});

test.each(Object.entries(records))('toJson() of %s fits the published schema', (_, record) => {
  const validate = publishedSchema();
  validate(JSON.parse(toJson(resultOf(record))));
  expect(validate.errors).toBe(null);
});

test('the published schema refuses a key that it does not know and a code that does not exist', () => {
  const validate = publishedSchema();
  const json = resultJson(resultOf(records['a degraded run with findings']));
  const reasons = [{ code: 'felt_wrong', message: '', models: [] }];
  expect(validate({ ...json, consensusCode: '' })).toBe(false);
  expect(validate({ ...json, validation: { ...json.validation, review_reasons: reasons } })).toBe(
    false,
  );
});

test('the schema in code and the published one demand the same keys', () => {
  const json = resultJson(resultOf(records['a complete run']));
  const validate = publishedSchema();
  for (const key of Object.keys(json)) {
    const { [key as keyof typeof json]: _, ...rest } = json;
    expect([key, validate(rest), resultSchema.safeParse(rest).success]).toEqual([
      key,
      false,
      false,
    ]);
  }
});
