import { z } from 'zod';
import { tokenCount } from '../../vendor-cli/token-count.ts';
import { troubleOfEvent, troubleOfFields, unknownShape } from '../../vendor-cli/unknown-shape.ts';
import type { CliError, CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { fields, text } from '../../wire/json.ts';

/** Codex' events: the answer is the last `agent_message`, and `turn.completed` or `turn.failed` is the end. */
export const codexOutput: CliOutput = { format: 'lines', read };

/** Kinds of items that are no answer; their failures are the model's to deal with, or mere warnings. */
const otherItems: readonly unknown[] = [
  'reasoning',
  'plan',
  'command_execution',
  'file_change',
  'mcp_tool_call',
  'collab_tool_call',
  'web_search',
  'todo_list',
  'error',
];

const completedTurn = z.looseObject({
  usage: z.looseObject({ input_tokens: tokenCount, output_tokens: tokenCount }),
  status: z.literal('completed').nullish(),
});
const agentMessage = z.looseObject({
  text: z.string(),
  status: z.literal('completed').nullish(),
});

function read(before: CliReport, event: unknown): CliReport {
  const { error, item, message, type } = fields<'error' | 'item' | 'message' | 'type'>(event);
  const report = { ...before, known: true };
  switch (type) {
    case 'item.completed':
      return withItem(report, item);
    case 'turn.completed':
      return withEnd(report, event);
    case 'turn.failed':
      return { ...report, whole: false, error: errorOf(fields<'message'>(error).message) };
    case 'error':
      return withError(report, errorOf(message));
    case 'thread.started':
    case 'turn.started':
      return { ...report, whole: false };
    case 'item.started':
    case 'item.updated':
      return report;
    default:
      return withUnknown(before, event);
  }
}

/** A turn can only go on, be completed or fail, so that any other word of its own may be its end. */
function withUnknown(report: CliReport, event: unknown): CliReport {
  const type = text(fields<'type'>(event).type) ?? '';
  const flaw = /^turn\./.test(type) ? unknownShape(`an event "${type}"`) : troubleOfEvent(event);
  return { ...report, flaw };
}

function withItem(report: CliReport, item: unknown): CliReport {
  const { type } = fields<'type'>(item);
  if (otherItems.includes(type)) return report;
  if (type !== 'agent_message') return { ...report, flaw: flawOfOther(item) };
  const said = agentMessage.safeParse(item);
  const flaw = said.success ? troubleOfFields(item) : unknownShape('the message of the model');
  return { ...report, whole: false, text: said.data?.text ?? '', flaw };
}

/** What has text may be the answer under another name. */
function flawOfOther(item: unknown): CliError | undefined {
  const said = fields<'text' | 'type'>(item);
  const type = text(said.type);
  if (type === undefined) return unknownShape('an item');
  return said.text === undefined ? troubleOfEvent(item) : unknownShape(`an item "${type}"`);
}

function withEnd(report: CliReport, event: unknown): CliReport {
  const end = completedTurn.safeParse(event);
  const flaw = end.success ? troubleOfFields(event) : unknownShape('the end of the turn');
  if (!end.success) return { ...report, flaw };
  const { input_tokens, output_tokens } = end.data.usage;
  const usage = { inputTokens: input_tokens, outputTokens: output_tokens };
  return { ...report, whole: flaw === undefined, usage, flaw };
}

/** That it connects anew is told as an error too, and counts only when no end of the turn follows. */
function withError(report: CliReport, error: CliError): CliReport {
  return /^(reconnecting|falling back)\b/i.test(error.message)
    ? { ...report, notice: error }
    : { ...report, error };
}

function errorOf(message: unknown): CliError {
  return { message: text(message) ?? 'an error without a message' };
}
