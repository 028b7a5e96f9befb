import { randomUUID } from 'node:crypto';
import {
  createMcpHandler,
  isLegacyRequest,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { type McpPlace, mcpServer } from './mcp-server.ts';

/** The most sessions that are held at once; beyond it the one that was silent longest is closed. */
const sessionsMaxCount = 1000;

/** Answers the requests of clients of the Model Context Protocol over streamable HTTP. */
export interface McpHttp {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/**
 * Serves both generations of the protocol. Clients of 2025 get sessions: only with one can a cancellation, which
 * comes as a request of its own, find the call that it is about.
 */
export function mcpHttp(place: McpPlace): McpHttp {
  const modern = createMcpHandler(() => mcpServer(place), { legacy: 'reject' });
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();
  const open = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: async (id) => {
        sessions.set(id, transport);
        await closeOldest(sessions);
      },
      onsessionclosed: (id) => {
        sessions.delete(id);
      },
    });
    await mcpServer(place).connect(transport);
    return transport;
  };
  const legacy = async (request: Request): Promise<Response> => {
    const id = request.headers.get('mcp-session-id');
    if (id === null) return (await open()).handleRequest(request);
    const known = sessions.get(id);
    if (!known) return unknownSession();
    // The last in the order is the one that spoke last.
    sessions.delete(id);
    sessions.set(id, known);
    return known.handleRequest(request);
  };
  return {
    fetch: async (request) =>
      (await isLegacyRequest(request)) ? legacy(request) : modern.fetch(request),
    close: async () => {
      await modern.close();
      await Promise.all([...sessions.values()].map((each) => each.close()));
    },
  };
}

async function closeOldest(
  sessions: Map<string, WebStandardStreamableHTTPServerTransport>,
): Promise<void> {
  const [oldest] = sessions;
  if (sessions.size <= sessionsMaxCount || !oldest) return;
  const [id, transport] = oldest;
  sessions.delete(id);
  await transport.close();
}

/** By the protocol a client that gets this begins a session anew. */
function unknownSession(): Response {
  const error = { code: -32_001, message: 'There is no such session' };
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 });
}
