/** An answer as short as a small function. */
export const answerText: string = 'const add = (a, b) => a + b;\n'.repeat(6);

/** Tokens of the long answer, each of four characters. */
export const tokensMany = 20_000;

/** The long answer. */
export const tokensText: string = 'abc '.repeat(tokensMany);

/** Milliseconds before the server begins to answer: one fan-out alone, and a crowd of them. */
export const latencyMs = { answer: 20, crowd: 2_000 } as const;
