import { type ReactNode, useEffect, useRef } from 'react';
import { safeText } from '../../../src/report/safe-text.ts';
import type { RunStore } from './run-store.ts';
import type { SeatText } from './seat-texts.ts';

/** Characters in one block: only the last block is laid out anew when text arrives. */
const blockLength = 4000;

/** Characters after which a block ends also within a line. */
const blockMaxLength = 16_000;

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

/** A part of the text, which begins with a line where that can be. */
interface Block {
  readonly node: Text;
  length: number;
}

/** Makes what writes a growing text into an element, as text alone, and keeps its end in sight for who follows it. */
function textWriter(box: HTMLElement): (text: SeatText) => void {
  let shown: SeatText | undefined;
  let length = 0;
  let last: Block | undefined;
  const write = (piece: string): void => {
    last ??= addBlock(box);
    last.node.appendData(safeText(piece));
    last.length += piece.length;
    length += piece.length;
    if (last.length > blockMaxLength || (last.length > blockLength && piece.endsWith('\n')))
      last = undefined;
  };
  return (next) => {
    const follows = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (shown?.turn !== next.turn || shown.edition !== next.edition) {
      box.replaceChildren();
      [length, last] = [0, undefined];
    }
    shown = next;
    const end = wholeEnd(next.text);
    while (length < end) write(pieceAt(next.text, length, end));
    if (follows) box.scrollTop = box.scrollHeight;
  };
}

function addBlock(box: HTMLElement): Block {
  const node = document.createTextNode('');
  const block = document.createElement('div');
  block.append(node);
  box.append(block);
  return { node, length: 0 };
}

/** What is written next: some lines, or what there is of a long one. */
function pieceAt(text: string, from: number, end: number): string {
  const raw = text.slice(from, Math.min(end, from + blockLength));
  const line = raw.lastIndexOf('\n') + 1;
  return line > 0 ? raw.slice(0, line) : raw.slice(0, Math.max(1, wholeEnd(raw)));
}

/** The length of a text without half a character at its end. */
function wholeEnd(text: string): number {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
}
