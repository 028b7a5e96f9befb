import { describe, expect, test } from 'vitest';
import { troubleOfEvent, troubleOfFields } from './unknown-shape.ts';

describe('troubleOfEvent()', () => {
  test.each([
    'turn.incomplete',
    'error',
    'stream_error',
    'request_aborted',
    'Cancelled',
    'timed_out',
  ])('finds trouble in the name %s', (type) => {
    expect(troubleOfEvent({ type })).toEqual({
      kind: 'unknown',
      message: `Its output has an unknown shape: an event "${type}"`,
    });
  });

  test.each([
    'thread.renamed',
    'skill_loaded',
    'cancellable',
    'cache_invalidated',
    'session.ended',
  ])('finds none in the name %s', (type) => {
    expect(troubleOfEvent({ type })).toBeUndefined();
  });

  test('finds an error that an event carries, whatever its type is', () => {
    expect(troubleOfEvent({ type: 'note', error: { message: 'x' } })).toBeDefined();
    expect(troubleOfEvent({ error: 'x' })).toBeDefined();
    expect(troubleOfEvent({ type: 7, text: 'x' })).toBeUndefined();
  });
});

describe('troubleOfFields()', () => {
  test.each([{ truncated: true }, { errors: ['x'] }, { incomplete_details: { why: 'x' } }])(
    'finds a field of trouble that is set in %o',
    (value) => {
      expect(troubleOfFields(value)?.kind).toBe('unknown');
    },
  );

  test.each([
    { truncated: false },
    { errors: [] },
    { error: null },
    { failures: {} },
    null,
    'error',
  ])('finds none in %o', (value) => {
    expect(troubleOfFields(value)).toBeUndefined();
  });
});
