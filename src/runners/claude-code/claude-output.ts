import type { Usage } from '../../domain/attempt.ts';
import type { FailureKind } from '../../domain/failure.ts';
import type { Progress } from '../../domain/runner.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { count, fields, list, text } from '../../wire/json.ts';

/** Claude Code's events: `system`, `stream_event`s, `assistant`, and last the `result`. */
export const claudeOutput: CliOutput = { format: 'lines', read, progress };

function read(report: CliReport, event: unknown): CliReport {
  const { message, type } = fields<'message' | 'type'>(event);
  switch (type) {
    case 'assistant':
      return { ...report, known: true, model: modelIn(message) ?? report.model };
    case 'result':
      return inOnePiece({ ...report, known: true, ...resultIn(event) }, report);
    case 'stream_event':
      return { ...report, known: true, ...pieceIn(event, report) };
    case 'system':
      return { ...report, known: true };
    default:
      return report;
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

/** Notes the messages that have text, and that one ends for want of room. */
function pieceIn(event: unknown, { messages }: CliReport): Partial<CliReport> {
  const { delta, type } = fields<'delta' | 'type'>(fields<'event'>(event).event);
  if (type === 'message_start') return { messages: { ...messages, hasText: false } };
  if (fields<'text'>(delta).text && !messages.hasText) {
    return { messages: { withText: messages.withText + 1, hasText: true } };
  }
  const stop = text(fields<'stop_reason'>(delta).stop_reason) ?? '';
  return stop === 'max_tokens' ? { error: stopError(stop) } : {};
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

function modelIn(message: unknown): string | undefined {
  const model = text(fields<'model'>(message).model);
  return model === noModel ? undefined : model;
}

function resultIn(event: unknown): Partial<CliReport> {
  const { modelUsage, result, total_cost_usd, usage } = fields<
    'modelUsage' | 'result' | 'total_cost_usd' | 'usage'
  >(event);
  const error = errorIn(event);
  // Only where one model was asked, which is the rule, is it known to be the one that answered.
  const [model, ...others] = Object.keys(modelUsage ?? {});
  return {
    whole: error === undefined,
    text: text(result) ?? '',
    usage: usageIn(usage),
    costUsd: count(total_cost_usd),
    error,
    ...(model !== undefined && others.length === 0 ? { model } : undefined),
  };
}

/** A result says `subtype: "success"` even for an error; only all its words together are to be trusted. */
function isWhole(event: unknown): boolean {
  const { is_error, stop_reason, subtype, terminal_reason } = fields<
    'is_error' | 'stop_reason' | 'subtype' | 'terminal_reason'
  >(event);
  return (
    is_error === false &&
    subtype === 'success' &&
    [undefined, null, 'completed'].some((good) => good === terminal_reason) &&
    [undefined, null, 'end_turn', 'stop_sequence'].some((good) => good === stop_reason)
  );
}

const kindOfTerminalReason: Readonly<Record<string, FailureKind>> = {
  prompt_too_long: 'input-too-long',
  blocking_limit: 'input-too-long',
  image_error: 'input-too-long',
  budget_exhausted: 'quota-exhausted',
  aborted_streaming: 'broken-stream',
  aborted_tools: 'broken-stream',
};

const kindOfStopReason: Readonly<Record<string, FailureKind>> = {
  max_tokens: 'output-too-long',
  model_context_window_exceeded: 'output-too-long',
  refusal: 'refused',
};

function errorIn(event: unknown): CliError | undefined {
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
  if (kindOfStopReason[stop]) return stopError(stop);
  if (isWhole(event)) return undefined;
  if (said.is_error !== true && said.subtype === 'success') return oddEnd(stop);
  const status = count(said.api_error_status) ?? undefined;
  const reason = text(said.terminal_reason) ?? text(said.subtype) ?? 'no reason given';
  return {
    message: text(said.result) ?? text(list(said.errors)[0]) ?? reason,
    code: [said.api_error_type, said.api_error, said.subtype].filter(text).join(' '),
    status,
    kind: kindOfTerminalReason[reason],
  };
}

function stopError(stop: string): CliError {
  return { kind: kindOfStopReason[stop], message: `The model stopped: ${stop}` };
}

function oddEnd(stop: string): CliError {
  return { kind: 'unknown', message: `The result is of an unknown shape (stop reason "${stop}")` };
}

function usageIn(usage: unknown): Usage | null {
  if (!usage) return null;
  const said = fields<
    'cache_creation_input_tokens' | 'cache_read_input_tokens' | 'input_tokens' | 'output_tokens'
  >(usage);
  const input = count(said.input_tokens);
  const cached =
    (count(said.cache_creation_input_tokens) ?? 0) + (count(said.cache_read_input_tokens) ?? 0);
  return {
    inputTokens: input === null ? null : input + cached,
    outputTokens: count(said.output_tokens),
  };
}
