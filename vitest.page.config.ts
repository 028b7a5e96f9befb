import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The page in a real browser, against real servers on loopback: `npm run test:page`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test-page/**/*.test.ts'],
    globalSetup: ['test-page/support/build-page.ts'],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A browser takes a core, and what is measured must have the other.
    fileParallelism: false,
    allowOnly: false,
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
