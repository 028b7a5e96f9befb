import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** What is measured must have the machine for itself. */
const measured = ['test-page/streaming.test.ts'];

/** The page in a real browser, against real servers on loopback: `npm run test:page`. */
const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'page',
          include: ['test-page/**/*.test.ts'],
          exclude: measured,
          globalSetup: ['test-page/support/build-page.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'measured', include: measured, sequence: { groupOrder: 1 } },
      },
    ],
    reporters: ['default', './tools/count-reporter.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // What the browser shows comes when it gets its turn: as long as the page is waited for elsewhere.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: '100%',
    allowOnly: false,
  },
});

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default config;
