'use strict'

/** Stands for `semver` in the bundle. The SDK uses it only in definitions, which the CLI reads and does not bundle. */
const unavailable = () => {
  throw new Error('semver is not part of this bundle. Remove its alias in src/bundling/options.ts.')
}

module.exports = { major: unavailable, minor: unavailable }
