import { Integration } from '@botpress/sdk'

/** An integration that does nothing: what any integration on this SDK weighs and how long it takes to start. */
export default new Integration({
  register: () => Promise.resolve(),
  unregister: () => Promise.resolve(),
  handler: () => Promise.resolve(),
  actions: {},
  channels: {},
})
