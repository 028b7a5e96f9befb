import { z } from 'zod';
import { type DecisionRule, decisionRules } from '../domain/decision.ts';
import { type FailureKind, failureFacts } from '../domain/failure.ts';
import type { RouteLearning } from '../domain/learning.ts';
import { modes } from '../domain/mode.ts';
import { type ReviewCode, reviewCodes } from '../domain/validation.ts';
import { evidenceSchema } from './evidence-schema.ts';
import type { ResultJson } from './json.ts';

const count = z.int().min(0);
const seconds = z.number().min(0);
const fraction = z.number().min(0).max(1);

// The keys of a table that is typed by the union are the members of the union.
const failureKind = z.enum(Object.keys(failureFacts) as [FailureKind, ...FailureKind[]]);
const reviewCode = z.enum(Object.keys(reviewCodes) as [ReviewCode, ...ReviewCode[]]);

const decisionRule = z.enum(Object.keys(decisionRules) as [DecisionRule, ...DecisionRule[]]);

const codeFile = z
  .strictObject({
    path: z.string().nullable().describe('Relative, with /; null when the answer names none'),
    language: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'CodeFile', description: 'One file of an answer' });

const check = z
  .strictObject({
    checker: z.string().describe('The kind of check, such as syntax'),
    file: z.string().nullable(),
    outcome: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('passed') }),
      z.strictObject({
        status: z.literal('failed'),
        line: z.int().nullable(),
        message: z.string(),
        expected: z.string().optional(),
        got: z.string().optional(),
      }),
      z.strictObject({ status: z.literal('crashed'), how: z.string() }),
      z.strictObject({ status: z.literal('timed-out'), limit_ms: z.number() }),
      z.strictObject({ status: z.literal('flaky'), message: z.string() }),
      z.strictObject({ status: z.literal('not-run'), because: z.string() }),
    ]),
    command: z.string().optional().describe('The command, as the person wrote it'),
    self_reported: z
      .boolean()
      .optional()
      .describe('Whether the code under test could have bent the result'),
    reported_by: z.string().optional().describe('What the result rests on, such as pytest'),
    tests: z
      .strictObject({
        executed: count,
        failed: count,
        expected: count.nullable().describe('Counted in a run without any candidate'),
      })
      .optional(),
    weightless: z.string().optional().describe('Why a pass says nothing'),
  })
  .meta({ id: 'Check', description: 'What one check found about one file' });

const usage = z.strictObject({
  input_tokens: count.nullable(),
  output_tokens: count.nullable(),
});

const output = z
  .strictObject({
    model: z.string().describe('The name of the runner, such as claude-code'),
    seat: z.string().describe('The planned model call, such as primary-1'),
    role: z.enum(['primary', 'validator']),
    success: z.boolean().describe('Whether a whole answer came'),
    code: z
      .string()
      .describe('The main code of the answer; empty without code, and for validators'),
    raw_output: z.string().describe('All that came, also when it is no whole answer'),
    error: z
      .string()
      .nullable()
      .describe('What failed and the remedy, in one line; null when nothing did'),
    failure_kind: failureKind.nullable(),
    evidence: z
      .string()
      .nullable()
      .describe('The start of what came back when its shape was not known.'),
    execution_time: seconds.describe('Seconds'),
    files: z.array(codeFile).describe('The main file first'),
    language: z.string().nullable().describe('The language of the main file'),
    attempts: count.describe('Requests made, the retried ones included'),
    usage: usage.nullable(),
    cost: z.number().min(0).nullable().describe('US dollars; null when unknown'),
    answered_by: z
      .string()
      .nullable()
      .describe('The model that really answered, as the vendor says'),
    source: z
      .enum(['model', 'cache', 'cassette'])
      .describe('Whether the model was asked, or the answer was kept from before'),
    spared: z
      .strictObject({ usage: usage.nullable(), cost_usd: z.number().min(0).nullable() })
      .nullable()
      .describe('What an answer of the cache took when its model was asked'),
    checks: z.array(check),
  })
  .meta({ id: 'ModelOutput', description: 'What one planned model brought' });

const verdict = z.enum(['accept', 'revise', 'reject']);

const validation = z
  .strictObject({
    needs_human_review: z.boolean().describe('True exactly when there is a review reason'),
    review_reasons: z.array(
      z.strictObject({
        code: reviewCode.describe(
          Object.entries(reviewCodes)
            .map(([code, meaning]) => `${code}: ${meaning}.`)
            .join(' '),
        ),
        message: z.string(),
        models: z.array(z.string()),
        witness: z.string().describe('What was seen, such as an input with two results'),
      }),
    ),
    findings: z.array(
      z.strictObject({
        model: z.string().describe('The validator'),
        severity: z.enum(['critical', 'major', 'minor']),
        message: z.string(),
        file: z.string().nullable(),
        line: z.int().nullable(),
      }),
    ),
    reviews: z
      .array(
        z.strictObject({
          model: z.string(),
          verdict: verdict.nullable().describe('Null when there is no review'),
          summary: z.string(),
        }),
      )
      .describe('One row for each planned validator'),
  })
  .meta({ id: 'Validation', description: 'What validators and checks say of the chosen answer' });

const verification = z
  .strictObject({
    status: z.enum(['verified', 'partly', 'self-reported', 'contradicted', 'unverified']),
    because: z.string(),
    remedy: z.string().nullable().describe('What would let it be verified'),
  })
  .meta({ id: 'Verification', description: 'How far running the chosen answer speaks for it' });

const spending = z
  .strictObject({
    cost: z.number().min(0).nullable().describe('US dollars; null where a part has no known price'),
    known_cost: z.number().min(0).describe('US dollars of the part whose price is known'),
    tokens: count.describe('Tokens of prompts and answers together'),
    estimated: z.boolean().describe('Whether a part is counted by the length of texts'),
    unpriced: z.array(z.string()).describe('The models whose price is not known'),
    budgets: z
      .array(
        z.strictObject({
          kind: z.enum(['run', 'batch', 'project', 'day']),
          name: z.string().describe('The run, the batch, the folder of the project, or the day'),
          max_cost: z.number().min(0).nullable().describe('US dollars; null for no limit'),
          max_tokens: count.nullable(),
          cost: z.number().min(0).describe('US dollars that all who share it have spent'),
          tokens: count,
          unpriced: count.describe('Requests that are not in cost: they have no known price'),
        }),
      )
      .describe('The budgets that held for the run, and where they stood at its end'),
  })
  .meta({ id: 'Spending', description: 'What the run used, with everything that was asked' });

const point = z
  .strictObject({ text: z.string(), seats: z.array(z.string()).describe('Names of runners') })
  .meta({ id: 'Point', description: 'A statement of a design, and who made it' });

const synthesis = z.strictObject({
  agreements: z.array(point),
  contradictions: z.array(
    z.strictObject({ subject: z.string(), sides: z.tuple([point, point]).readonly() }),
  ),
  unique: z.array(point),
});

/** The schema of how runs of the past took part in a route. */
export const routeLearning: z.ZodType<RouteLearning> = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('used'),
    explored: z.boolean().describe('Whether chance alone made the order'),
    draws: z.array(
      z.strictObject({
        runner: z.string(),
        won: count.describe('Answers in the category that won'),
        decided: count.describe('Those that won or lost'),
        expected: fraction.describe('The share of its calls that is expected to be right'),
        drawn: fraction.describe('The share that was drawn, by which they were put in order'),
      }),
    ),
  }),
  z.strictObject({ status: z.literal('not-used'), because: z.string() }),
]);

const metadata = z
  .strictObject({
    run_id: z.string(),
    status: z.enum(['complete', 'degraded', 'failed', 'cancelled']),
    chosen: z
      .string()
      .nullable()
      .describe('The runner whose answer was chosen; null when there is none'),
    chosen_seat: z
      .string()
      .nullable()
      .describe('Its planned call, which tells several answers of one model apart'),
    rule: decisionRule.describe(
      Object.entries(decisionRules)
        .map(([rule, meaning]) => `${rule}: ${meaning}.`)
        .join(' '),
    ),
    route_reason: z.string(),
    learning: routeLearning.nullable().describe('Only where the route was to go by the history'),
    words: z.array(z.string()).describe('The words of the task that decided the category'),
    substitutions: z.array(
      z.strictObject({
        seat: z.string(),
        planned: z.string(),
        runner: z.string().describe('Who was asked instead'),
        because: z.enum(['not-installed', 'not-signed-in', 'bad-usage']),
      }),
    ),
    rankings: z
      .array(
        z.strictObject({
          model: z.string(),
          eligible: z.boolean(),
          agreement: fraction.nullable().describe('Mean similarity with the others, 0 to 1'),
          reason: z.string(),
          rank: z.int().min(1).nullable().describe('From 1 for the chosen one'),
          behaviour: count.nullable().describe('Its place in evidence.behaviours'),
          score: z.number().min(0).nullable(),
        }),
      )
      .describe('How the answers compared, one row for each primary'),
    synthesis: synthesis.nullable().describe('Only in architectural mode'),
    replay: z.boolean().describe('Whether the answers were played back from recordings'),
  })
  .meta({ id: 'Metadata', description: 'How the answer came about' });

/** The shape of what `--json` prints, published as `schema/result.schema.json`. */
export const resultSchema: z.ZodType<ResultJson> = z
  .strictObject({
    task: z.string().describe('The task as it was given'),
    mode: z.enum(modes),
    category: z.string(),
    consensus_code: z
      .string()
      .describe('The chosen code; for an answer without code its text; empty without an answer'),
    explanation: z.string().describe('What was compared and why this answer was chosen'),
    files: z.array(codeFile).describe('The files of the chosen answer, the main one first'),
    outputs: z
      .array(output)
      .describe('One row for each planned model: the primaries, then the validators'),
    verification,
    evidence: evidenceSchema
      .nullable()
      .describe('What running the answers showed; null where none was run'),
    validation: validation.nullable().describe('Null when there was no answer to validate'),
    execution_time: seconds.describe('Seconds'),
    spending,
    metadata,
  })
  .meta({ title: 'OrchestratorResult', description: 'The answer to a task, as --json prints it' });
