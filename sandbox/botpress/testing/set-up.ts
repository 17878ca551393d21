import { Client } from '@botpress/client'
import { VirtualClock } from '../../clock'
import { Faults } from '../../faults'
import { Ledger } from '../../ledger'
import { silentBot, startBotpress, type BotpressEmulator, type BotpressKnobs, type Installation } from '../index'
import { testDefinition } from './definition'
import { startFakeIntegration, type FakeIntegration } from './fake-integration'

const seeded = (): (() => number) => {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

export type SetUp = {
  clock: VirtualClock
  ledger: Ledger
  faults: Faults
  botpress: BotpressEmulator
  integration: FakeIntegration
  installation: Installation
  client: Client
  /** The official client on behalf of an installation. */
  clientOf(installation: Installation, changes?: { token?: string; botId?: string }): Client
  /** The ledger's effects of these names since the start: what truly changed. */
  effects(...names: string[]): Record<string, unknown>[]
  close(): Promise<void>
}

/** An emulator with one installed fake integration. Its clock moves only when told to. */
export const setUp = async (knobs: Partial<BotpressKnobs> = {}): Promise<SetUp> => {
  const clock = new VirtualClock()
  const ledger = new Ledger(clock)
  const faults = new Faults()
  const integration = await startFakeIntegration()
  const botpress = await startBotpress({ clock, ledger, faults, random: seeded(), definition: testDefinition, knobs })
  botpress.setBot(silentBot)
  const installation = await botpress.install({ integrationUrl: integration.url, configuration: { apiKey: 'k1' } })
  const clientOf: SetUp['clientOf'] = (of, changes) =>
    new Client({
      apiUrl: botpress.url,
      token: changes?.token ?? botpress.token,
      botId: changes?.botId ?? of.botId,
      integrationId: of.integrationId,
      integrationAlias: of.alias,
    })
  return {
    clock,
    ledger,
    faults,
    botpress,
    integration,
    installation,
    client: clientOf(installation),
    clientOf,
    effects: (...names) =>
      ledger
        .all({ side: 'botpress', kind: 'effect' })
        .filter((entry) => names.includes(entry.name))
        .map((entry) => ({ effect: entry.name, ...entry.detail })),
    close: async () => {
      await botpress.close()
      await integration.close()
    },
  }
}

/** The error that the official client throws, as its type and code. */
export const refusalOf = async (call: Promise<unknown>): Promise<{ type: string; code: number }> => {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!error) throw new Error('the call was not refused')
  const { type, code } = error as { type: string; code: number }
  return { type, code }
}
