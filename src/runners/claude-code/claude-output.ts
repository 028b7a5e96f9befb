import { z } from 'zod';
import type { FailureKind } from '../../domain/failure.ts';
import type { Progress } from '../../domain/runner.ts';
import { errorToldAsAnswer } from '../../vendor-cli/error-told-as-answer.ts';
import { tokenCount } from '../../vendor-cli/token-count.ts';
import { troubleOfEvent, troubleOfFields, unknownShape } from '../../vendor-cli/unknown-shape.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { count, fields, list, text } from '../../wire/json.ts';

/** Claude Code's events: `system`, `stream_event`s, `assistant`, and last the `result`. */
export const claudeOutput: CliOutput = { format: 'lines', read, progress };

/** Types of events that tell nothing of the answer. */
const otherEvents: readonly unknown[] = [
  'user',
  'rate_limit_event',
  'tool_progress',
  'tool_use_summary',
  'auth_status',
  'prompt_suggestion',
  'keep_alive',
  'control_request',
  'control_response',
  'control_cancel_request',
  'attachment',
];

/** Notices of `system` that sound worse than they are: the result tells what came of it. */
const otherNotices: readonly unknown[] = [
  'api_error',
  'mirror_error',
  'permission_denied',
  'model_refusal_fallback',
  'agents_killed',
];

function read(before: CliReport, event: unknown): CliReport {
  const { subtype, type } = fields<'subtype' | 'type'>(event);
  const report = { ...before, known: true };
  switch (type) {
    case 'assistant':
      return { ...report, whole: false, ...messageIn(event, before) };
    case 'result':
      return inOnePiece({ ...report, ...resultIn(event) }, before);
    case 'stream_event':
      return { ...report, whole: false, ...pieceIn(event, before) };
    case 'system':
      if (otherNotices.includes(subtype)) return report;
      return { ...report, flaw: troubleOfEvent({ type: subtype }) };
    default:
      return otherEvents.includes(type) ? report : { ...before, flaw: troubleOfEvent(event) };
  }
}

function progress(event: unknown): Progress | undefined {
  const { event: inner, type } = fields<'event' | 'type'>(event);
  if (type === 'system') return { type: 'activity', doing: 'started' };
  if (type !== 'stream_event') return undefined;
  const { delta, usage } = fields<'delta' | 'usage'>(inner);
  const piece = fields<'text' | 'type'>(delta);
  const written = piece.type === 'text_delta' ? text(piece.text) : undefined;
  if (written !== undefined) return { type: 'text', text: written };
  const outputTokens = count(fields<'output_tokens'>(usage).output_tokens) ?? undefined;
  const doing = piece.type === 'thinking_delta' ? 'thinking' : undefined;
  return { type: 'activity', doing, outputTokens };
}

/** Notes the messages that have text, and that one ends otherwise than well. */
function pieceIn(event: unknown, { messages }: CliReport): Partial<CliReport> {
  const { delta, error, type } = fields<'delta' | 'error' | 'type'>(fields<'event'>(event).event);
  if (type === 'message_start') return { messages: { ...messages, hasText: false } };
  if (type === 'error') return { flaw: errorOf(error) };
  if (fields<'text'>(delta).text && !messages.hasText) {
    return { messages: { withText: messages.withText + 1, hasText: true } };
  }
  const stop = text(fields<'stop_reason'>(delta).stop_reason) ?? 'end_turn';
  if (kindOfStopReason.get(stop)) return { error: stopError(stop) };
  return goesOn.includes(stop) ? {} : { flaw: oddEnd(stop) };
}

/** Reasons to stop after which it goes on, or is done. */
const goesOn: readonly string[] = ['end_turn', 'stop_sequence', 'tool_use', 'pause_turn'];

function errorOf(error: unknown): CliError {
  const { message, type } = fields<'message' | 'type'>(error);
  return { message: text(message) ?? 'an error without a message', code: text(type) };
}

/**
 * A message that broke off, or had no room left, makes it ask the model to go on. The result then is the
 * last piece alone, and said to be good.
 */
function inOnePiece(report: CliReport, before: CliReport): CliReport {
  if (report.error || report.messages.withText <= 1) return report;
  const message = 'The answer came in several pieces, of which the result is the last';
  return { ...report, whole: false, error: before.error ?? { kind: 'broken-stream', message } };
}

/** The text of an error is told as a message of this model. */
const noModel = '<synthetic>';

function messageIn(event: unknown, before: CliReport): Partial<CliReport> {
  const { error, message } = fields<'error' | 'message'>(event);
  const { content, model } = fields<'content' | 'model'>(message);
  if (model !== noModel && !error) return { model: text(model) ?? before.model };
  const [words = text(error) ?? ''] = list(content).flatMap(
    (part) => text(fields<'text'>(part).text) ?? [],
  );
  if (words === '') return {};
  return { flaw: { ...(errorToldAsAnswer(words) ?? { message: words }), code: text(error) } };
}

const goodResult = z.looseObject({
  // A result says so even for an error; only all its words together are to be trusted.
  subtype: z.literal('success'),
  is_error: z.literal(false),
  terminal_reason: z.literal('completed').nullish(),
  stop_reason: z.enum(['end_turn', 'stop_sequence']).nullish(),
  result: z.string(),
  usage: z.looseObject({
    input_tokens: tokenCount,
    cache_creation_input_tokens: tokenCount.nullish(),
    cache_read_input_tokens: tokenCount.nullish(),
    output_tokens: tokenCount,
  }),
  // Empty where no model was asked, so that the text is the program's own.
  modelUsage: z
    .record(z.string(), z.unknown())
    .refine((models) => Object.keys(models).length > 0)
    .nullish(),
  total_cost_usd: z.number().nonnegative().nullish(),
  deferred_tool_use: z.null().optional(),
});

function resultIn(event: unknown): Partial<CliReport> {
  const good = goodResult.safeParse(event);
  if (!good.success) return { whole: false, error: errorIn(event) };
  const flaw = troubleOfFields(event);
  const { modelUsage, result, total_cost_usd, usage } = good.data;
  // Only where one model was asked, which is the rule, is it known to be the one that answered.
  const [model, ...others] = Object.keys(modelUsage ?? {});
  return {
    whole: flaw === undefined,
    text: result,
    usage: {
      inputTokens:
        usage.input_tokens +
        (usage.cache_creation_input_tokens ?? 0) +
        (usage.cache_read_input_tokens ?? 0),
      outputTokens: usage.output_tokens,
    },
    costUsd: total_cost_usd ?? null,
    flaw,
    ...(model !== undefined && others.length === 0 ? { model } : undefined),
  };
}

const kindOfTerminalReason: ReadonlyMap<string, FailureKind> = new Map([
  ['prompt_too_long', 'input-too-long'],
  ['blocking_limit', 'input-too-long'],
  ['image_error', 'input-too-long'],
  ['budget_exhausted', 'quota-exhausted'],
  ['aborted_streaming', 'broken-stream'],
  ['aborted_tools', 'broken-stream'],
]);

const kindOfStopReason: ReadonlyMap<string, FailureKind> = new Map([
  ['max_tokens', 'output-too-long'],
  ['model_context_window_exceeded', 'output-too-long'],
  ['refusal', 'refused'],
]);

/** The error of a result that is not good; `unknown` where it names none. */
function errorIn(event: unknown): CliError {
  const said = fields<
    | 'api_error'
    | 'api_error_status'
    | 'api_error_type'
    | 'errors'
    | 'is_error'
    | 'result'
    | 'stop_reason'
    | 'subtype'
    | 'terminal_reason'
  >(event);
  const stop = text(said.stop_reason) ?? '';
  if (kindOfStopReason.get(stop)) return stopError(stop);
  if (said.is_error !== true && said.subtype === 'success') return oddEnd(stop);
  const status = count(said.api_error_status) ?? undefined;
  const reason = text(said.terminal_reason) ?? text(said.subtype) ?? 'no reason given';
  return {
    message: text(said.result) ?? text(list(said.errors)[0]) ?? reason,
    code: [said.api_error_type, said.api_error, said.subtype].filter(text).join(' '),
    status,
    kind: kindOfTerminalReason.get(reason),
  };
}

function stopError(stop: string): CliError {
  return { kind: kindOfStopReason.get(stop), message: `The model stopped: ${stop}` };
}

function oddEnd(stop: string): CliError {
  return unknownShape(`a result with the stop reason "${stop}"`);
}
