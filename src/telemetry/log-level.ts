/** How much is logged. */
export type LogLevel = 'silent' | 'info' | 'debug';

/** Every level, the quietest first. */
export const logLevels: readonly LogLevel[] = ['silent', 'info', 'debug'];
