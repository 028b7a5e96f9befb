import { z } from 'zod';
import type { ResultJson } from './json.ts';

const count = z.int().min(0);
const fraction = z.number().min(0).max(1);
const names = z.array(z.string());

const sandbox = z.strictObject({
  level: z.enum(['namespaces', 'kernel', 'seatbelt', 'runtime', 'none']),
  mechanism: z.string(),
  promises_not: z.array(z.string()).describe('What this level does not hold off'),
});

const test = z
  .strictObject({
    id: z.string(),
    origin: z.enum(['example', 'user', 'validator', 'generated', 'separating']),
    author: z.string().nullable().describe('The runner that wrote it'),
    call: z.string(),
    expected: z.string().nullable().describe('Null for an input without a known result'),
    weight: fraction.nullable().describe('How much it counts; null without a known result'),
    weight_reason: z
      .enum(['shown', 'weighed', 'repeated', 'separates-nothing', 'stub-passes', 'contradicted'])
      .nullable(),
  })
  .meta({ id: 'Test', description: 'One thing that every candidate was tried on' });

const cell = z
  .strictObject({
    outcome: z
      .enum([
        'passed',
        'failed',
        'value',
        'raised',
        'differs',
        'timed-out',
        'crashed',
        'flaky',
        'not-run',
      ])
      .describe(
        'passed or failed where a result is known; else value or raised, or differs where the chosen answer does something else',
      ),
    got: z.string(),
  })
  .meta({ id: 'Cell', description: 'What one candidate did on one test' });

const row = z.strictObject({
  model: z.string(),
  seat: z.string(),
  status: z.enum(['ran', 'not-run']),
  because: z.string().nullable().describe('Why it was not run'),
  cells: z.array(cell).describe('One for each test; empty where it was not run'),
});

const behaviour = z.strictObject({
  models: names,
  seats: names,
  families: count,
  user_tests: count.describe('Tests of the person that pass'),
  examples: count.describe('Examples in the task that pass'),
  consistency: fraction,
  agreement: fraction,
  tests: z.number().min(0).describe('The weights of the tests of models that pass, added up'),
  score: z.number().min(0),
});

const side = z.strictObject({ models: names, seats: names, outcome: z.string() });

const separating = z
  .strictObject({
    test: z.string(),
    input: z.string(),
    sides: z.tuple([side, side]).readonly(),
    judgement: z.strictObject({
      status: z.enum(['decided', 'flipped', 'open', 'none']),
      by: z.string().nullable(),
      side: z.union([z.literal(0), z.literal(1)]).nullable(),
      why: z.string(),
    }),
  })
  .meta({ id: 'Separating', description: 'An input on which the two leading behaviours part' });

/** The shape of `evidence` in what `--json` prints. */
export const evidenceSchema: z.ZodType<NonNullable<ResultJson['evidence']>> = z
  .strictObject({
    sandbox: sandbox.describe('The weakest that a candidate ran in'),
    tests: z.array(test),
    tests_left_out: count.describe('Tests that are not listed, since there are too many'),
    matrix: z.array(row).describe('One row for each planned primary'),
    behaviours: z.array(behaviour).describe('Candidates that do the same, best first'),
    separating: separating.nullable(),
    merge: z
      .strictObject({
        by: z.string(),
        taken: z.boolean(),
        because: z.string(),
        cells: z.array(cell),
      })
      .nullable(),
    dropped: z.array(z.strictObject({ because: z.string(), count })),
  })
  .meta({ id: 'Evidence', description: 'What running the candidates showed' });
