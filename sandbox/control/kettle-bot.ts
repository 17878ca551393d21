import type { BotReply, BotScript, EndUser } from '../botpress'
import type { StartCard } from './start-card'

const WANTS_PERSON = /\b(human|person|agent|somebody|someone|people)\b/i

const answers: { when: RegExp; say: string }[] = [
  {
    when: /order|parcel|delivery|arrive/i,
    say: 'Orders leave within a day and take 2 to 3 days. Is there anything else?',
  },
  { when: /return|refund|money/i, say: 'You can return anything within 30 days. The label is in the box.' },
  {
    when: /leak|broken|guarantee|warranty/i,
    say: 'I am sorry to hear that. All kettles come with a two-year guarantee; an agent can arrange a replacement.',
  },
  { when: /thank|bye/i, say: 'You are welcome!' },
]

const choices = ['Where is my order?', 'My kettle leaks', 'Talk to a person']

const offer = (text: string): { type: string; payload: Record<string, unknown> } => ({
  type: 'choice',
  payload: { text, options: choices.map((label) => ({ label, value: label })) },
})

/** A shop's bot. It knows three things, and starts a handoff when asked for a human. */
export const kettleBot =
  (startCard: () => StartCard): BotScript =>
  ({ text = '', from }): BotReply[] => {
    if (WANTS_PERSON.test(text)) return [handOff(startCard(), from, text)]
    const answer = answers.find(({ when }) => when.test(text))
    return [answer ? answer.say : offer('I did not get that. I can help with:')]
  }

const handOff = (card: StartCard, from: string, text: string): BotReply => ({
  handOff: {
    title: card.title ?? `${from} asks for a person`,
    description: card.description ?? text,
    ...(Object.keys(card.hitlSession).length > 0 ? { hitlSession: card.hitlSession } : {}),
  },
  ...(card.givesEmail ? { fillsInUserEmail: true } : {}),
})

/** What a bot says when a conversation begins. */
export const greet = (endUser: EndUser, name: string): void => {
  const { type, payload } = offer(`Hello ${name.split(' ')[0]}! I am the bot of Kettle & Co. How can I help?`)
  endUser.botSays(type, payload)
}
