import { expect, test } from 'vitest';
import { closestName, mistypedName } from './closest-name.ts';

const known = ['baseURL', 'apiKeyEnv', 'model', 'timeout', 'env', 'as'];

test.each([
  ['bseURL', 'baseURL'],
  ['baseUrl', 'baseURL'],
  ['base_url', 'baseURL'],
  ['apiKey', 'apiKeyEnv'],
  ['modle', 'model'],
  ['timeouts', 'timeout'],
  ['evn', 'env'],
  ['usr', undefined],
  ['os', undefined],
  ['temperature', undefined],
  ['', undefined],
])('closestName() takes %s for %s', (name, meant) => {
  expect(closestName(name, known)).toBe(meant);
});

test('closestName() prefers the name with the fewest changes', () => {
  expect(closestName('stal', ['stats', 'stall'])).toBe('stall');
});

test('mistypedName() takes no name for another that goes on where it ends', () => {
  expect(mistypedName('apiKey', known)).toBeUndefined();
  expect(mistypedName('timeuot', known)).toBe('timeout');
});
