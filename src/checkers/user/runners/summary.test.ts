import { describe, expect, test } from 'vitest';
import { readSummary } from './summary.ts';

describe('readSummary() counts the tests that', () => {
  test.each<[string, string, string, readonly [number, number]]>([
    ['pytest', 'pytest -q', '..F\n1 failed, 2 passed, 1 skipped in 0.12s\n', [3, 1]],
    ['pytest with rules', 'python -m pytest', '=== 3 passed, 1 warning in 0.1s ===\n', [3, 0]],
    ['pytest with errors', 'pytest', '1 passed, 2 errors in 0.1s\n', [3, 2]],
    [
      'unittest',
      'python3 -m unittest',
      'Ran 4 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)\n',
      [3, 2],
    ],
    ['unittest that is right', 'python3 -m unittest', 'Ran 1 test in 0.001s\n\nOK\n', [1, 0]],
    [
      'vitest',
      'npx vitest run',
      '\u001b[2m      Tests \u001b[22m 1 failed | 3 passed (4)\n',
      [4, 1],
    ],
    ['jest', 'npx jest', 'Tests:       1 failed, 3 passed, 4 total\n', [4, 1]],
    ['node', 'node --test', '# tests 3\n# suites 0\n# pass 2\n# fail 1\n', [3, 1]],
    ['node in colors', 'node --import x --test', 'ℹ pass 2\nℹ fail 0\n', [2, 0]],
    ['go by packages', 'go test ./...', 'ok  \tdemo\t0.002s\nFAIL\tdemo/b\t0.1s\n', [2, 1]],
    [
      'go by tests',
      'go test -v',
      '--- PASS: TestA (0.00s)\n--- FAIL: TestB (0.00s)\nFAIL\tdemo\t0.1s\n',
      [2, 1],
    ],
    [
      'cargo',
      'cargo test',
      'test result: ok. 2 passed; 0 failed; 0 ignored\ntest result: FAILED. 1 passed; 1 failed; 0\n',
      [4, 1],
    ],
  ])('%s ran', (_, command, output, [executed, failed]) => {
    expect(readSummary(command, output)).toMatchObject({ executed, failed });
  });
});

test.each(['pytest', 'python3 -m unittest', 'node --test', 'npx vitest', 'cargo test', 'go test'])(
  'readSummary() finds no sum in an output of %s that has none',
  (command) => {
    expect(readSummary(command, 'OK\n1 passed\nall good\n')).toBeNull();
  },
);

test('readSummary() knows no runner in a command that names none', () => {
  expect(readSummary('make check', '1 passed in 0.1s')).toBeUndefined();
  expect(readSummary('npm test', '')).toBeUndefined();
});
