import { Integration } from '@botpress/sdk'

/** An integration that does nothing. It shows the size and the start time that any integration on this SDK has. */
export default new Integration({
  register: () => Promise.resolve(),
  unregister: () => Promise.resolve(),
  handler: () => Promise.resolve(),
  actions: {},
  channels: {},
})
