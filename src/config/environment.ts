/** Variables by name, as they were when the program started. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether this is a machine of a continuous integration, where nobody reads along. */
export function isCi({ CI }: Environment): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}

/** Reads the environment of the process; nothing else does. */
export function readEnvironment(): Environment {
  // biome-ignore lint/style/noProcessEnv: This is the one reader of the environment.
  return { ...process.env };
}
