import { localServerNamed } from '../domain/local-server.ts';
import type { Price } from '../domain/price.ts';
import type { Settings } from '../domain/settings.ts';

const free: Price = { inputPerMillion: 0, outputPerMillion: 0 };

/** What a runner costs: what is configured, and nothing for a model of this machine and for recordings; else it is not known. */
export function priceOf(name: string, { runners, localServers }: Settings): Price | undefined {
  const own = runners[name];
  if (own?.price) return own.price;
  const isFree = own
    ? own.type === 'local' || own.type === 'replay'
    : localServerNamed(name, localServers);
  return isFree ? free : undefined;
}
