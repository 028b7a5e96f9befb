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
