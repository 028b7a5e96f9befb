import { describe, expect, test } from 'vitest';
import type { TestCase } from '../domain/test-case.ts';
import { writeLiteral } from '../domain/write-literal.ts';
import { readExamples } from './read-examples.ts';

function shown(text: string, language: string): readonly string[] {
  const tests = readExamples(text, { kind: 'class', name: 'Stack', language });
  return tests.map((each) => line(each, language));
}

function line({ call, expected }: TestCase, language: string): string {
  if (call.kind !== 'script' || expected?.kind !== 'value') return 'something else';
  const before = call.statements.replaceAll('\n', ' / ');
  return `${before} | ${call.expression} -> ${writeLiteral(expected.value, language)}`;
}

const fenced = (...lines: readonly string[]): string =>
  ['Write a class Stack.', '', '```', ...lines, '```'].join('\n');

describe('readExamples() reads how a class is used', () => {
  test('from assertions, whose calls happen in turn', () => {
    const text = fenced('s = Stack()', 's.push(1)', 'assert s.pop() == 1', 'assert s.size() == 0');
    expect(shown(text, 'python')).toEqual([
      's = Stack() / s.push(1) | s.pop() -> 1',
      's = Stack() / s.push(1) / s.pop() | s.size() -> 0',
    ]);
  });

  test('from what stands in remarks', () => {
    const text = fenced('s = Stack()', 's.push(1)', 's.peek()  # 1', 'print(s.pop())  # -> 1');
    expect(shown(text, 'python')).toEqual([
      's = Stack() / s.push(1) | s.peek() -> 1',
      's = Stack() / s.push(1) / s.peek() | s.pop() -> 1',
    ]);
  });

  test('in JavaScript', () => {
    const text = fenced(
      'const s = new Stack();',
      's.push("a");',
      's.peek(); // "a"',
      'console.log(s.pop()); // => "a"',
      'expect(s.size()).toBe(0);',
    );
    expect(shown(text, 'javascript')).toEqual([
      'const s = new Stack(); / s.push("a"); | s.peek() -> \'a\'',
      'const s = new Stack(); / s.push("a"); / s.peek(); | s.pop() -> \'a\'',
      'const s = new Stack(); / s.push("a"); / s.peek(); / s.pop(); | s.size() -> 0',
    ]);
  });

  test('from nothing that does not use it, and no further than a block', () => {
    expect(shown(fenced('q = Queue()', 'assert q.pop() == 1'), 'python')).toEqual([]);
    const loop = fenced(
      's = Stack()',
      'for i in range(3):',
      '    s.push(i)',
      'assert s.pop() == 2',
    );
    expect(shown(loop, 'python')).toEqual([]);
    expect(shown(fenced('s = Stack()', 's.push(1)  # 1 is on top'), 'python')).toEqual([]);
  });
});
