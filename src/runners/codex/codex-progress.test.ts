import { expect, test } from 'vitest';
import { codexProgress } from './codex-progress.ts';

test.each([
  [
    { type: 'thread.started', thread_id: '1' },
    { type: 'activity', doing: 'started' },
  ],
  [{ type: 'turn.started' }, { type: 'activity', doing: 'started' }],
  [
    { type: 'item.completed', item: { type: 'reasoning', text: 'Hm' } },
    { type: 'activity', doing: 'thinking' },
  ],
  [
    { type: 'item.started', item: { type: 'command_execution' } },
    { type: 'activity', doing: 'working' },
  ],
  [
    { type: 'error', message: 'Reconnecting... 1/5' },
    { type: 'activity', doing: 'working' },
  ],
  [
    { type: 'turn.completed', usage: { output_tokens: 200 } },
    { type: 'activity', outputTokens: 200 },
  ],
  [{ type: 'turn.failed' }, undefined],
  [null, undefined],
])('codexProgress() of %o', (event, progress) => {
  expect(codexProgress(event)).toEqual(progress);
});
