import type { Usage } from '../../domain/attempt.ts';
import type { CliOutput, CliReport } from '../../vendor-cli/vendor-cli.ts';
import { count, fields, text } from '../../wire/json.ts';

/** Codex' events: the answer is the last `agent_message`, and `turn.completed` or `turn.failed` is the end. */
export const codexOutput: CliOutput = { format: 'lines', read };

function read(report: CliReport, event: unknown): CliReport {
  const { error, item, message, type, usage } = fields<
    'error' | 'item' | 'message' | 'type' | 'usage'
  >(event);
  switch (type) {
    case 'item.completed':
      return { ...report, known: true, text: answerIn(item) ?? report.text };
    case 'turn.completed':
      return { ...report, known: true, whole: true, usage: usageIn(usage), error: undefined };
    case 'turn.failed':
      return { ...report, known: true, whole: false, error: errorOf(fields<'message'>(error)) };
    case 'error':
      // Told at every retry too, so that it counts only when no end of the turn follows.
      return { ...report, known: true, error: report.whole ? undefined : errorOf({ message }) };
    case 'thread.started':
    case 'turn.started':
      return { ...report, known: true };
    default:
      return report;
  }
}

function answerIn(item: unknown): string | undefined {
  const said = fields<'text' | 'type'>(item);
  return said.type === 'agent_message' ? text(said.text) : undefined;
}

function errorOf({ message }: { readonly message?: unknown }): { readonly message: string } {
  return { message: text(message) ?? 'an error without a message' };
}

function usageIn(usage: unknown): Usage | null {
  if (!usage) return null;
  const said = fields<'input_tokens' | 'output_tokens'>(usage);
  return { inputTokens: count(said.input_tokens), outputTokens: count(said.output_tokens) };
}
