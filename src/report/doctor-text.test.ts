import { expect, test } from 'vitest';
import type { Availability } from '../domain/availability.ts';
import { type DoctorRow, renderDoctor } from './doctor-text.ts';

const look = { color: false, width: 80, unicode: true };
const ready: Availability = { status: 'available', where: '/usr/local/bin/claude' };
const missing: Availability = {
  status: 'unavailable',
  kind: 'not-installed',
  message: 'Program "codex" was not found on PATH',
  remedy: 'Install codex',
};

test('renderDoctor() shows each probe, one remedy for each that cannot be asked, and the sum', () => {
  const rows: readonly DoctorRow[] = [
    {
      name: 'claude-code',
      probe: {
        availability: ready,
        version: '2.1.330',
        testedVersion: '2.1.330',
        signedIn: true,
        latencyMs: 121.4,
      },
    },
    {
      name: 'gemini',
      probe: {
        availability: { status: 'available', where: '/usr/bin/gemini' },
        version: '0.62.0',
        testedVersion: '0.61.0',
        signedIn: true,
        latencyMs: 900,
      },
    },
    {
      name: 'codex',
      probe: { availability: missing, version: null, signedIn: null, latencyMs: null },
    },
  ];
  expect(renderDoctor(rows, look)).toBe(
    [
      'MODEL        STATE            VERSION  TESTED  SIGNED IN  LATENCY  WHERE',
      'claude-code  ✓ ready          2.1.330  yes     yes        121 ms   /usr/local/b…',
      'gemini       ✓ ready          0.62.0   no      yes        900 ms   /usr/bin/gem…',
      'codex        ✗ not installed  –        –       –          –',
      '             → Program "codex" was not found on PATH. Install codex',
      '',
      '2 of 3 models are ready',
      '',
    ].join('\n'),
  );
});

test('renderDoctor() uses nothing but ASCII where only that can be shown', () => {
  const probe = { availability: missing, version: null, signedIn: false, latencyMs: null };
  expect(renderDoctor([{ name: 'codex', probe }], { ...look, unicode: false })).toMatch(
    /^[\n -~]*$/,
  );
});
