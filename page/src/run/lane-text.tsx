import { type ReactNode, useEffect, useRef } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import type { RunStore } from './run-store.ts';
import type { SeatText } from './seat-texts.ts';

/** Characters in one block: only the last block is laid out anew when text arrives. */
const blockLength = 4000;

/** Pixels from the end within which a reader is taken to follow it. */
const nearEnd = 40;

interface LaneTextProps {
  readonly store: RunStore;
  readonly seat: string;
  readonly name: string;
}

/** What a seat writes. The text goes into the document without React, which would compare all of it for each piece. */
export function LaneText({ store, seat, name }: LaneTextProps): ReactNode {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const write = textWriter(box.current);
    write(store.text(seat));
    return store.watchText(seat, () => write(store.text(seat)));
  }, [store, seat]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section ref={box} className="lane-text" aria-label={`What ${name} writes`} tabIndex={0} />
  );
}

/** Makes what writes a growing text into an element, as text alone, and keeps its end in sight for who follows it. */
function textWriter(box: HTMLElement): (text: SeatText) => void {
  let shown: SeatText | undefined;
  let length = 0;
  let last: { readonly node: Text; length: number } | undefined;
  const addBlock = (): { readonly node: Text; length: number } => {
    const node = document.createTextNode('');
    const block = document.createElement('div');
    block.append(node);
    box.append(block);
    return { node, length: 0 };
  };
  return (next) => {
    const follows = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (shown?.turn !== next.turn || shown.edition !== next.edition) {
      box.replaceChildren();
      [length, last] = [0, undefined];
    }
    shown = next;
    const end = wholeEnd(next.text);
    while (length < end) {
      if (last === undefined || last.length >= blockLength) last = addBlock();
      const raw = next.text.slice(length, Math.min(end, length + blockLength));
      const piece = raw.slice(0, Math.max(1, wholeEnd(raw)));
      last.node.appendData(safeText(piece));
      last.length += piece.length;
      length += piece.length;
    }
    if (follows) box.scrollTop = box.scrollHeight;
  };
}

/** The length of a text without half a character at its end. */
function wholeEnd(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}
