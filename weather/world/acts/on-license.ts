import type { Step } from '../../plan/plan'
import { agentOf, team } from '../team'
import type { World } from '../world'

/** What happens to the license, or to the installation of the first bot. @returns whether it makes sense now */
export const actOnLicense = (world: World, { agent, does }: Extract<Step, { who: 'license' }>): boolean => {
  const { license, desk } = world.system.livechat
  const { email } = agentOf(agent)
  world.history.add(does, 'license', email)
  switch (does) {
    case 'expireTokens':
      license.expireTokens()
      return true
    case 'agentLeaves':
      desk.setStatus(email, 'not_accepting_chats')
      return true
    case 'agentReturns':
      desk.setStatus(email, 'accepting_chats')
      return true
    case 'rotateSecret':
      rotateSecret(world)
      return true
    case 'upgrade':
      world.deeds.configuredAtMs = world.timeline.nowMs()
      void world.system.installation.upgrade()
      return true
    case 'replaceProcesses':
      world.cloud.replaceIdle()
      return true
    case 'askAvailability':
      void askAvailability(world)
      return true
  }
}

/** As the guide says: first the bot accepts both secrets, then LiveChat signs with the new one, then the old one goes. */
const rotateSecret = (world: World): void => {
  const { system, deeds, timeline } = world
  const { configuration, livechat } = system
  const next = `secret-${deeds.nextToken('s')}`
  configuration['previousWebhookSecret'] = configuration['webhookSecret']
  configuration['webhookSecret'] = next
  configure(world)
  const clientId = String(configuration['clientId'])
  timeline.setTimer(30_000, () => livechat.webhooks.changeSecret(clientId, next))
  timeline.setTimer(120_000, () => {
    // Somebody may have begun the next change.
    if (configuration['webhookSecret'] !== next) return
    delete configuration['previousWebhookSecret']
    configure(world)
  })
}

const configure = ({ system, deeds, timeline }: World): void => {
  deeds.configuredAtMs = timeline.nowMs()
  void system.installation.configure({ ...system.configuration })
}

/** The bot's flow asks whether agents are there. Agents may come and go while it asks. */
const askAvailability = async (world: World): Promise<void> => {
  const { system, deeds } = world
  const before = howManyAccept(world)
  const answer = await system.installation.runAction('checkAvailability', {}).catch(() => undefined)
  const after = howManyAccept(world)
  if (!answer || before > 0 !== after > 0) return
  if ((answer['status'] === 'offline') === before > 0)
    deeds.wrongAvailability.push(`${String(answer['status'])} although ${before} agents accept chats`)
}

const howManyAccept = ({ system }: World): number =>
  system.livechat.license
    .agents()
    .filter(({ id, status }) => team.some(({ email }) => email === id) && status === 'accepting_chats').length
