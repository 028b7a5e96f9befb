import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testedVersions } from '../src/vendor-cli/tested-versions.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const packages = {
  claude: '@anthropic-ai/claude-code',
  codex: '@openai/codex',
  gemini: '@google/gemini-cli',
  grok: '@xai-official/grok',
};

test('the tested versions are those that are installed for the tests, and those in docs/runners.md', () => {
  const { dependencies } = JSON.parse(read('vendors/package.json'));
  const documented = read('docs/runners.md');
  const names = Object.entries(packages);
  const pinned = names.map(([program, name]) => [program, dependencies[name]]);
  expect(testedVersions).toEqual(Object.fromEntries(pinned));
  for (const [program, name] of names) {
    expect(documented).toContain(`\`${name}\` ${testedVersions[program]}`);
  }
});
