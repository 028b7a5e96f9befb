import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Category } from '../domain/category.ts';
import type { Task } from '../domain/task.ts';
import { type Routes, route } from './route.ts';

const category = (name: string, keywords: string[], primaries: string[]): Category => ({
  name,
  keywords,
  primaries,
  validators: ['v', 'w'],
});
const routes: Routes = {
  categories: [
    category('backend', ['api', 'service', 'database'], ['b', 'c']),
    category('devops', ['docker', 'ci/cd'], ['d', 'e']),
    category('architecture', ['design'], ['f', 'g']),
    category('general', [], ['x', 'y']),
  ],
  modes: {
    simple: { primaries: 1, validators: 0 },
    medium: { primaries: 2, validators: 1 },
    complex: { primaries: 2, validators: 2 },
    architectural: { primaries: 'all', validators: 0 },
  },
  lastResorts: [],
};
const task = (text: string, changes: Partial<Task> = {}): Task => ({
  text,
  context: [],
  mode: 'medium',
  models: undefined,
  validators: undefined,
  strict: false,
  ...changes,
});

describe('route()', () => {
  test.each([
    ['Build an API', 'backend', ['api']],
    ['three APIs, two databases', 'backend', ['api', 'database']],
    ['compute capital gains', 'general', []],
    ['rapid prototyping', 'general', []],
    ['a ci/cd job', 'devops', ['ci/cd']],
    ['CI / CD', 'general', []],
    ['dockerize it', 'general', []],
    ['docker, then an api and a service', 'backend', ['api', 'service']],
    ['an api in docker', 'backend', ['api']],
    ['api API Api docker ci/cd', 'devops', ['docker', 'ci/cd']],
    ['my_api_key', 'general', []],
    ['naïve apiété', 'general', []],
  ])('finds the category of "%s"', (text, name, words) => {
    expect(route(task(text), routes)).toMatchObject({ category: name, words });
  });

  test.each([
    ['simple', ['b'], []],
    ['medium', ['b', 'c'], ['v']],
    ['complex', ['b', 'c'], ['v', 'w']],
    ['architectural', ['b', 'c', 'v', 'w'], []],
  ] as const)('gives mode %s its seats', (mode, primaries, validators) => {
    expect(route(task('api', { mode }), routes)).toMatchObject({ mode, primaries, validators });
  });

  test('asks exactly the named models and no validator', () => {
    const named = route(task('api', { models: ['z', 'b'] }), routes);
    expect(named).toMatchObject({ primaries: ['z', 'b'], validators: [] });
    expect(named.reason).toBe('backend: api; the models were named');
  });

  test('keeps named validators out of the primaries', () => {
    const named = route(task('api', { validators: ['b'] }), routes);
    expect(named).toMatchObject({ primaries: ['c', 'v'], validators: ['b'] });
  });

  test.each([
    ['design a thing', 'architectural'],
    ['write a function that adds', 'simple'],
    ['an api', 'medium'],
    ['secure payment api', 'complex'],
    [`api ${'word '.repeat(200)}`, 'complex'],
  ] as const)('estimates the mode of "%s" in auto', (text, mode) => {
    const estimated = route(task(text, { mode: 'auto' }), routes);
    expect(estimated.mode).toBe(mode);
    expect(estimated.reason).toContain(`mode ${mode} because`);
  });

  test('finds the same category however the words are cased and surrounded', () => {
    fc.assert(
      fc.property(fc.constantFrom(' ', '. ', '("', '\n'), fc.boolean(), (around, upper) => {
        const word = upper ? 'DOCKER' : 'docker';
        expect(route(task(`${around}${word}${around}`), routes).category).toBe('devops');
      }),
    );
  });
});
