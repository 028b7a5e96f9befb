import { expect, test } from 'vitest';
import { networkFault } from './network-fault.ts';

test.each([
  ['getaddrinfo EAI_AGAIN huggingface.co', 'its name cannot be looked up (EAI_AGAIN)'],
  ['npm error code ENOTFOUND npm error errno ENOTFOUND', 'its name is not known (ENOTFOUND)'],
  ['connect ECONNREFUSED 127.0.0.1:9', 'it refuses the connection (ECONNREFUSED)'],
  ['npm error code E404', undefined],
  ['XENOTFOUND', undefined],
])('networkFault() in "%s"', (words, fault) => {
  expect(networkFault(words)).toBe(fault);
});
