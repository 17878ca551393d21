'use strict'

// Runs LiveChat's own client in a process whose addresses lead to the emulator. It makes one call for each message of
// the parent.

const lc = require('@livechat/lc-sdk-js')

process.on('message', async ({ id, api, token, method, args }) => {
  const client = new lc[api].Web('sandbox', () => token)
  try {
    process.send({ id, value: await client[method](...args) })
  } catch (error) {
    // The client throws LiveChat's bare error object.
    process.send({ id, error: { type: error.type ?? error.message, message: error.message } })
  }
})
process.channel.ref() // the next call comes by it
process.send({ ready: true })
