/** Model servers that may run on this machine, by the name that seats use: the port of each on 127.0.0.1. */
export type LocalServers = Readonly<Record<string, number>>;

/** A model of a local server, as a name says it. */
export interface LocalServerModel {
  readonly server: string;
  readonly port: number;
  /** Undefined for the first one that the server lists. */
  readonly model: string | undefined;
}

/** Reads a name such as `ollama` or `ollama:qwen2.5-coder:7b`; undefined for what is no local server. */
export function localServerNamed(
  name: string,
  servers: LocalServers,
): LocalServerModel | undefined {
  const [server = '', ...rest] = name.split(':');
  const port = Object.hasOwn(servers, server) ? servers[server] : undefined;
  if (port === undefined) return undefined;
  return { server, port, model: rest.join(':') || undefined };
}
