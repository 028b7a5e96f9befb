import { expect, test } from 'vitest';
import { seat } from '../testing/builders.ts';
import { chooseJudge } from './choose-judge.ts';

const seats = [
  { ...seat('primary-1', 'a'), family: 'x' },
  { ...seat('primary-2', 'b'), family: 'y' },
  { ...seat('primary-3', 'c'), family: 'z' },
  { ...seat('validator-1', 'd'), family: 'x' },
  { ...seat('validator-2', 'e'), family: 'w' },
];

test('chooseJudge() takes a validator of a family that wrote neither side', () => {
  expect(chooseJudge(seats, [['primary-1'], ['primary-2']])?.id).toBe('validator-2');
});

test('chooseJudge() takes a primary of another family where no validator is left', () => {
  expect(chooseJudge(seats.slice(0, 4), [['primary-1'], ['primary-2']])?.id).toBe('primary-3');
});

test('chooseJudge() is undefined where all families wrote one of the sides, or cannot be asked', () => {
  const gone = { status: 'unavailable', kind: 'not-installed', message: '', remedy: '' } as const;
  expect(chooseJudge(seats.slice(0, 2), [['primary-1'], ['primary-2']])).toBeUndefined();
  const away = seats.map((each) => ({ ...each, unavailable: gone }));
  expect(chooseJudge(away, [['primary-1'], ['primary-2']])).toBeUndefined();
});
