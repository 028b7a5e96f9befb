import type { ReactNode } from 'react';

/** What a badge says of something, beyond its words. */
export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'plain';

const marks: Readonly<Record<Tone, string>> = {
  good: '✓',
  bad: '✕',
  warn: '!',
  busy: '●',
  plain: '·',
};

interface BadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

/** A word with a colour and a mark, so that the colour is never all there is. */
export function Badge({ tone, children }: BadgeProps): ReactNode {
  return (
    <span className={`badge badge-${tone}`}>
      <span aria-hidden="true" className="badge-mark">
        {marks[tone]}
      </span>
      {children}
    </span>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  complete: 'good',
  verified: 'good',
  accept: 'good',
  degraded: 'warn',
  interrupted: 'warn',
  partly: 'warn',
  'self-reported': 'warn',
  unverified: 'warn',
  revise: 'warn',
  failed: 'bad',
  contradicted: 'bad',
  reject: 'bad',
  running: 'busy',
  cancelled: 'plain',
};

const words: Readonly<Record<string, string>> = {
  partly: 'partly verified',
  'self-reported': 'self-reported',
  accept: 'accepts',
  revise: 'asks for changes',
  reject: 'rejects',
};

/** The badge of a state, whose word is its own. */
export function StateBadge({ state }: { readonly state: string }): ReactNode {
  return <Badge tone={tones[state] ?? 'plain'}>{words[state] ?? state}</Badge>;
}
