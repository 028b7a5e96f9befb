import { createParser } from 'eventsource-parser';

/** Reads server-sent events from text in pieces of any size. */
export interface SseReader {
  feed(text: string): void;
  /** Hands over a last event that lacks its empty line. */
  end(): void;
}

/** Makes a reader that hands over the data and the name of each event. */
export function sseReader(onEvent: (data: string, name: string | undefined) => void): SseReader {
  const parser = createParser({ onEvent: ({ data, event }) => onEvent(data, event) });
  return {
    feed: (text) => parser.feed(text),
    // Some servers end the stream right after the last line; without this its event would be lost.
    end: () => parser.feed('\n\n'),
  };
}
