import { decisionRules } from '../../../src/domain/decision.ts';
import { secondsText } from '../../../src/report/amounts.ts';
import type { ResultJson } from '../../../src/report/json.ts';
import { safeText } from '../../../src/report/safe-text.ts';
import type { RunDetail } from '../../../src/serve/api/shapes.ts';
import { says } from '../decision/says.ts';
import type { SynthesisJson } from '../decision/shapes.ts';
import { shareStyle } from './share-style.ts';

/** Writes a run as one HTML file that needs nothing else, and in which nothing can run. Empty before it has ended. */
export function sharePage({ run, result }: RunDetail): string {
  if (!result) return '';
  const title = `Run ${run.id}`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${shareStyle}</style></head><body>`,
    `<h1>${escaped(title)}</h1>`,
    block(result.task),
    `<p>${escaped(`${result.category}, ${result.mode}, ${run.started_at}, ${secondsText(result.execution_time * 1000)}`)}</p>`,
    ...decisionOf(result),
    ...splitOf(result),
    ...reasonsOf(result),
    ...synthesisOf(result),
    '<h2>Answer</h2>',
    ...filesOf(result.files, result.consensus_code),
    '<h2>Why this one</h2>',
    block(result.explanation),
    ...matrixOf(result),
    ...reviewsOf(result),
    '<h2>What each model brought</h2>',
    ...result.outputs.flatMap(outputOf),
    '</body></html>',
  ].join('\n');
}

/** Makes a text harmless in HTML, also within attributes. */
export function escaped(text: string): string {
  return safeText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function block(text: string): string {
  return `<pre>${escaped(text)}</pre>`;
}

function decisionOf({ metadata, verification }: ResultJson): readonly string[] {
  const chosen = metadata.chosen ?? 'No answer';
  return [
    `<h2>${escaped(`${chosen}: ${decisionRules[metadata.rule]}`)}</h2>`,
    `<p><b>${escaped(verification.status)}</b>: ${escaped(verification.because)}</p>`,
  ];
}

function splitOf({ evidence }: ResultJson): readonly string[] {
  const split = evidence?.separating;
  if (!split) return [];
  const sides = split.sides.map(
    ({ models, outcome }) => `<h3>${escaped(models.join(', '))}</h3>${block(outcome)}`,
  );
  return ['<h2>The answers part on this input</h2>', block(split.input), ...sides];
}

function reasonsOf({ validation }: ResultJson): readonly string[] {
  if (!validation?.needs_human_review) return [];
  const rows = validation.review_reasons.map(
    ({ code, message, witness }) =>
      `<li><b>${escaped(message)}</b> <code>${escaped(code)}</code>${says(message, witness) ? '' : block(witness)}</li>`,
  );
  return ['<h2>A person should look at this</h2>', `<ul>${rows.join('')}</ul>`];
}

function synthesisOf({ metadata: { synthesis } }: ResultJson): readonly string[] {
  if (!synthesis) return [];
  const item = ({ text, seats }: SynthesisJson['unique'][number]): string =>
    `<li>${escaped(text)} <i>${escaped(seats.join(', '))}</i></li>`;
  const contradictions = synthesis.contradictions.map(
    ({ subject, sides }) =>
      `<li><b>${escaped(subject)}</b><ul>${sides.map(item).join('')}</ul></li>`,
  );
  return [
    `<h2>Where they contradict each other</h2><ul>${contradictions.join('')}</ul>`,
    `<h2>What several say</h2><ul>${synthesis.agreements.map(item).join('')}</ul>`,
    `<h2>What only one says</h2><ul>${synthesis.unique.map(item).join('')}</ul>`,
  ];
}

function filesOf(files: ResultJson['files'], text: string): readonly string[] {
  if (files.length === 0) return [block(text)];
  return files.flatMap((file) => [
    `<h3><code>${escaped(file.path ?? 'without a file name')}</code></h3>`,
    block(file.text),
  ]);
}

function matrixOf({ evidence }: ResultJson): readonly string[] {
  if (!evidence) return [];
  const head = ['Test', 'Expected', ...evidence.matrix.map(({ model }) => model)];
  const rows = evidence.tests.map(({ id, call, expected }, index) => {
    const cells = evidence.matrix.map(({ cells: all }) => {
      const cell = all[index];
      return cell ? `${cell.outcome}: ${cell.got}` : 'not run';
    });
    return rowOf('td', [`${id}: ${call}`, expected ?? '', ...cells]);
  });
  return ['<h2>Tests</h2><div class="wide"><table>', rowOf('th', head), ...rows, '</table></div>'];
}

function rowOf(cell: 'th' | 'td', texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<${cell}>${escaped(text)}</${cell}>`).join('')}</tr>`;
}

function reviewsOf({ validation }: ResultJson): readonly string[] {
  if (!validation || validation.reviews.length === 0) return [];
  const reviews = validation.reviews.map(
    // The summary of what is no review says so itself.
    ({ model, verdict, summary }) =>
      `<li><b>${escaped(verdict === null ? model : `${model} ${verdict}`)}</b>: ${escaped(summary)}</li>`,
  );
  const findings = validation.findings.map(
    ({ model, severity, message }) =>
      `<li><b>${escaped(severity)}</b> ${escaped(model)}: ${escaped(message)}</li>`,
  );
  return ['<h2>Reviews</h2>', `<ul>${[...reviews, ...findings].join('')}</ul>`];
}

function outputOf({
  model,
  seat,
  error,
  raw_output,
}: ResultJson['outputs'][number]): readonly string[] {
  return [
    `<h3>${escaped(`${model}, ${seat}`)}</h3>`,
    ...(error === null ? [] : [`<p>${escaped(error)}</p>`]),
    `<details><summary>Everything that it wrote</summary>${block(raw_output)}</details>`,
  ];
}
