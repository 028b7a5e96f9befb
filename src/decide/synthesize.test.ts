import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate, CodeFile } from '../domain/candidate.ts';
import {
  agreementsMaxCount,
  contradictionsMaxCount,
  synthesize,
  uniquePerSeatMaxCount,
} from './synthesize.ts';

const says = (seat: string, prose: string): Candidate => ({ status: 'prose', seat, prose });

const writes = (seat: string, ...files: [CodeFile, ...CodeFile[]]): Candidate => ({
  status: 'code',
  seat,
  files,
  prose: '',
});

const file = (path: string | null, language: string): CodeFile => ({ path, language, text: 'x' });

describe('synthesize() finds agreement', () => {
  test.each([
    ['in other words', 'Rotate the API keys every month.', 'The API keys are rotated every month!'],
    ['in a list and a sentence', '- **Cache**: Redis in front', 'We cache with Redis in front.'],
    ['in a table', '| Part | Choice |\n|---|---|\n| Queue | Kafka |', 'Queue: Kafka.'],
    [
      'in a nested list',
      '1. Storage\n   - Shard the orders by customer',
      'Shard orders by customer',
    ],
    ['in headings', '## 1. Error handling', '# Error Handling'],
  ])('%s', (_, one, other) => {
    const { agreements, contradictions } = synthesize([says('a', one), says('b', other)]);
    expect(agreements).toHaveLength(1);
    expect(agreements[0]?.seats).toEqual(['a', 'b']);
    expect(contradictions).toEqual([]);
  });

  test('of most seats first, and never within one seat alone', () => {
    const { agreements } = synthesize([
      says('a', 'Shard orders by customer. Trace every request. Trace every request.'),
      says('b', 'Shard orders by customer. Log each payment twice. Log each payment twice daily.'),
      says('c', 'Shard orders by customer. Trace every request.'),
    ]);
    expect(agreements).toEqual([
      { text: 'Shard orders by customer.', seats: ['a', 'b', 'c'] },
      { text: 'Trace every request.', seats: ['a', 'c'] },
    ]);
  });
});

describe('synthesize() finds contradiction', () => {
  test.each<[string, [string, string], string]>([
    ['of labels', ['- **Database**: PostgreSQL', 'Database: MongoDB'], 'Database'],
    ['of choices', ['Use Redis for caching.', 'We recommend Memcached for caching.'], 'caching'],
    ['of label and choice', ['Queue: Kafka', 'Prefer RabbitMQ as the queue.'], 'Queue'],
    [
      'of do and do not',
      ['Store sessions in the database.', "Don't store sessions in the database."],
      'store sessions database',
    ],
    [
      'of amounts in one unit',
      [
        'Retry failed payments 3 times with backoff.',
        'Failed payments are retried 5 times with backoff.',
      ],
      'failed payments times backoff',
    ],
  ])('%s', (_, [one, other], subject) => {
    const { contradictions, agreements } = synthesize([says('a', one), says('b', other)]);
    expect(contradictions).toHaveLength(1);
    expect(contradictions[0]?.subject).toBe(subject);
    expect(contradictions[0]?.sides.map(({ seats }) => seats)).toEqual([['a'], ['b']]);
    expect(agreements).toEqual([]);
  });

  test('with all the seats on each side', () => {
    const { contradictions } = synthesize([
      says('a', 'Database: PostgreSQL'),
      says('b', 'Database: MongoDB'),
      says('c', 'Use PostgreSQL for the database.'),
    ]);
    expect(contradictions).toEqual([
      {
        subject: 'Database',
        sides: [
          { text: 'Database: PostgreSQL', seats: ['a', 'c'] },
          { text: 'Database: MongoDB', seats: ['b'] },
        ],
      },
    ]);
  });

  test.each([
    ['in equal amounts of two units', 'Wait 60 seconds at most.', 'Wait 1 minute at most.'],
    ['in a short form', 'Port type: bool', 'Port type: boolean'],
    [
      'in a label that is no subject',
      'Issue: long names\n\nIssue: deep nesting',
      'Issue: no tests',
    ],
    ['in values side by side', 'Database: PostgreSQL and Redis', 'Database: PostgreSQL'],
    ['in one seat', 'Database: PostgreSQL\n\nDatabase: MongoDB', 'Nothing to add to that.'],
  ])('not %s', (_, one, other) => {
    expect(synthesize([says('a', one), says('b', other)]).contradictions).toEqual([]);
  });
});

test('synthesize() tells what only one saw', () => {
  const { unique } = synthesize([
    says('a', 'Shard orders by customer. Put a circuit breaker around the payment provider.'),
    says(
      'b',
      '# A heading that only one has\n\nShard orders by customer. What about privacy laws?',
    ),
  ]);
  const text = 'Put a circuit breaker around the payment provider.';
  expect(unique).toEqual([{ text, seats: ['a'] }]);
});

test('synthesize() compares the files and the languages of code', () => {
  const shared = file('src/server.ts', 'typescript');
  const synthesis = synthesize([
    writes('a', shared, file('src/queue.ts', 'typescript')),
    writes('b', shared),
    writes('c', file('main.go', 'go')),
  ]);
  expect(synthesis).toEqual({
    agreements: [
      { text: 'The main file is in typescript', seats: ['a', 'b'] },
      { text: 'File src/server.ts', seats: ['a', 'b'] },
    ],
    contradictions: [
      {
        subject: 'Language',
        sides: [
          { text: 'The main file is in typescript', seats: ['a', 'b'] },
          { text: 'The main file is in go', seats: ['c'] },
        ],
      },
    ],
    unique: [
      { text: 'File src/queue.ts', seats: ['a'] },
      { text: 'File main.go', seats: ['c'] },
    ],
  });
});

test.each([
  ['nobody', []],
  ['one alone', [says('a', 'Shard the orders by customer and by day.')]],
  ['one that failed', [{ status: 'none', seat: 'a', because: 'timed-out' } as const]],
])('synthesize() has nothing to say of %s', (_, candidates: readonly Candidate[]) => {
  expect(synthesize(candidates)).toEqual({ agreements: [], contradictions: [], unique: [] });
});

test('synthesize() is bounded', () => {
  const many = (suffix: string) =>
    Array.from({ length: 200 }, (_, i) => `Part${i}: choice${i}${suffix}, shared${i} words${i}`);
  const own = (seat: string) =>
    Array.from({ length: 50 }, (_, i) => `${seat}a${i} ${seat}b${i} ${seat}c${i} ${seat}d${i}.`);
  const text = (seat: string) => [...many(seat), ...own(seat)].join('\n\n');
  const { agreements, contradictions, unique } = synthesize([
    says('a', text('x')),
    says('b', text('y')),
  ]);
  expect(agreements.length).toBeLessThanOrEqual(agreementsMaxCount);
  expect(contradictions).toHaveLength(contradictionsMaxCount);
  expect(unique).toHaveLength(2 * uniquePerSeatMaxCount);
});

test('synthesize() says the same for any order of the candidates', () => {
  const sentence = fc.constantFrom(
    'Database: PostgreSQL',
    'Database: MongoDB',
    'Use PostgreSQL for the database.',
    'Never store sessions in the database.',
    'Store sessions in the database.',
    'Retry payments 3 times.',
    'Retry payments 5 times.',
    'Put a circuit breaker around the payment provider.',
    '## Error handling',
  );
  const texts = fc.array(fc.array(sentence, { maxLength: 5 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(texts, (proses) => {
      const candidates = proses.map((parts, index) => says(`seat-${index}`, parts.join('\n\n')));
      expect(synthesize(candidates.toReversed())).toEqual(synthesize(candidates));
    }),
  );
});
