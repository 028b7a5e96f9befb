import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';
import { vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';

/** Bytes of one write: the server's own writes are not what is measured. */
const writeBytes = 16_384;

const latencyMs = 300;

const ruby = '```ruby\ndef add(a, b)\n  a + b\nend\n```';
const python = '```python\ndef add(a, b):\n    return a + b\n```';

/** What the server does, by the first folder of the path: code that is not run here, and code that is. */
const replies: Readonly<Record<string, VendorReply>> = {
  answer: { text: `Here it is:\n\n${ruby}\n\nIt adds.\n`, latencyMs, writeBytes },
  python: { text: `Here it is:\n\n${python}\n\nIt adds.\n`, latencyMs, writeBytes },
};

const server = await vendorServer({
  replies: ({ path }) => replies[path.split('/')[1] ?? ''] ?? {},
});
process.send?.(new URL(server.baseUrl).origin);
process.once('disconnect', () => void server.close());
