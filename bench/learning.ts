// Compares --route learned with the configured order on streams whose true rates are known: node bench/learning.ts
import { simulateRouting } from './simulate-routing.ts';

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
const runs = 2000;
const worstFirst = { c: 0.55, b: 0.7, a: 0.85 };
const bestFirst = { a: 0.85, b: 0.7, c: 0.55 };
const streams = [
  { name: 'weakest first, all verified', rates: worstFirst, verified: 1 },
  { name: 'weakest first, one in five verified', rates: worstFirst, verified: 0.2 },
  { name: 'best first, all verified', rates: bestFirst, verified: 1 },
  { name: 'best first, one in five verified', rates: bestFirst, verified: 0.2 },
  { name: 'all alike', rates: { a: 0.7, b: 0.7, c: 0.7 }, verified: 1 },
];

process.stdout.write(`${runs} runs of one seat, mean of ${seeds.length} seeds\n`);
process.stdout.write(
  'regret: fixed, learned (lowest to highest); asked: a, b, c; least share of any\n',
);
for (const { name, rates, verified } of streams) {
  const ended = seeds.map((seed) => simulateRouting({ rates, runs, verified, seats: 1, seed }));
  const regrets = ended.map(({ regret }) => regret).toSorted((a, b) => a - b);
  const shares = ['a', 'b', 'c'].map((runner) =>
    mean(ended.map(({ asked }) => asked[runner] ?? 0)),
  );
  const least = Math.min(...ended.flatMap(({ asked }) => Object.values(asked)));
  const row = [
    name.padEnd(36),
    (ended[0]?.fixedRegret ?? 0).toFixed(0).padStart(4),
    `${mean(regrets).toFixed(0)} (${regrets[0]?.toFixed(0)} to ${regrets.at(-1)?.toFixed(0)})`,
    shares.map((share) => `${(100 * share).toFixed(1)} %`).join(', '),
    `${(100 * least).toFixed(1)} %`,
  ];
  process.stdout.write(`${row.join('  ')}\n`);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0) / numbers.length;
}
