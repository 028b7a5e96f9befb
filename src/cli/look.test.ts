import { expect, test } from 'vitest';
import { isLive, lookOf } from './look.ts';

const terminal = { isTTY: true, columns: 100 };
const pipe = {};

test.each([
  { where: 'a terminal', stream: terminal, env: {}, wanted: true },
  { where: 'a pipe', stream: pipe, env: {}, wanted: false },
  { where: 'a dumb terminal', stream: terminal, env: { TERM: 'dumb' }, wanted: false },
  { where: 'a terminal with NO_COLOR', stream: terminal, env: { NO_COLOR: '1' }, wanted: false },
  {
    where: 'a terminal with an empty NO_COLOR',
    stream: terminal,
    env: { NO_COLOR: '' },
    wanted: true,
  },
  { where: 'a pipe with FORCE_COLOR', stream: pipe, env: { FORCE_COLOR: '1' }, wanted: true },
  {
    where: 'a terminal with FORCE_COLOR=0',
    stream: terminal,
    env: { FORCE_COLOR: '0' },
    wanted: false,
  },
  {
    where: 'NO_COLOR beside FORCE_COLOR',
    stream: terminal,
    env: { NO_COLOR: '1', FORCE_COLOR: '1' },
    wanted: false,
  },
])('lookOf() decides on color for $where', ({ stream, env, wanted }) => {
  expect(lookOf(stream, env).color).toBe(wanted);
});

test('lookOf() gives lines an end only on a terminal', () => {
  expect(lookOf(terminal, {}).width).toBe(100);
  expect(lookOf(pipe, {}).width).toBe(Number.POSITIVE_INFINITY);
});

test('lookOf() keeps to ASCII where nothing else can be shown', () => {
  expect(lookOf(terminal, { LANG: 'C.UTF-8' }).unicode).toBe(true);
  expect(lookOf(terminal, { LC_ALL: 'C' }).unicode).toBe(false);
});

test.each([
  { where: 'a terminal', stream: terminal, env: {}, wanted: true },
  { where: 'a pipe', stream: pipe, env: {}, wanted: false },
  { where: 'a dumb terminal', stream: terminal, env: { TERM: 'dumb' }, wanted: false },
  { where: 'a terminal of a CI', stream: terminal, env: { CI: 'true' }, wanted: false },
])('isLive() decides for $where', ({ stream, env, wanted }) => {
  expect(isLive(stream, env)).toBe(wanted);
});
