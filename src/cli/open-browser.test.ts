import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openBrowser } from './open-browser.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'browser-'));
  undo.push(() => rmSync(made, { recursive: true }));
  return made;
}

test.runIf(process.platform === 'linux')(
  'openBrowser() gives the address as it is to what opens it',
  async () => {
    const path = folder();
    const opener = join(path, 'xdg-open');
    writeFileSync(
      opener,
      `#!/bin/sh\nprintf %s "$1" > '${path}/part'\nmv '${path}/part' '${path}/told'\n`,
    );
    chmodSync(opener, 0o755);
    const url = 'http://127.0.0.1:1/runs/a?b=$(touch x)&c=`y`';
    const watcher = watch(path);
    undo.push(() => watcher.close());
    expect(await openBrowser(url, { PATH: `${path}:/usr/bin:/bin` })).toBe(true);
    let [, name]: unknown[] = [];
    while (name !== 'told') [, name] = await once(watcher, 'change');
    expect(readFileSync(join(path, 'told'), 'utf8')).toBe(url);
  },
);

test.runIf(process.platform === 'linux')(
  'openBrowser() says that there is nothing to open it with',
  async () => {
    expect(await openBrowser('http://127.0.0.1:1/', { PATH: folder() })).toBe(false);
  },
);
