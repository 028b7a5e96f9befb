import { expect, test } from 'vitest';
import { answered, failed, seat } from '../testing/builders.ts';
import { readJudgement } from './read-judgement.ts';

const judge = seat('validator-1', 'gemini');
const says = (demanded: unknown) =>
  answered(judge, JSON.stringify({ demanded, why: 'The task says so' }));
const read = (straight: unknown, turned: unknown) =>
  readJudgement(judge.id, [says(straight), says(turned)]);

test('readJudgement() takes the side that both orders name', () => {
  expect(read(1, 2)).toMatchObject({ status: 'decided', side: 0, judge: 'validator-1' });
  expect(read(2, '1')).toMatchObject({ status: 'decided', side: 1 });
});

test('readJudgement() takes a judge that goes by the place of a result for none', () => {
  expect(read(1, 1)).toEqual({ status: 'flipped', judge: 'validator-1' });
});

test.each([
  ['both', 1],
  [1, 'neither'],
  ['both', 'both'],
])('readJudgement() leaves the question open after %s and %s', (straight, turned) => {
  expect(read(straight, turned).status).toBe('open');
});

test('readJudgement() takes an echoed template, prose and two opinions for no judgement', () => {
  const unreadable = { status: 'none', because: 'the reply of the judge cannot be read' };
  const echoed = answered(
    judge,
    '{ "demanded": 1 | 2 | "neither" | "both", "why": <one sentence> }',
  );
  const twice = answered(judge, '{"demanded":1,"why":""} {"demanded":2,"why":""}');
  expect(readJudgement(judge.id, [echoed, says(2)])).toEqual(unreadable);
  expect(readJudgement(judge.id, [says(1), answered(judge, 'Result 2')])).toEqual(unreadable);
  expect(readJudgement(judge.id, [twice, says(2)])).toEqual(unreadable);
});

test('readJudgement() says why a judge that failed gave none', () => {
  expect(readJudgement(judge.id, [says(1), failed(judge, 'unauthorized')])).toEqual({
    status: 'none',
    because: 'the judge did not answer: Failed: unauthorized. Check the API key or sign in again',
  });
});
