import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut off and mended, as a network is. */
export interface Cuttable extends AsyncDisposable {
  readonly url: string;
  /** Ends what goes on, and lets nothing through until it is mended. */
  readonly cut: () => void;
  /** Leads to the same server, or to that of another address. */
  readonly mend: (url?: string) => void;
}

/** Opens a way on loopback to the server of an address. */
export async function cuttable(url: string): Promise<Cuttable> {
  let to = url;
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const inner = connect(Number(new URL(to).port), '127.0.0.1');
    for (const each of [socket, inner]) {
      sockets.add(each);
      each.on('error', () => each.destroy());
      each.on('close', () => sockets.delete(each));
    }
    socket.pipe(inner).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It listens on a port, and not on a pipe.
  const { port: own } = server.address() as AddressInfo;
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () => {
      isCut = true;
      end();
    },
    mend: (other = to) => {
      to = other;
      isCut = false;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      end();
    },
  };
}
