import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Most files wait for other processes. With one file per core, the cores would often be idle.
    maxWorkers: '150%',
    // Files share only modules, and do not change them. Loading the modules once saves a tenth of the time.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'src/**/*.test.ts',
            'sandbox/**/*.test.ts',
            'tools/**/*.test.ts',
            'scripts/**/*.test.ts',
            'test/definition/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'bundle',
          include: ['test/**/*.test.ts'],
          exclude: ['test/definition/**', 'test/reliability/**', 'test/browser/**'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'weather', include: ['weather/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'reliability',
          include: ['test/reliability/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
        },
      },
    ],
  },
})
