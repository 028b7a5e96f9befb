import { expect, test } from 'vitest';
import { primaryPrompt } from '../../ask/primary-prompt.ts';
import { judgePrompt } from '../../settle/judge-prompt.ts';
import { testsPrompt } from '../../specify/tests-prompt.ts';
import { codeCandidate, decision, task } from '../../testing/builders.ts';
import { reviewPrompt } from '../../validate/review-prompt.ts';
import { findRecording } from './find-recording.ts';
import type { RecordedTask, Recording, Recordings } from './recordings.ts';

const recording = (when: string | null = null): Recording => ({
  when,
  takes: [{ kind: 'hang', chunks: [] }],
});

const recorded = (id: string, text: string, change: Partial<RecordedTask> = {}): RecordedTask => ({
  id,
  title: id,
  text,
  mode: 'medium',
  shows: '',
  answers: { codex: [recording()] },
  reviews: { codex: [recording('a - b'), recording()] },
  tests: { codex: [recording()] },
  judgements: { codex: [recording()] },
  ...change,
});

const recordings: Recordings = {
  synthetic: true,
  timeScale: 1,
  tasks: [
    recorded('sort', 'Sort a list'),
    recorded('sort-stable', 'Sort a list\n\n# Context\n\nof names, stably'),
    recorded('sort-down', 'Sort a list downwards'),
  ],
};

const asked = (text: string, runner = 'codex', context: { path: string; text: string }[] = []) =>
  findRecording(recordings, primaryPrompt(task(text, { context })), runner)?.key;

const reviewed = (text: string, code: string, strict = false) =>
  findRecording(
    recordings,
    reviewPrompt({
      task: task(text),
      decision: decision(codeCandidate('primary-1', code)),
      strict,
    }),
    'codex',
  )?.key;

test.each([
  ['alone', 'Sort a list', 'sort/answers/0'],
  ['with white space around it', ' Sort a list\n', 'sort/answers/0'],
  ['that begins with the words of another', 'Sort a list downwards', 'sort-down/answers/0'],
  [
    'that looks like another with context',
    recordings.tasks[1]?.text ?? '',
    'sort-stable/answers/0',
  ],
])('findRecording() finds the answer to a task %s', (_, text, key) => {
  expect(asked(text)).toBe(key);
});

test('findRecording() finds the answer to a task with context files', () => {
  expect(asked('Sort a list', 'codex', [{ path: 'a.ts', text: 'Sort a list downwards' }])).toBe(
    'sort/answers/0',
  );
});

test.each([
  ['a task that goes on', 'Sort a list in Rust'],
  ['a task that only mentions a recorded one', 'Please: Sort a list'],
  ['another task', 'Reverse a list'],
])('findRecording() finds nothing for %s', (_, text) => {
  expect(asked(text)).toBeUndefined();
});

test.each(['grok', 'constructor'])('findRecording() finds nothing for the runner %s', (runner) => {
  expect(asked('Sort a list', runner)).toBeUndefined();
});

test('findRecording() finds the review that is for the code', () => {
  expect(reviewed('Sort a list', 'list.sort((a, b) => a - b)')).toBe('sort/reviews/0');
  expect(reviewed('Sort a list', 'list.sort()')).toBe('sort/reviews/1');
});

test('findRecording() finds the review when it is asked for again', () => {
  expect(reviewed('Sort a list downwards', 'list.sort()', true)).toBe('sort-down/reviews/1');
});

test('findRecording() finds the tests and the judgement of a task', () => {
  const toJudge = {
    task: task('Sort a list'),
    input: 'sort([])',
    results: ['[]', 'null'],
  } as const;
  expect(findRecording(recordings, testsPrompt(task('Sort a list'), null), 'codex')?.key).toBe(
    'sort/tests/0',
  );
  expect(findRecording(recordings, judgePrompt(toJudge), 'codex')?.key).toBe('sort/judgements/0');
});
