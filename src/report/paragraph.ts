/** What a piece of text is, rather than its colour. */
export type Tone = 'strong' | 'quiet' | 'good' | 'bad' | 'warning' | 'name';

/** A piece of a line. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** A paragraph beside a label; what leads it stands before its first line. */
export interface Paragraph {
  readonly lead?: Span | undefined;
  readonly text: string;
  readonly tone?: Tone | undefined;
}
