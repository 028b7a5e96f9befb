import { z } from 'zod';
import type { FailureKind } from '../../domain/failure.ts';
import { tokenCount } from '../../vendor-cli/token-count.ts';
import { troubleOfFields, unknownShape } from '../../vendor-cli/unknown-shape.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { fields, text } from '../../wire/json.ts';

/** The one document of `grok`, an answer or an error. */
export const grokOutput: CliOutput = { format: 'document', read, errorOnStderr: true, explain };

const answer = z.looseObject({
  type: z.never().optional(),
  text: z.string(),
  stopReason: z.string().nullish(),
  usage: z
    .looseObject({
      input_tokens: tokenCount,
      cache_read_input_tokens: tokenCount.nullish(),
      output_tokens: tokenCount,
    })
    .nullish(),
  error: z.null().optional(),
});

function read(report: CliReport, document: unknown): CliReport {
  const { message, type } = fields<'message' | 'type'>(document);
  if (type === 'error') {
    const error = { message: text(message) ?? 'an error without a message' };
    return { ...report, known: true, whole: false, error };
  }
  const said = answer.safeParse(document);
  if (!said.success) return { ...report, whole: false, flaw: unknownShape('its document') };
  const { stopReason, text: written, usage } = said.data;
  const error = stopFault(stopReason ?? '');
  const flaw = troubleOfFields(document);
  return {
    ...report,
    known: true,
    // Of a stream that was cut it tells half the answer, with a good reason to stop and no usage.
    whole: !(error ?? flaw) && Boolean(usage),
    text: written,
    usage: usage
      ? {
          inputTokens: usage.input_tokens + (usage.cache_read_input_tokens ?? 0),
          outputTokens: usage.output_tokens,
        }
      : null,
    error,
    flaw,
  };
}

/** Without the list of models every model is unknown to it, so a dead network looks like a wrong model. */
function explain(error: CliError, stderr: string): CliError {
  const isCut = /failed to fetch models.*?network\(/i.test(stderr);
  if (!isCut || !/unknown model id/i.test(error.message)) return error;
  return { kind: 'network', message: 'The list of models cannot be fetched from the API' };
}

const kindOfStop: ReadonlyMap<string, FailureKind> = new Map([
  ['max_tokens', 'output-too-long'],
  ['refusal', 'refused'],
  ['max_turn_requests', 'broken-stream'],
  ['cancelled', 'broken-stream'],
]);

function stopFault(reason: string): CliError | undefined {
  if (reason === 'end_turn') return undefined;
  return {
    kind: kindOfStop.get(reason) ?? 'unknown',
    message: `The model stopped: ${reason || '?'}`,
  };
}
