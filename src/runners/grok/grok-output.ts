import type { Usage } from '../../domain/attempt.ts';
import type { FailureKind } from '../../domain/failure.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { count, fields, text } from '../../wire/json.ts';

/** The one document of `grok`, an answer or an error. */
export const grokOutput: CliOutput = { format: 'document', read, errorOnStderr: true, explain };

function read(report: CliReport, document: unknown): CliReport {
  const said = fields<'message' | 'stopReason' | 'text' | 'type' | 'usage'>(document);
  if (said.type === 'error') {
    const error = { message: text(said.message) ?? 'an error without a message' };
    return { ...report, known: true, error };
  }
  if (typeof said.text !== 'string') return report;
  const error = stopFault(text(said.stopReason) ?? '');
  return {
    ...report,
    known: true,
    // Of a stream that was cut it tells half the answer, with a good reason to stop and no usage.
    whole: !error && Boolean(said.usage),
    text: said.text,
    usage: usageIn(said.usage),
    error,
  };
}

/** Without the list of models every model is unknown to it, so a dead network looks like a wrong model. */
function explain(error: CliError, stderr: string): CliError {
  const isCut = /failed to fetch models.*?network\(/i.test(stderr);
  if (!isCut || !/unknown model id/i.test(error.message)) return error;
  return { kind: 'network', message: 'The list of models cannot be fetched from the API' };
}

const kindOfStop: Readonly<Record<string, FailureKind>> = {
  max_tokens: 'output-too-long',
  refusal: 'refused',
  max_turn_requests: 'broken-stream',
  cancelled: 'broken-stream',
};

function stopFault(reason: string): CliError | undefined {
  if (reason === 'end_turn') return undefined;
  return { kind: kindOfStop[reason] ?? 'unknown', message: `The model stopped: ${reason || '?'}` };
}

function usageIn(usage: unknown): Usage | null {
  if (!usage) return null;
  const said = fields<'cache_read_input_tokens' | 'input_tokens' | 'output_tokens'>(usage);
  const input = count(said.input_tokens);
  return {
    inputTokens: input === null ? null : input + (count(said.cache_read_input_tokens) ?? 0),
    outputTokens: count(said.output_tokens),
  };
}
