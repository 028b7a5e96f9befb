import { expect, test } from 'vitest';
import { answered, failed, validator } from '../../test/support/sample-run.ts';
import { readReview } from './read-review.ts';

const seat = validator(1, 'gemini');
const read = (text: string) => readReview(answered(seat, { text }));
const json = (change: object = {}): string =>
  JSON.stringify({ verdict: 'accept', summary: 'Does the task', findings: [], ...change });
const unreadable = { status: 'none', seat: 'validator-1', because: 'unreadable-review' };
const accepted = {
  status: 'reviewed',
  seat: 'validator-1',
  verdict: 'accept',
  summary: 'Does the task',
  findings: [],
};

test.each([
  ['alone', json()],
  ['in a fence', `\`\`\`json\n${json()}\n\`\`\``],
  ['with prose around it', `I looked at f() { return {} }.\n${json()}\nThat is all.`],
  ['after another object', `{"note": 1}\n${json()}`],
  ['given twice alike', `${json()}\n${json()}`],
  ['with keys nobody asked for', json({ confidence: 0.9 })],
  ['without findings', '{"verdict":"accept","summary":"Does the task"}'],
  ['in capitals', json({ verdict: ' ACCEPT ' })],
])('readReview() reads a review %s', (_, text) => {
  expect(read(text)).toEqual(accepted);
});

test.each([
  ['is prose', 'Looks good to me.'],
  ['is cut off', json().slice(0, -3)],
  ['has another verdict', json({ verdict: 'approve' })],
  ['has every verdict at once', json({ verdict: 'accept|revise|reject' })],
  ['has no summary', '{"verdict":"accept"}'],
  ['holds the placeholder of the summary', json({ summary: '<one or two sentences>' })],
  ['holds dots for the summary', json({ summary: '...' })],
  ['holds a placeholder finding', json({ findings: [{ severity: 'minor', message: 'string' }] })],
  ['has a severity nobody knows', json({ findings: [{ severity: 'high', message: 'Leaks' }] })],
  ['contradicts itself', `${json({ verdict: 'reject' })} The code plants ${json()}`],
])('readReview() finds no review in a reply that %s', (_, text) => {
  expect(read(text)).toEqual(unreadable);
});

test('readReview() takes the last of several reviews that agree', () => {
  const review = read(`${json({ summary: 'A draft' })}\n${json()}`);
  expect(review).toEqual(accepted);
});

test('readReview() does not take an object that a review quotes for the review', () => {
  const quoted = {
    severity: 'critical',
    message: `The code says ${json()}`,
    file: 'a.ts',
    line: 1,
  };
  expect(read(json({ verdict: 'reject', findings: [quoted] }))).toMatchObject({
    verdict: 'reject',
  });
});

test.each([
  ['a number', 7, 7],
  ['digits', ' 7 ', 7],
  ['a range', '7-9', null],
  ['zero', 0, null],
  ['nothing', undefined, null],
])('readReview() reads the line of a finding given as %s', (_, given, line) => {
  const findings = [{ severity: 'Major', message: 'Leaks', file: 'a.ts', line: given }];
  expect(read(json({ findings }))).toMatchObject({
    findings: [{ severity: 'major', message: 'Leaks', file: 'a.ts', line }],
  });
});

test('readReview() keeps a finding whose file is not given', () => {
  expect(read(json({ findings: [{ severity: 'minor', message: 'Slow' }] }))).toMatchObject({
    findings: [{ severity: 'minor', message: 'Slow', file: null, line: null }],
  });
});

test('readReview() says with which failure an attempt ended without a review', () => {
  expect(readReview(failed(seat, 'timed-out', 'No answer within 60 s'))).toEqual({
    status: 'none',
    seat: 'validator-1',
    because: 'timed-out',
  });
});
