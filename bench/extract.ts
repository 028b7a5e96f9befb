// Scores extraction on recorded answers: node bench/extract.ts FOLDER [--json] [--failures FILE]
//
// FOLDER holds can_ai_code/, mapcoder/ and airun/ as gzipped JSON lines. The recorded code is executed with
// the checks of its row, in the isolation of extract-sandbox.ts; without it the benchmark refuses to run.
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Candidate } from '../src/domain/candidate.ts';
import { extract } from '../src/extract/extract.ts';
import { type Row, readRows } from './extract-rows.ts';
import { Sandbox } from './extract-sandbox.ts';
import { simpleExtractors } from './extract-simple.ts';

const parallel = 2;
/** Goes before the code of a row, as it did for the recorded verdicts. */
type Prelude = (row: Row) => string;
const withInput: Prelude = ({ language }) =>
  language === 'python' ? 'import math\ninput = lambda *_: "5"\n' : '';
const withPrompt: Prelude = ({ prompt }) => `${prompt ?? ''}\n`;

interface Score {
  readonly set: string;
  readonly of: number;
  readonly ours: number;
  readonly first: number;
  readonly longest: number;
  readonly last: number;
  readonly target: string;
}

const failures: object[] = [];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, failures: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write(
    `Cannot score extraction: found no folder "${folder ?? ''}", wanted: node bench/extract.ts FOLDER\n`,
  );
  process.exit(2);
}

const sandbox = new Sandbox();
await sandbox.prove();
const scores = [
  await scoreSaved('can_ai_code/junior-v2.jsonl.gz', '>= 99.7 %'),
  await scoreSaved('can_ai_code/senior.jsonl.gz', '100 %'),
  await scoreAll('mapcoder/humaneval.jsonl.gz'),
];
const names = countNames('airun/raw_v2.jsonl.gz');
if (values.failures !== undefined)
  writeFileSync(values.failures, JSON.stringify(failures, null, 1));
process.stdout.write(values.json ? `${JSON.stringify({ scores, names })}\n` : table());

/** Of the answers that some simple extractor saves: how many pass with the code of each. */
async function scoreSaved(file: string, target: string): Promise<Score> {
  const rows = readRows(folder ?? '', file).filter(({ passes_any }) => passes_any === true);
  const recorded = (name: string): number =>
    rows.filter(({ passes_by_extractor }) => passes_by_extractor?.[name] === true).length;
  const ours = await countPasses(rows, ourCode, withInput);
  const [first, longest, last] = ['first', 'longest', 'last'].map(recorded);
  return {
    set: file,
    of: rows.length,
    ours,
    first: first ?? 0,
    longest: longest ?? 0,
    last: last ?? 0,
    target,
  };
}

/** Of all answers: how many pass with the code of each. */
async function scoreAll(file: string): Promise<Score> {
  const rows = readRows(folder ?? '', file);
  const authors = rows.filter(({ passes }) => passes === true).length;
  const [ours, first, longest, last] = [
    await countPasses(rows, ourCode, withPrompt),
    await countPasses(rows, simpleExtractors.first, withPrompt),
    await countPasses(rows, simpleExtractors.longest, withPrompt),
    await countPasses(rows, simpleExtractors.last, withPrompt),
  ];
  return {
    set: file,
    of: rows.length,
    ours,
    first,
    longest,
    last,
    target: `> ${authors}, the authors' own`,
  };
}

async function countPasses(
  rows: readonly Row[],
  codeOf: (text: string) => string,
  prelude: Prelude,
): Promise<number> {
  let passed = 0;
  const waiting = rows.values();
  const worker = async (): Promise<void> => {
    for (const row of waiting) {
      const code = codeOf(row.raw_output ?? '');
      const passes = await sandbox.passes(
        row.language,
        `${prelude(row)}${code}\n${row.tests ?? ''}`,
      );
      if (passes) passed += 1;
      else if (codeOf === ourCode) failures.push({ ...row, ours: code });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return passed;
}

function ourCode(text: string): string {
  const candidate = candidateOf(text);
  return candidate.status === 'code' ? candidate.files[0].text : '';
}

function candidateOf(text: string): Candidate {
  const facts = { seat: 'primary-1', runner: 'recorded', tries: 1, durationMs: 0 };
  return extract({ ...facts, status: 'answered', text, model: null, usage: null, costUsd: null });
}

interface Names {
  readonly set: string;
  readonly answers: number;
  readonly withCode: number;
  readonly withNamedFile: number;
  readonly namedFiles: number;
  readonly unnamedFiles: number;
}

function countNames(file: string): Names {
  const rows = readRows(folder ?? '', file);
  const lists = rows.flatMap(({ raw_output }) => {
    const candidate = candidateOf(raw_output ?? '');
    return candidate.status === 'code' ? [candidate.files] : [];
  });
  const files = lists.flat();
  return {
    set: file,
    answers: rows.length,
    withCode: lists.length,
    withNamedFile: lists.filter((list) => list.some(({ path }) => path !== null)).length,
    namedFiles: files.filter(({ path }) => path !== null).length,
    unnamedFiles: files.filter(({ path }) => path === null).length,
  };
}

function table(): string {
  const head = ['set', 'answers', 'ours', 'first', 'longest', 'last', 'target'];
  const body = scores.map(({ set, of, ours, first, longest, last, target }) => [
    set.replace('.jsonl.gz', ''),
    String(of),
    ...[ours, first, longest, last].map(
      (count) => `${count} (${((100 * count) / of).toFixed(1)} %)`,
    ),
    target,
  ]);
  const { answers, withCode, withNamedFile, namedFiles, unnamedFiles } = names;
  const lines = [head, ...body].map((row) =>
    row
      .map((cell, at) => cell.padEnd(at === 0 ? 24 : 16))
      .join(' ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nairun: ${answers} answers, ${withCode} with code, ${withNamedFile} with a named file; ${namedFiles} files named, ${unnamedFiles} not\n`;
}
