import { expect, test } from 'vitest';
import type { CodeFile } from '../domain/candidate.ts';
import { fileNames } from './file-name.ts';

const file = (path: string | null, language: string | null = null): CodeFile => ({
  path,
  language,
  text: '',
});

test('fileNames() keeps the names that the answer gives', () => {
  expect(fileNames([file('src/a.py', 'python'), file('b.txt')])).toEqual(['src/a.py', 'b.txt']);
});

test('fileNames() names a file without a name after its language', () => {
  expect(
    ['python', 'TypeScript', 'bash', 'dockerfile', 'klingon', null].map(
      (language) => fileNames([file(null, language)])[0],
    ),
  ).toEqual(['answer.py', 'answer.ts', 'answer.sh', 'Dockerfile', 'answer.txt', 'answer.txt']);
});

test('fileNames() numbers files that would have the same name', () => {
  expect(
    fileNames([
      file(null, 'python'),
      file('answer-2.py'),
      file(null, 'python'),
      file(null, 'make'),
      file(null, 'make'),
    ]),
  ).toEqual(['answer.py', 'answer-2.py', 'answer-3.py', 'Makefile', 'Makefile-2']);
});

test('fileNames() does not take a name that a later file has', () => {
  expect(fileNames([file(null, 'python'), file('answer.py')])).toEqual([
    'answer-2.py',
    'answer.py',
  ]);
});
