'use strict'

/** Stands for `http2` in the bundle. axios loads it at each start, but speaks HTTP/2 only if a request asks for it. */
module.exports = {
  get connect() {
    return require('node:http2').connect
  },
  get constants() {
    return require('node:http2').constants
  },
}
