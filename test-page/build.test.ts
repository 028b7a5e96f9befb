import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = new URL('../dist/page/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

/** The most bytes of compressed JavaScript that a first look at any view loads. */
const scriptMaxBytes = 200_000;

/** The scripts that a script loads before it runs, itself among them. */
function withImports(path: string, known: Set<string> = new Set()): ReadonlySet<string> {
  if (known.has(path)) return known;
  known.add(path);
  for (const [, next] of read(path).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
    withImports(`assets/${next}`, known);
  }
  return known;
}

const bytesOf = (paths: Iterable<string>): number =>
  [...paths].reduce((sum, path) => sum + gzipSync(read(path)).length, 0);

const scripts = readdirSync(new URL('assets/', folder)).filter((name) => name.endsWith('.js'));
const [, main = ''] = /<script type="module"[^>]* src="\/([^"]+)"/.exec(read('index.html')) ?? [];

test.each(['index', 'run-page', 'history-page', 'compare-page', 'statistics-page'])(
  'the first load of %s is below the limit',
  (view) => {
    const path = scripts.find((name) => name.startsWith(`${view}-`));
    const loaded = new Set([...withImports(main), ...withImports(`assets/${path}`)]);
    const bytes = bytesOf(loaded);
    process.stdout.write(`${view}: ${bytes} bytes of compressed JavaScript\n`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(scriptMaxBytes);
  },
);

test('the page holds no script, style or address of another host in its markup', () => {
  const markup = read('index.html');
  expect(markup).not.toMatch(/https?:|\/\/[a-z]|<style|<script(?![^>]* src=)| style=| on[a-z]+=/);
});
