import { createHash } from 'node:crypto';
import { localServerNamed } from '../domain/local-server.ts';
import type { ApiSettings, CliRunnerSettings, RunnerSettings } from '../domain/runner-settings.ts';
import type { Settings } from '../domain/settings.ts';
import type { Bound, RateLimits } from '../domain/shared-limits.ts';
import type { LimitRule } from '../limits/limit-rule.ts';
import { keyVariables } from '../wire/key-variables.ts';
import { localAddress, statedConcurrency } from './runner-queues.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Finds what limits each runner, by its own settings and by those of its provider. */
export function limitRules(settings: Settings, env: Env): (name: string) => LimitRule {
  const known = new Map<string, LimitRule>();
  return (name) => {
    const rule = known.get(name) ?? ruleOf(name, settings, env);
    known.set(name, rule);
    return rule;
  };
}

function ruleOf(name: string, settings: Settings, env: Env): LimitRule {
  const own = settings.runners[name];
  const runner = `runner ${name} ${fingerprint(own, env)}`;
  const provider = providerOf(name, settings);
  const group = provider === undefined ? runner : `provider ${provider}`;
  const { requestsPerMinute, tokensPerMinute } = own ?? {};
  const stated = statedConcurrency(name, settings);
  const address = addressOf(name, settings);
  const ofAddress = address !== undefined && stated !== undefined;
  const bounds = [
    bound(runner, {
      requestsPerMinute,
      tokensPerMinute,
      concurrency: ofAddress ? undefined : stated,
    }),
    bound(`server ${address}`, { ...unlimited, concurrency: ofAddress ? stated : undefined }),
    bound(group, (provider && settings.providers[provider]) || unlimited),
  ];
  return { runner, group, bounds: bounds.filter(isLimited) };
}

const unlimited: RateLimits = {
  concurrency: undefined,
  requestsPerMinute: undefined,
  tokensPerMinute: undefined,
};

function bound(key: string, limits: RateLimits): Bound {
  return { key, ...limits };
}

function isLimited({ concurrency, requestsPerMinute, tokensPerMinute }: Bound): boolean {
  return (concurrency ?? requestsPerMinute ?? tokensPerMinute) !== undefined;
}

const providersOfCli: Readonly<Record<CliRunnerSettings['type'], ApiSettings['provider']>> = {
  'claude-code': 'anthropic',
  codex: 'openai',
  gemini: 'google',
  grok: 'xai',
};

/** Whose limits hold for a runner; undefined for one of the person's own, which nobody else limits. */
export function providerOf(name: string, settings: Settings): string | undefined {
  const own = settings.runners[name];
  switch (own?.type) {
    case 'api':
      return own.provider;
    case 'claude-code':
    case 'codex':
    case 'gemini':
    case 'grok':
      return providersOfCli[own.type];
    case 'openai-compatible':
      return own.provider ?? addressOf(name, settings) ?? URL.parse(own.baseUrl)?.host;
    case undefined:
      return addressOf(name, settings);
    default:
      return undefined;
  }
}

/** The address of a server on this machine; undefined for every other runner. */
function addressOf(name: string, { runners, localServers }: Settings): string | undefined {
  const own = runners[name];
  if (own) return own.type === 'openai-compatible' ? localAddress(own.baseUrl) : undefined;
  const found = localServerNamed(name, localServers);
  return found && `127.0.0.1:${found.port}`;
}

/**
 * Tells runners of one name apart that are not the same, as in two projects, or with another key: what is
 * remembered of one says nothing of the other. The key itself cannot be found by it.
 */
function fingerprint(settings: RunnerSettings | undefined, env: Env): string {
  if (!settings) return 'given';
  const { concurrency, requestsPerMinute, tokensPerMinute, ...rest } = settings;
  const { timeoutMs, stallMs, retries, price, family, strength, ...identity } = rest;
  const parts = JSON.stringify([identity, keyOf(settings, env)]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 12);
}

function keyOf(settings: RunnerSettings, env: Env): readonly (string | undefined)[] {
  const named = 'apiKeyEnv' in settings ? settings.apiKeyEnv : undefined;
  if (named !== undefined) return [env[named]];
  const { type } = settings;
  if (type === 'api') return keyVariables[settings.provider].map((each) => env[each]);
  if (!Object.hasOwn(providersOfCli, type)) return [];
  // The check above is what the compiler cannot see.
  const provider = providersOfCli[type as CliRunnerSettings['type']];
  return keyVariables[provider].map((each) => env[each]);
}
