import { describe, expect, test } from 'vitest';
import { readBatchLine } from './batch-line.ts';

const becauseOf = (value: unknown): string => {
  const read = readBatchLine(JSON.stringify(value));
  return read.status === 'invalid' ? read.because : 'it was read';
};

describe('readBatchLine()', () => {
  test('reads a text as a task, and an object with its options', () => {
    expect(readBatchLine('"Add"')).toEqual({ status: 'read', line: { task: 'Add' } });
    const line = { task: 'Add', id: 7, check: 'make', tests: ['a.py'], samples: { codex: 2 } };
    expect(readBatchLine(JSON.stringify(line))).toEqual({
      status: 'read',
      line: { ...line, id: '7', check: ['make'] },
    });
  });

  test.each([
    ['not an object', [], 'wanted a text, or an object with a task'],
    ['null', null, 'wanted a text, or an object with a task'],
    ['without a task', {}, '"task" cannot be used, wanted a text'],
    ['with an empty one', ' ', 'its task is empty, wanted a text'],
    ['with an unknown key', { task: 'a', Mode: 'x' }, 'the key "Mode" is not known, wanted one of'],
    [
      'with a wrong mode',
      { task: 'a', mode: 'big' },
      '"mode" cannot be used, wanted one of simple',
    ],
    [
      'with a time of text',
      { task: 'a', timeout: '9' },
      '"timeout" cannot be used, wanted seconds',
    ],
    ['with no model', { task: 'a', models: [] }, 'wanted a list with at least one text'],
    ['with half a file', { task: 'a', context: [{ path: 'x' }] }, '"context.0" cannot be used'],
    ['with many samples', { task: 'a', samples: 99 }, 'wanted a whole number from 1 to 20'],
  ])('says what is wrong of a line %s', (_, value, wanted) => {
    expect(becauseOf(value)).toContain(wanted);
  });

  test('says that a line is no JSON', () => {
    expect(readBatchLine('{"task": ')).toMatchObject({
      status: 'invalid',
      because: expect.stringContaining('it is no JSON ('),
    });
  });
});
