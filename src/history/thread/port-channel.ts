import type { ChannelOptions } from 'birpc';
import { errorTold, type ToldError, toldError } from '../../domain/told-error.ts';

/** One end of a way between two threads: a port, or a worker. */
export interface ThreadPort {
  postMessage(value: unknown): void;
  on(event: 'message', listener: (value: unknown) => void): unknown;
}

/** What one call or its answer becomes on its way; `e` is an error. */
type Message = Readonly<Record<string, unknown>>;

/** Joins the messages of one turn of the loop into one, as each costs both threads the same however short it is. */
export function portChannel(port: ThreadPort): ChannelOptions {
  let pending: unknown[] = [];
  const send = (): void => {
    const messages = pending;
    pending = [];
    port.postMessage(messages);
  };
  return {
    post: (message) => {
      if (pending.push(message) === 1) setImmediate(send);
    },
    on: (hear) => {
      port.on('message', (messages) => {
        // The other end is of this file as well.
        for (const message of messages as readonly unknown[]) hear(message);
      });
    },
    serialize: (message: Message) =>
      'e' in message ? { ...message, e: toldError(message['e']) } : message,
    deserialize: (message: Message) =>
      'e' in message ? { ...message, e: errorTold(message['e'] as ToldError) } : message,
  };
}
