import { z } from 'zod';
import type { Usage } from '../../domain/attempt.ts';
import type { FailureKind } from '../../domain/failure.ts';
import { tokenCount } from '../../vendor-cli/token-count.ts';
import { troubleOfFields, unknownShape } from '../../vendor-cli/unknown-shape.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { fields, text } from '../../wire/json.ts';

/** Gemini's one document, on stdout; a failure stands at the end of stderr. */
export const geminiOutput: CliOutput = { format: 'document', read, errorOnStderr: true, judge };

const askedModel = z.looseObject({
  /** All requests, and those that brought no answer. */
  api: z.looseObject({ totalRequests: tokenCount, totalErrors: tokenCount }),
  tokens: z.looseObject({
    prompt: tokenCount,
    candidates: tokenCount,
    thoughts: tokenCount.nullish(),
  }),
});
const answer = z.looseObject({
  response: z.string(),
  stats: z.looseObject({ models: z.record(z.string(), askedModel) }),
  warnings: z.array(z.string()).nullish(),
  error: z.null().optional(),
});

function read(report: CliReport, document: unknown): CliReport {
  const { error } = fields<'error'>(document);
  if (error) return { ...report, known: true, whole: false, error: errorIn(error) };
  const said = answer.safeParse(document);
  if (!said.success) return { ...report, whole: false, flaw: unknownShape('its document') };
  const { response, stats, warnings } = said.data;
  const models = Object.entries(stats.models).map(modelIn);
  const fault = faultIn(models, warnings ?? []);
  const flaw = troubleOfFields(document);
  const answered = models.find(({ answers }) => answers > 0);
  return {
    ...report,
    known: true,
    whole: !(fault ?? flaw),
    text: response,
    model: answered?.name ?? null,
    usage: answered?.usage ?? null,
    error: fault,
    flaw,
  };
}

const kindOfFinish: ReadonlyMap<string, FailureKind> = new Map([
  ['length', 'output-too-long'],
  ['content_filter', 'refused'],
]);

/**
 * An answer without room for its end, or that was stopped by a filter, is said to be good; only the trace
 * tells, so that without its word there is no answer.
 */
function judge(report: CliReport, trace: string): CliReport {
  if (report.error) return report;
  const reasons = finishesIn(trace);
  const bad = reasons.find((reason) => reason !== 'stop');
  if (bad === undefined && reasons.length > 0) return report;
  return { ...report, whole: false, error: finishError(bad) };
}

function finishError(reason: string | undefined): CliError {
  if (reason === undefined) return unknownShape('no word of how the answer ended');
  const kind = kindOfFinish.get(reason);
  if (!kind) return unknownShape(`an answer with the finish reason "${reason.slice(0, 100)}"`);
  return { kind, message: `The model stopped: ${reason}` };
}

/** One reason for each chunk of the stream. */
function finishesIn(trace: string): readonly string[] {
  // Quotes within texts are escaped, so no answer can look like this.
  const lists = trace.matchAll(/"finish_reasons": \[([^\]]*)\]/g);
  return [...lists].flatMap(([, reasons = '']) =>
    [...reasons.matchAll(/"([^"]*)"/g)].map(([, reason = '']) => reason.toLowerCase()),
  );
}

function errorIn(error: unknown): CliError {
  const { code, message, type } = fields<'code' | 'message' | 'type'>(error);
  const status = typeof code === 'number' && code >= 400 && code < 600 ? code : undefined;
  return {
    message: text(message) ?? 'an error without a message',
    code: text(type),
    status,
    kind: type === 'INVALID_STREAM' ? kindOfBroken(text(message) ?? '') : undefined,
  };
}

function kindOfBroken(message: string): FailureKind {
  return /empty response with no text/i.test(message) ? 'empty-answer' : 'broken-stream';
}

interface AskedModel {
  readonly name: string;
  /** Requests that brought an answer, and those that did not. */
  readonly answers: number;
  readonly errors: number;
  readonly usage: Usage;
}

function modelIn([name, { api, tokens }]: [string, z.infer<typeof askedModel>]): AskedModel {
  return {
    name,
    answers: api.totalRequests - api.totalErrors,
    errors: api.totalErrors,
    usage: {
      inputTokens: tokens.prompt,
      outputTokens: tokens.candidates + (tokens.thoughts ?? 0),
    },
  };
}

/**
 * What is wrong with a response that is said to be good. A stream that broke and was begun anew leaves its
 * fragments in the response, and only the count of requests tells.
 */
function faultIn(models: readonly AskedModel[], warnings: readonly string[]): CliError | undefined {
  const warning = warnings.find((line) => /loop detected|agent execution/i.test(line));
  if (warning) return { kind: 'broken-stream', message: warning };
  const answering = models.filter(({ answers }) => answers > 0);
  const total = answering.reduce((sum, model) => sum + model.answers, 0);
  const isOne = total === 1 && answering.every(({ errors }) => errors === 0);
  if (isOne) return undefined;
  const message = 'The response is not of exactly one request, so it may be glued of fragments';
  return { kind: 'broken-stream', message };
}
