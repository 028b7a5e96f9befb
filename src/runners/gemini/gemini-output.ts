import type { Usage } from '../../domain/attempt.ts';
import type { FailureKind } from '../../domain/failure.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { count, fields, list, text } from '../../wire/json.ts';

/** Gemini's one document, on stdout; a failure stands at the end of stderr. */
export const geminiOutput: CliOutput = { format: 'document', read, errorOnStderr: true, judge };

function read(report: CliReport, document: unknown): CliReport {
  const { error, response, stats, warnings } = fields<'error' | 'response' | 'stats' | 'warnings'>(
    document,
  );
  if (error) return { ...report, known: true, error: errorIn(error) };
  if (typeof response !== 'string') return report;
  const models = Object.entries(fields<'models'>(stats).models ?? {}).map(modelIn);
  const fault = faultIn(models, list(warnings));
  const answered = models.find(({ answers }) => answers > 0);
  return {
    ...report,
    known: true,
    whole: fault === undefined,
    text: response,
    model: answered?.name ?? null,
    usage: answered?.usage ?? null,
    error: fault,
  };
}

const kindOfFinish: Readonly<Record<string, FailureKind>> = {
  length: 'output-too-long',
  content_filter: 'refused',
};

/** An answer without room for its end, or that was stopped by a filter, is said to be good; only the trace tells. */
function judge(report: CliReport, trace: string): CliReport {
  if (report.error) return report;
  const finish = lastFinishIn(trace);
  const kind = finish === undefined ? undefined : kindOfFinish[finish];
  if (kind === undefined) return report;
  return { ...report, whole: false, error: { kind, message: `The model stopped: ${finish}` } };
}

/** One reason for each chunk of the stream, of which the last one counts. */
function lastFinishIn(trace: string): string | undefined {
  // Quotes within texts are escaped, so no answer can look like this.
  const lists = [...trace.matchAll(/"finish_reasons": \[([^\]]*)\]/g)];
  return /"(\w+)"\s*$/.exec(lists.at(-1)?.[1] ?? '')?.[1];
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

function modelIn([name, stats]: [string, unknown]): AskedModel {
  const { api, tokens } = fields<'api' | 'tokens'>(stats);
  const { totalErrors, totalRequests } = fields<'totalErrors' | 'totalRequests'>(api);
  const { candidates, prompt, thoughts } = fields<'candidates' | 'prompt' | 'thoughts'>(tokens);
  const errors = count(totalErrors) ?? 0;
  const output = count(candidates);
  return {
    name,
    answers: (count(totalRequests) ?? 0) - errors,
    errors,
    usage: {
      inputTokens: count(prompt),
      outputTokens: output === null ? null : output + (count(thoughts) ?? 0),
    },
  };
}

/**
 * What is wrong with a response that is said to be good. A stream that broke and was begun anew leaves its
 * fragments in the response, and only the count of requests tells.
 */
function faultIn(
  models: readonly AskedModel[],
  warnings: readonly unknown[],
): CliError | undefined {
  const warning = warnings
    .map(text)
    .find((line) => line && /loop detected|agent execution/i.test(line));
  if (warning) return { kind: 'broken-stream', message: warning };
  const answering = models.filter(({ answers }) => answers > 0);
  const total = answering.reduce((sum, model) => sum + model.answers, 0);
  const isOne = total === 1 && answering.every(({ errors }) => errors === 0);
  if (isOne) return undefined;
  const message = 'The response is not of exactly one request, so it may be glued of fragments';
  return { kind: 'broken-stream', message };
}
