import { describe, expect, test } from 'vitest';
import { openPlace } from './cli-process.ts';

const wrong = { text: '```python\ndef add(a, b):\n    return a - b\n```\n' };
const code = 'def add(a, b):\n    return a + b\n';
const right = { text: `\`\`\`python\n${code}\`\`\`\n` };
const tests = `import unittest
from solution import add


class Adding(unittest.TestCase):
    def test_it(self):
        self.assertEqual(add(1, 2), 3)
`;
const env = { PATH: `/usr/bin:/bin` };

interface Row {
  readonly model: string;
  readonly checks: readonly {
    readonly checker: string;
    readonly outcome: { readonly status: string };
  }[];
}

const outcomes = (stdout: string, checker: string): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    JSON.parse(stdout).outputs.map(({ model, checks }: Row) => [
      model,
      checks.find((check) => check.checker === checker)?.outcome.status,
    ]),
  );

// Where no sandbox can be had, nothing is run, and what then happens is tested beside the checker.
describe.runIf(process.platform === 'linux')(
  'orchestrator --tests and --check',
  { timeout: 60_000 },
  () => {
    test('choose the one answer that passes, though most agree on another', async () => {
      await using place = await openPlace({ 'claude-code': wrong, gemini: wrong, codex: right });
      place.write('test_solution.py', tests);
      const models = ['--models', 'claude-code', 'gemini', 'codex'];
      const args = ['Add', '--tests', 'test_solution.py', '--json', ...models];
      const { status, stdout } = await place.ask(args, { env });
      expect(status).toBe(0);
      expect(outcomes(stdout, 'tests')).toEqual({
        'claude-code': 'failed',
        gemini: 'failed',
        codex: 'passed',
      });
      expect(JSON.parse(stdout).consensus_code).toBe(code.trimEnd());
    });

    test('ask a person to look when no answer passes', async () => {
      await using place = await openPlace({ codex: wrong });
      const command = 'python3 -c "from solution import add; assert add(1, 2) == 3"';
      const args = ['Add', '--check', command, '--json', '--models', 'codex'];
      const { stdout } = await place.ask(args, { env });
      expect(outcomes(stdout, 'command')).toEqual({ codex: 'failed' });
      const reasons = JSON.parse(stdout).validation.review_reasons;
      expect(reasons).toEqual([expect.objectContaining({ code: 'checks_failed' })]);
    });

    test('read the checks of the configuration', async () => {
      await using place = await openPlace();
      const runners = {
        codex: { type: 'openai-compatible', model: 'codex', baseURL: place.server.baseUrl },
      };
      place.write('own.json', JSON.stringify({ runners, checks: { commands: ['false'] } }));
      const args = ['Add', '--config', 'own.json', '--json', '--models', 'codex'];
      const { stdout } = await place.run(args, { env });
      expect(outcomes(stdout, 'command')).toEqual({ codex: 'failed' });
    });
  },
);
