import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Hundreds of attempts to leave the sandbox, at each level and as each user: minutes, so not part of `npm test`.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.sandbox.ts'],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    // One after the other, and what races its watchdog on a busy machine once more: a hole is open both times.
    fileParallelism: false,
    retry: 1,
    allowOnly: false,
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
