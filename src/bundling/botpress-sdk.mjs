/**
 * Stands for `@botpress/sdk` in the bundle: the same package. Each of our files that imports from the CommonJS package
 * would get an object of its own with all of the package's 300 names. Here it is one for all.
 */
import sdk from '../../node_modules/@botpress/sdk/dist/index.cjs'

export const { Integration, isApiError, RuntimeError } = sdk
