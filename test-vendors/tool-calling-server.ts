import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A server of a vendor whose model calls one tool, and then says that it is done. */
export interface ToolCallingServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What the program sent back of the tool, as the JSON text of the whole request. */
  readonly results: readonly string[];
}

type Body = Readonly<Record<string, unknown>>;

/** How one vendor speaks of tools. */
export interface ToolDialect {
  /** Whether the request brings what a tool gave. */
  readonly hasResult: (body: string) => boolean;
  /** The events of a stream that calls a tool. */
  readonly call: (tool: string) => readonly string[];
  /** The events of a stream that says something. */
  readonly say: (text: string) => readonly string[];
}

/** Starts a server whose model calls the tool with this name, however the program spells it. */
export async function toolCallingServer(
  tool: string,
  dialect: ToolDialect,
): Promise<ToolCallingServer> {
  const results: string[] = [];
  const server = createServer(async (request, response) => {
    const body = request.method === 'POST' ? await bodyOf(request) : {};
    const text = JSON.stringify(body);
    const name = new RegExp(`"name":"([\\w-]*${tool})"`).exec(text)?.[1];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (dialect.hasResult(text)) {
      results.push(text);
      response.end(dialect.say('It is done').join(''));
    } else {
      response.end((name ? dialect.call(name) : dialect.say('Hello')).join(''));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    results,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  return (await json(request)) as Body;
}
