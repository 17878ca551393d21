/**
 * Stands for `@botpress/client` in the bundle: its own code, without the clients of the admin, billing, files, runtime
 * and tables APIs, which an integration cannot call. Only the package's ES module can be cut so; its CommonJS file, which
 * the SDK asks for, comes as a whole.
 */
import axios from 'axios'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

export {
  axiosRetry,
  Client,
  errorFrom,
  InvalidPayloadError,
  isApiError,
  RuntimeError,
  UnknownError,
} from '../../node_modules/@botpress/client/dist/index.mjs'

// The ES module is also made for browsers and sets no agents. These are the ones that the CommonJS file sets.
axios.defaults.httpAgent = new HttpAgent({ keepAlive: true })
axios.defaults.httpsAgent = new HttpsAgent({ keepAlive: true })
