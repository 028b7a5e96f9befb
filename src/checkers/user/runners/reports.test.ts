import { describe, expect, test } from 'vitest';
import { readGoReport } from './go.ts';
import { readNodeReport } from './node.ts';
import { readPythonReport } from './python.ts';
import { readVitestReport } from './vitest.ts';

const lines = (...rows: readonly object[]): string =>
  rows.map((row) => JSON.stringify(row)).join('\n');

test('readGoReport() counts tests with their subtests, and quotes what the first failed one wrote', () => {
  const text = lines(
    { Action: 'run', Test: 'TestA' },
    { Action: 'output', Test: 'TestB', Output: '    a_test.go:5: got 1, want 2\n' },
    { Action: 'pass', Test: 'TestA' },
    { Action: 'skip', Test: 'TestC' },
    { Action: 'fail', Test: 'TestB' },
    { Action: 'fail', Package: 'demo' },
  );
  expect(readGoReport(text)).toEqual({
    by: 'go test',
    executed: 2,
    failed: 1,
    isBroken: false,
    first: { name: 'TestB', message: 'a_test.go:5: got 1, want 2', line: null },
  });
});

test('readGoReport() tells a package that does not build', () => {
  const text = lines(
    { Action: 'build-output', Output: './a.go:1:1: syntax error\n' },
    { Action: 'fail', Package: 'demo' },
  );
  expect(readGoReport(text)).toMatchObject({ executed: 0, isBroken: true });
});

test('readNodeReport() counts no file as a test', () => {
  const row = { passed: true, isFile: false, name: 'adds', line: 4, message: '' };
  const file = { ...row, isFile: true, name: 'the tests file', line: null };
  expect(readNodeReport(lines(row, file))).toMatchObject({ executed: 1, isBroken: false });
  expect(readNodeReport(lines({ ...file, passed: false }))).toMatchObject({ isBroken: true });
});

test('readVitestReport() tells a file that failed before its tests', () => {
  const text = JSON.stringify({
    numTotalTests: 0,
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [{ status: 'failed', message: 'no such module', assertionResults: [] }],
  });
  expect(readVitestReport(text)).toMatchObject({
    isBroken: true,
    first: { message: 'no such module' },
  });
});

describe('no report is read from', () => {
  test.each(['', 'OK', '{}', '{"by":"me","executed":9}', '[]', 'null'])('%j', (text) => {
    expect(readPythonReport(text)).toBeUndefined();
    expect(readNodeReport(text)).toBeUndefined();
    expect(readVitestReport(text)).toBeUndefined();
    expect(readGoReport(text)).toBeUndefined();
  });
});

test('readPythonReport() cuts untrusted text to one line', () => {
  const first = { name: 'a\u001b[31m\nb', message: 'x'.repeat(5000), line: 2 };
  const report = readPythonReport(
    JSON.stringify({ by: 'pytest', executed: 1, failed: 1, isBroken: false, first }),
  );
  expect(report?.first?.name).toBe('a b');
  expect(report?.first?.message.length).toBeLessThan(400);
});
