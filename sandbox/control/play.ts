import { amber, birch } from '../start-sandbox'
import type { NewCause } from './causes'
import type { Person } from './people'
import type { Stage } from './stage'

/** Slow enough to be read, and the plugin's drop window has passed before the agent writes. */
export const STEP_MS = 2_500

type Step = { cause: NewCause; run: (cause: number) => unknown }

/**
 * Plays a handoff between a new customer and two agents, step by step in the background. Returns the customer, so that a
 * page can watch.
 */
export const playHandoff = (stage: Stage): { personId: string } => {
  const { system, people, causes } = stage
  const person = people.add({ name: 'Ivory Visitor', email: 'ivory@example.com' })
  const steps = handoff(stage, person)
  const next = (): void => {
    const step = steps.shift()
    if (!step) return
    try {
      causes.run(step.cause, (cause) => void step.run(cause))
    } catch (error) {
      // Somebody closed the chat, or went offline: then the rest of the story has no sense.
      const title = `The story stops: ${error instanceof Error ? error.message : String(error)}`
      causes.add({ from: 'sandbox', who: 'Sandbox', title, personId: person.id })
      return
    }
    // A slow machine may not have opened the chat yet that the next step needs.
    void system.settle().then(() => system.clock.setTimer(STEP_MS, next))
  }
  next()
  return { personId: person.id }
}

const handoff = ({ system, people }: Stage, person: Person): Step[] => {
  const { desk } = system.livechat
  const chatId = (): string => people.views().find(({ id }) => id === person.id)?.chatId ?? 'which has not been started'
  const says = (text: string): Step => ({
    cause: { from: 'customer', who: person.name, title: text, personId: person.id },
    run: (cause) => people.say(person, cause, 'text', { text }),
  })
  const does = (who: { name: string }, title: string, run: () => unknown): Step => ({
    cause: { from: 'agent', who: who.name, title, personId: person.id },
    run,
  })
  const writes = (agent: typeof amber | typeof birch, text: string): Step =>
    does(agent, text, () => desk.say(chatId(), agent.email, text))
  const note = 'Third leak this week from that series: tell the warehouse.'
  return [
    says('My kettle leaks'),
    says('I would like to talk to a person, please.'),
    does(amber, 'Picks up the chat', () => {
      if (desk.chats().find((chat) => chat.chatId === chatId())?.state !== 'assigned')
        desk.pickUp(chatId(), amber.email)
    }),
    writes(amber, 'Hello Ivory, I am sorry to hear that. Which model is it?'),
    says('The blue one 🫖, bought in May.'),
    does(amber, `Private note: ${note}`, () => desk.note(chatId(), amber.email, note)),
    does(amber, 'Transfers the chat to Agent Birch', () => desk.transferToAgent(chatId(), amber.email, birch.email)),
    writes(birch, 'Birch here. A new kettle is on its way to you.'),
    says('Wonderful, thank you!'),
    does(birch, 'Closes the chat', () => desk.close(chatId(), birch.email)),
    says('When will it arrive?'),
  ]
}
