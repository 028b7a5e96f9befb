import { expect, test } from 'vitest';
import type { Lane, LaneState } from '../../../src/report/lanes.ts';
import type { Span } from './spans.ts';
import { wasCancelled } from './was-cancelled.ts';

const lane = (state: LaneState): Lane => ({
  seat: 'validator-1',
  role: 'validator',
  runner: 'a',
  state,
  outcome: null,
  insteadOf: null,
  startedAtMs: null,
  spentMs: 0,
  doing: null,
  characters: 0,
  outputTokens: null,
  failedTries: 0,
  retryAtMs: null,
  note: null,
  chosen: false,
});
const span = (outcome: Span['outcome'], seat = 'validator-1'): Span => ({
  seat,
  kind: 'call',
  outcome,
  startMs: 1,
  endMs: outcome === 'open' ? null : 2,
  label: 'tests',
});
const ended = span('cancelled');

test.each<readonly [string, LaneState, readonly Span[], boolean]>([
  ['a seat that was not asked yet', 'queued', [], false],
  ['one that wrote tests and waits', 'queued', [span('answered')], false],
  ['one that was ended as it wrote tests', 'queued', [ended], true],
  ['the same in the place of another', 'substituted', [ended], true],
  ['the same when its review is passed over', 'not-asked', [ended], true],
  ['one whose review was ended', 'failed', [span('answered'), ended], true],
  ['one that failed', 'failed', [span('failed')], false],
  ['one that is asked again', 'asking', [ended, span('open')], false],
  ['one that answered', 'answered', [ended], false],
  ['one beside which another was ended', 'queued', [span('cancelled', 'primary-1')], false],
])('wasCancelled() of %s', (_, state, spans, wanted) => {
  expect(wasCancelled(lane(state), spans)).toBe(wanted);
});
