import { expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import { renderModels } from './models-text.ts';

const look = { color: false, width: 80, unicode: true };
const ready: Availability = { status: 'available', where: '/usr/local/bin/claude' };
const missing: Availability = {
  status: 'unavailable',
  kind: 'not-installed',
  message: 'Program "codex" was not found on PATH',
  remedy: 'Install codex',
};

test('renderModels() says of each model whether it is here, and if not why and what to do', () => {
  const rows = [
    { name: 'claude-code', type: 'claude-code', availability: ready },
    { name: 'mine', type: 'command', availability: missing },
  ];
  expect(renderModels(rows, look)).toBe(
    [
      'MODEL        TYPE         STATE            WHERE',
      'claude-code  claude-code  ✓ ready          /usr/local/bin/claude',
      'mine         command      ✗ not installed',
      '             → Program "codex" was not found on PATH. Install codex',
      '',
    ].join('\n'),
  );
});

test('renderModels() says which models a local server has and how to ask for one', () => {
  const row = { name: 'ollama', type: 'local server', availability: ready };
  const many = Array.from({ length: 10 }, (_, index) => `m${index}`);
  const wide = { ...look, width: 200 };
  const adviceOf = (models: readonly string[]) =>
    renderModels([{ ...row, models }], wide)
      .split('\n')[2]
      ?.trim();
  expect(adviceOf(['qwen', 'llama'])).toBe(
    '→ It has qwen, llama. Ask one with --models ollama:llama',
  );
  expect(adviceOf(many)).toContain('m6, m7 and 2 more. Ask');
  expect(adviceOf([])).toBe('→ It has no model. Load one into it');
});
