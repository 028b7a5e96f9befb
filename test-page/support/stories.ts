import type { Runner } from '../../src/domain/runner.ts';
import { writer } from './runners.ts';

/** A program for `double` that never ends. */
export const endless =
  '```js\nexport function double(n) {\n  for (;;) n += 0;\n  return n * 2;\n}\n```';

/** A task with two examples, of which each of the following answers meets another one. */
export const clampTask =
  'Write a JavaScript function clamp(n, low, high) that keeps a number between two bounds, in the backend. For example, clamp(9, 1, 5) returns 5 and clamp(0, 1, 5) returns 1.';

const program = (lines: readonly string[]): string =>
  ['```js', '// clamp.js', ...lines, '```'].join('\n');

const upper = [
  '/** Keeps a number between two bounds. */',
  'export function clamp(n, low, high) {',
  '  if (n > high) return high;',
  '  return n;',
  '}',
];
const lower = [
  'export function clamp(n, low, high) {',
  '  if (n < low) return low;',
  '  return n;',
  '}',
];
const both = [
  '/** Keeps a number between two bounds. */',
  'export function clamp(n, low, high) {',
  '  if (n > high) return high;',
  '  if (n < low) return low;',
  '  // What is no number stays what it is.',
  '  return n;',
  '}',
];

/** Two models, each of which fails an example that the other meets; asked to merge them, they write `merge` or what meets both. */
export function mergeRunners(merge: string = program(both)): Readonly<Record<string, Runner>> {
  return {
    'claude-code': writer('claude-code', { answer: program(upper), merge, costUsd: 0.0123 }),
    codex: writer('codex', { answer: program(lower), merge, costUsd: 0.0041 }),
    gemini: writer('gemini', { answer: '{}' }),
    grok: writer('grok', { answer: '{}' }),
  };
}

/** A design task, and four views on it that agree, contradict each other, and see something alone. */
export const designTask =
  'Design the architecture of a service that takes orders and charges cards. Weigh the trade-offs.';

const views = {
  'claude-code': [
    '# Orders and payments',
    '',
    '- **Database**: PostgreSQL',
    '- **Queue**: Kafka',
    '',
    'Shard the orders by customer. Every request carries an idempotency key, so that no card is charged twice.',
    'Retry failed payments 3 times with backoff.',
    'Write each change of an order to an outbox table in the same transaction.',
  ],
  codex: [
    '# A service for orders',
    '',
    '- **Database**: PostgreSQL',
    '- **Queue**: RabbitMQ',
    '',
    'Every request carries an idempotency key, so that no card is charged twice.',
    'Failed payments are retried 5 times with backoff.',
    'Shard the orders by customer.',
    'Card numbers never reach our servers: the page of the payment provider takes them.',
  ],
  gemini: [
    '# Order service',
    '',
    '- **Database**: MongoDB',
    '- **Queue**: Kafka',
    '',
    'Orders are sharded by customer.',
    'Keep a read model for the history of orders, and build it anew from the events when it is lost.',
  ],
  grok: [
    '# Service',
    '',
    '- **Database**: PostgreSQL',
    '- **Queue**: RabbitMQ',
    '',
    'Shard the orders by customer.',
    'Measure how long a payment takes from the first request to the receipt.',
  ],
} as const;

/** Four models with a view each. */
export function designRunners(): Readonly<Record<string, Runner>> {
  return Object.fromEntries(
    Object.entries(views).map(([name, lines]) => [
      name,
      writer(name, { answer: lines.join('\n') }),
    ]),
  );
}

/** An answer of several files in folders. */
export const manyFiles: string = [
  [
    'src/orders/order.ts',
    'ts',
    'export interface Order {\n  readonly id: string;\n  readonly cents: number;\n}',
  ],
  [
    'src/orders/total.ts',
    'ts',
    "import type { Order } from './order.ts';\n\nexport const total = (orders: readonly Order[]): number =>\n  orders.reduce((sum, { cents }) => sum + cents, 0);",
  ],
  [
    'src/payments/charge.ts',
    'ts',
    "export async function charge(cents: number): Promise<void> {\n  await fetch('/charge', { method: 'POST', body: String(cents) });\n}",
  ],
  ['src/main.ts', 'ts', "import { total } from './orders/total.ts';\n\nconsole.log(total([]));"],
  ['package.json', 'json', '{ "name": "orders", "type": "module" }'],
  ['README.md', 'md', '# Orders\n\nRun it with `node src/main.ts`.'],
]
  .map(([path, language, text]) => `**${path}**\n\n\`\`\`${language}\n${text}\n\`\`\``)
  .join('\n\n');

/** An answer of 10,000 lines. */
export const longAnswer: string = `\`\`\`ts\n${Array.from(
  { length: 10_000 },
  (_, line) => `export const value${line} = ${line};`,
).join('\n')}\n\`\`\``;

/** An answer that would run script, and one character that reorders what is read, if it were shown as more than text. */
export const hostileAnswer: string = [
  '<script>document.title = "ran"</script><img src=x onerror="document.title = \'ran\'">',
  '```html',
  '<!-- page.html -->',
  '</script></pre><script>document.title = "ran"</script>\u202Ecilam\u202C <svg onload="document.title=1">',
  '```',
].join('\n');

/** A review that would run script if it were shown as more than text. */
export const hostileReview: string = JSON.stringify({
  verdict: 'reject',
  summary: 'Shows <img src=x onerror="document.title = 1">',
  findings: [
    {
      severity: 'critical',
      message: 'Runs <script>document.title = 1</script>',
      file: '<b>',
      line: 1,
    },
  ],
});
