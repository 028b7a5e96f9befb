import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRecordings } from './recordings.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileWith(content: unknown): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const file = (change: object = {}): object => ({
  format: 'multi-model-orchestrator/recordings',
  version: 1,
  synthetic: true,
  tasks: [],
  ...change,
});

const taskWith = (answers: unknown, change: object = {}): object =>
  file({
    tasks: [
      { id: 'add', title: 'Add', text: 'Add', mode: 'simple', shows: 'Adding', answers, ...change },
    ],
  });

test('readRecordings() joins a list of lines and fills in what is left out', () => {
  const take = { kind: 'answer', chunks: [{ afterMs: 5, text: ['a', 'b', ''] }] };
  expect(readRecordings(fileWith(taskWith({ codex: [{ takes: [take] }] })))).toEqual({
    synthetic: true,
    timeScale: 1,
    tasks: [
      {
        id: 'add',
        title: 'Add',
        text: 'Add',
        mode: 'simple',
        shows: 'Adding',
        answers: {
          codex: [
            {
              when: null,
              takes: [
                {
                  kind: 'answer',
                  chunks: [{ afterMs: 5, text: 'a\nb\n' }],
                  model: null,
                  usage: null,
                  costUsd: null,
                },
              ],
            },
          ],
        },
        reviews: {},
        tests: {},
        judgements: {},
      },
    ],
  });
});

test.each([
  ['no JSON', '{', /JSON/],
  ['another format', { version: 1 }, /: format: /],
  ['a later version', file({ version: 2 }), /: version: /],
  ['an unknown key', file({ speed: 3 }), /speed/],
  [
    'an unknown kind of take',
    taskWith({ codex: [{ takes: [{ kind: 'shrug' }] }] }),
    /takes\.0\.kind: /,
  ],
  [
    'a recording without takes',
    taskWith({ codex: [{ takes: [] }] }),
    /tasks\.0\.answers\.codex\.0\.takes/,
  ],
  [
    'a failure of no known kind',
    taskWith({ codex: [{ takes: [{ kind: 'failure', failure: { kind: 'sad', message: '' } }] }] }),
    /failure\.kind: /,
  ],
  ['a task without text', taskWith({}, { text: ' ' }), /tasks\.0\.text: /],
])('readRecordings() refuses a file with %s and says where', (_, content, place) => {
  const path = fileWith(content);
  expect(() => readRecordings(path)).toThrow(
    expect.objectContaining({ code: 'unreadable-file', message: expect.stringMatching(place) }),
  );
});

test('readRecordings() refuses a file that is not there', () => {
  expect(() => readRecordings(join(folder, 'none.json'))).toThrow(
    expect.objectContaining({ code: 'unreadable-file' }),
  );
});
