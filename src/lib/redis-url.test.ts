import { expect, test } from 'vitest';
import { isLoopback, redisUrl, shownRedisUrl } from './redis-url.ts';

test('redisUrl() reads addresses of Redis, and nothing else', () => {
  expect(redisUrl('rediss://name:secret@host:6380/2')?.host).toBe('host:6380');
  for (const text of ['host:6379', 'http://host', 'redis://', '6379', '']) {
    expect(redisUrl(text), text).toBe(undefined);
  }
});

test('shownRedisUrl() leaves the name and the password out', () => {
  const url = new URL('rediss://name:secret@host:6380/2');
  expect(shownRedisUrl(url)).toBe('rediss://host:6380/2');
});

test('isLoopback() knows the addresses of the machine itself', () => {
  const isOwn = (host: string): boolean => isLoopback(new URL(`redis://${host}:6379`));
  expect(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'].every(isOwn)).toBe(true);
  expect(['10.0.0.1', '127.example.com', 'localhost.example.com'].some(isOwn)).toBe(false);
});
