/** US dollars for a million tokens. */
export interface Price {
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
}

/** Tokens of a prompt and of its answer. */
export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** US dollars for tokens; null where there is no price. */
export function priced(
  { inputTokens, outputTokens }: Tokens,
  price: Price | undefined,
): number | null {
  if (!price) return null;
  const { inputPerMillion, outputPerMillion } = price;
  return (inputTokens * inputPerMillion + outputTokens * outputPerMillion) / 1e6;
}
