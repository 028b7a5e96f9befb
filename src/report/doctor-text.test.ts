import { expect, test } from 'vitest';
import type { Availability, Probe } from '../domain/availability.ts';
import { renderDoctor } from './doctor-text.ts';

const look = { color: false, width: 80, unicode: true };
const ready: Availability = { status: 'available', where: '/usr/local/bin/claude' };
const missing: Availability = {
  status: 'unavailable',
  kind: 'not-installed',
  message: 'Program "codex" was not found on PATH',
  remedy: 'Install codex',
};
const good: Probe = {
  availability: ready,
  version: '2.1.330',
  testedVersion: '2.1.330',
  signedIn: 'yes',
  startMs: 121.4,
  reach: {
    status: 'reached',
    address: 'https://api.example',
    asked: 'a request without a key',
    latencyMs: 40.6,
  },
};
const absent: Probe = {
  availability: missing,
  version: null,
  signedIn: 'unknown',
  startMs: null,
  reach: { status: 'not-tried', because: 'it is not installed' },
};

test('renderDoctor() shows each probe, what was timed, one remedy for each that cannot be asked, and the sum', () => {
  const cutOff: Probe = {
    ...good,
    version: '0.62.0',
    signedIn: 'key',
    reach: { status: 'unreachable', message: 'Cannot reach it', remedy: 'Check the connection' },
  };
  const rows = [
    { name: 'claude-code', probe: good },
    { name: 'gemini', probe: cutOff },
    { name: 'codex', probe: absent },
  ];
  expect(renderDoctor(rows, look)).toBe(
    [
      'MODEL        STATE            VERSION  TESTED  SIGNED IN  REACHABLE',
      'claude-code  ✓ ready          2.1.330  yes     yes        yes',
      '             /usr/local/bin/claude; --version took 121 ms; https://api.example',
      '             answered a request without a key in 41 ms',
      'gemini       ✗ unreachable    0.62.0   no      key set    no',
      '             /usr/local/bin/claude; --version took 121 ms',
      '             → Cannot reach it. Check the connection',
      'codex        ✗ not installed  –        –       unknown    not tried',
      '             → Program "codex" was not found on PATH. Install codex',
      '',
      '1 of 3 models is ready',
      '',
    ].join('\n'),
  );
});

test('renderDoctor() says what it does not know, and what was not tried', () => {
  const probe: Probe = {
    ...good,
    signedIn: 'unknown',
    reach: { status: 'not-tried', because: '--offline' },
  };
  const text = renderDoctor([{ name: 'codex', probe }], { ...look, width: 200 });
  expect(text).toMatch(/codex +✓ ready +2\.1\.330 +yes +unknown +not tried\n/);
  expect(text).toContain('its login is where it cannot be looked into (keyring)');
  expect(text).toContain('not tried to reach: --offline');
});

test('renderDoctor() uses nothing but ASCII where only that can be shown', () => {
  for (const probe of [good, absent]) {
    const text = renderDoctor([{ name: 'codex', probe }], { ...look, unicode: false });
    expect(text).toMatch(/^[\n -~]*$/);
  }
});
