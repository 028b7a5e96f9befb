import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The vendors' own programs, against servers on loopback: `npm run test:vendors`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test-vendors/**/*.test.ts'],
    testTimeout: 300_000,
    // Each program takes a core while it starts.
    maxConcurrency: 4,
    fileParallelism: false,
    allowOnly: false,
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
