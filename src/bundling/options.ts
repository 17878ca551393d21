import { cutPackages } from './cut-packages'

/**
 * Options for esbuild that the Botpress CLI merges over its own (`__advanced.esbuild` of the definition). They make a
 * new process start sooner. `tools/build.ts` reads the same object. The bundle also works without them.
 */
export const bundlingOptions = {
  // If this were on, every function would get a call that restores its name, and a start would take longer. Error names
  // do not depend on it, because our error classes set them.
  keepNames: false,
  target: 'es2022',
  alias: {
    '@botpress/client': './src/bundling/botpress-client.mjs',
    '@botpress/sdk': './src/bundling/botpress-sdk.mjs',
    // One copy for the SDK's client and for us.
    axios: './node_modules/axios/dist/node/axios.cjs',
    debug: './src/bundling/debug.cjs',
    'form-data': './src/bundling/form-data.cjs',
    http2: './src/bundling/http2.cjs',
    // `mime-types` needs only the types that have a file ending: 32 of 137 kB.
    'mime-db': './src/bundling/mime-db.cjs',
    // The SDK compares versions only in definitions, which are not bundled.
    semver: './src/bundling/semver.cjs',
  },
  plugins: [cutPackages],
}
