import { RealClock } from '../clock'
import { salesGroup, startSystem, type System, type SystemOptions } from '../start-sandbox'
import { kettleBot } from './kettle-bot'

/** Long enough to read a chat without hurry, and to answer it after lunch. */
const INACTIVITY_MS = 8 * 3600_000

/** A system for trying things by hand: real time, a shop's bot, and chats that wait until an agent picks them up. */
export const startPageSystem = async (options: Omit<SystemOptions, 'clock'> = {}): Promise<System> => {
  const system = await startSystem({
    keepsExchanges: true,
    ...options,
    clock: new RealClock(),
    livechatKnobs: { autoAssign: false, inactivityMs: INACTIVITY_MS, ...options.livechatKnobs },
  })
  system.botpress.setBot(kettleBot)
  system.livechat.license.addAgent({
    email: 'cedar@example.com',
    name: 'Agent Cedar',
    jobTitle: 'Sales Specialist',
    groupIds: [0, salesGroup.id],
    status: 'not_accepting_chats',
  })
  return system
}
