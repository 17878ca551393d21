import { textOf, type Facts } from './facts'
import { broken, type Rule, type Verdict } from './verdict'

/**
 * No word of a chat that is not the bots' reaches anybody, and no secret of a channel reaches an agent. A process looks up
 * a foreign chat once, and its end once more if that comes soon. It refuses none of its webhooks.
 */
export const foreignChats: Rule = (facts) => [...words(facts), ...secrets(facts), ...lookUps(facts), ...refusals(facts)]

const words = ({ shown, world }: Facts): Verdict[] => {
  const seen = shown.map(({ text }) => text)
  const kept = world.bots.flatMap((bot) => [
    ...bot.messages().map(({ payload }) => JSON.stringify(payload)),
    ...bot.botEvents().map(({ payload }) => JSON.stringify(payload)),
  ])
  return [...seen, ...kept].flatMap((text) => {
    const token = /\bz\d+(?= (?:from|to) a stranger)/.exec(text)?.[0]
    return token === undefined ? [] : [broken('foreignWordShown', token)]
  })
}

const secrets = ({ events }: Facts): Verdict[] =>
  events.flatMap(({ detail }) =>
    /bot10000001/.test(textOf(detail, 'text')) ? [broken('secretShown', textOf(detail, 'eventId'))] : [],
  )

const lookUps = ({ world: { cloud, deeds, plan, sky } }: Facts): Verdict[] => {
  // What Botpress did not answer in time is asked again.
  if (sky.happened.some(({ route }) => route === 'GET /v1/chat/conversations')) return []
  // A process with little memory forgets that it has looked, and one with a wrong clock when.
  if (plan.cacheEntries !== undefined || plan.clocksAheadMs.some((aheadMs) => aheadMs !== 0)) return []
  return [...cloud.lookUps].flatMap(([name, count]) => {
    const chatId = name.split(' ')[3] ?? ''
    // The end is looked up, too, if it comes soon after the first webhook: nobody else would end a session.
    return deeds.foreignChats.has(chatId) && count > 2 ? [broken('foreignChatLookedUpAgain', `${name}: ${count}`)] : []
  })
}

const refusals = ({ isCalm, world }: Facts): Verdict[] =>
  isCalm()
    ? world.system.ledger
        .all({ kind: 'delivery', side: 'livechat' })
        .filter(({ detail, status }) => status !== 200 && world.deeds.foreignChats.has(textOf(detail, 'chatId')))
        .map(({ name, detail }) => broken('foreignWebhookRefused', `${name} ${textOf(detail, 'chatId')}`))
    : []
