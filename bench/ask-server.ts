import type { VendorReply } from '../src/testing/vendor-servers/vendor-reply.ts';
import { vendorServer } from '../src/testing/vendor-servers/vendor-server.ts';
import { answerText, latencyMs, tokensText } from './ask-scenarios.ts';

/** Bytes of one write: the server's own writes are not what is measured. */
const writeBytes = 16_384;

/** What the server does, by the first folder of the path. */
const replies: Readonly<Record<string, VendorReply>> = {
  answer: { text: answerText, latencyMs: latencyMs.answer, writeBytes },
  crowd: { text: answerText, latencyMs: latencyMs.crowd, writeBytes },
  first: { text: answerText },
  tokens: { text: tokensText, deltaLength: 4, writeBytes },
  hang: { text: answerText, fault: 'hang-in-stream' },
};

const server = await vendorServer({
  replies: ({ path }) => replies[path.split('/')[1] ?? ''] ?? {},
});
process.send?.(new URL(server.baseUrl).origin);
process.once('disconnect', () => void server.close());
