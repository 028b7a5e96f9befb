import type { Progress } from '../../domain/runner.ts';
import { count, fields } from '../../wire/json.ts';

/** What one of Codex' events shows of the work; it tells no text before the whole message. */
export function codexProgress(event: unknown): Progress | undefined {
  const { item, type, usage } = fields<'item' | 'type' | 'usage'>(event);
  switch (type) {
    case 'thread.started':
    case 'turn.started':
      return { type: 'activity', doing: 'started' };
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      return { type: 'activity', doing: doingOf(item) };
    // That it connects anew is told as an error.
    case 'error':
      return { type: 'activity', doing: 'working' };
    case 'turn.completed':
      return { type: 'activity', outputTokens: tokensIn(usage) };
    default:
      return undefined;
  }
}

function doingOf(item: unknown): 'thinking' | 'working' {
  return fields<'type'>(item).type === 'reasoning' ? 'thinking' : 'working';
}

function tokensIn(usage: unknown): number | undefined {
  return count(fields<'output_tokens'>(usage).output_tokens) ?? undefined;
}
