import type { SandboxClock } from '../clock'
import type { Faults } from '../faults'
import { startHttpServer, type StartServer } from '../http-server'
import type { Ledger } from '../ledger'
import { createHandling } from './desk/handle'
import { createLooking } from './desk/look'
import { createWriting } from './desk/write'
import { defaultKnobs, type LiveChatKnobs } from './knobs'
import { createLicense } from './license'
import { handleRequest, routeOf } from './server'
import { createWebhookConsole } from './webhooks/console'
import { createSender, type Deliver } from './webhooks/sender'
import { createWorld, type World } from './world'

export { errorFault } from './errors'
export type { LiveChatKnobs } from './knobs'
export type { ApiVersion, WebhookFilters } from './model'
export type { DeskChat, TranscriptEntry } from './desk/look'
export type { DeskFile, RichMessage, SayOptions, SystemEvent } from './desk/write'
export type { NewAgent } from './license'
export type { NewWebhook } from './webhooks/console'

export type LiveChatEmulatorOptions = {
  clock: SandboxClock
  ledger: Ledger
  faults: Faults
  /** Seeded. Ids and tokens come from it, so that runs repeat. */
  random: () => number
  /** Sends a webhook. The caller maps public addresses to loopback. Rejects on a network failure. */
  deliver: Deliver
  /** Real milliseconds by which every answer is delayed. */
  latencyMs?: () => number
  port?: number
  /** Default: a server on loopback. */
  startServer?: StartServer | undefined
  knobs?: Partial<LiveChatKnobs>
}

/**
 * LiveChat on one loopback port, written from its documents. One server stands in for `accounts.livechat.com`,
 * `api.livechatinc.com` (3.5, 3.6, 3.7 and, as an alias, 3.4) and `cdn.livechat-files.com`. The path decides which; a
 * Host header of LiveChat's must fit the path. Uploaded files have addresses on the real CDN's name: map it to `url`.
 *
 * Set-up: `license.addApp`, `license.addAgent`, `webhooks.register`. Group 0 ("General", every agent) is there from the
 * start. Then the integration talks to `url`, an agent acts through `desk`, and `settle()` waits for the webhooks.
 *
 * Webhooks leave after the answer that they follow, in parallel. Each waits 10 s for exactly 200, and is sent again 10,
 * 25 and 45 s after the first try. With a `VirtualClock`: `await settle()` before `advance()`, so that first tries
 * leave at the right time. `advance()` itself waits for the deliveries that it starts, but no longer than
 * `knobs.deliveryGraceMs` of real time for a receiver that hangs.
 *
 * Not modelled: RTM (pushes, logins, greetings), the OAuth code flow, plan limits of queues, rate limits and server
 * errors (script them with `errorFault`), webhooks about configuration changes, chats without a customer.
 *
 * Routes for faults and ledger: `accounts/token`, `accounts/info`, `accounts/revoke`, `accounts/identity_transfer`,
 * `customer/<action>`, `agent/<action>`, `configuration/<action>`, `cdn/get`; deliveries are `webhook/<action>`.
 */
export type LiveChatEmulator = {
  url: string
  port: number
  /** May be changed while running. */
  knobs: LiveChatKnobs
  license: ReturnType<typeof createLicense>
  webhooks: ReturnType<typeof createWebhookConsole>
  /**
   * What a human agent does in LiveChat's app. Agents are named by their e-mail address. Wrong use throws `ApiError`.
   */
  desk: ReturnType<typeof createHandling> & ReturnType<typeof createLooking> & ReturnType<typeof createWriting>
  /** Resolves when no webhook is under way or due now. Retries that are scheduled for later do not count. */
  settle: () => Promise<void>
  /** Stops the server, gives up deliveries under way and cancels scheduled ones. */
  close: () => Promise<void>
}

export const startLiveChat = async (options: LiveChatEmulatorOptions): Promise<LiveChatEmulator> => {
  const { clock, ledger, faults, random } = options
  const knobs: LiveChatKnobs = { ...defaultKnobs, ...options.knobs }
  const world = createWorld({ clock, ledger, random, knobs })
  const sender = createSender(world, options.deliver)
  world.announce = sender.announce
  world.whenDelivered = sender.whenDelivered

  const server = await (options.startServer ?? startHttpServer)({
    side: 'livechat',
    ledger,
    faults,
    routeOf,
    dateMs: () => clock.nowMs() + knobs.clockAheadMs,
    handle: async (request) => {
      const answer = await handleRequest(world, request)
      if (knobs.webhookOrder === 'before') await sender.sendNow()
      return answer
    },
    ...(options.latencyMs ? { latencyMs: options.latencyMs } : {}),
    ...(options.port === undefined ? {} : { port: options.port }),
  })

  return {
    url: server.url,
    port: server.port,
    knobs,
    license: createLicense(world),
    webhooks: createWebhookConsole(world),
    desk: { ...createHandling(world), ...createLooking(world), ...createWriting(world) },
    settle: sender.settle,
    close: async () => {
      stopInactivityTimers(world)
      await sender.close()
      await server.close()
    },
  }
}

const stopInactivityTimers = (world: World): void => {
  for (const chat of world.chats.values()) for (const thread of chat.threads) thread.cancelInactivity?.()
}
