import type { Plan } from '../plan/plan'
import { act } from './acts/act'
import { chatOf } from './acts/chat-of'
import { team } from './team'
import { createWorld, FIRST_STEP_MS, type World } from './world'

const MINUTE_MS = 60_000

/** Plays a plan to its end: the steps, the calm after them, and an hour in which every session must have ended. */
export const play = async (plan: Plan): Promise<World> => {
  const world = await createWorld(plan)
  const { timeline } = world
  for (const step of plan.steps) timeline.at(FIRST_STEP_MS + step.atMs, () => act(world, step))
  const calmMs = FIRST_STEP_MS + plan.calmAtMs
  await timeline.runUntil(calmMs)
  // LiveChat's last delivery comes 45 s after the first.
  await timeline.runUntil(calmMs + 2 * MINUTE_MS)
  contactAll(world)
  await timeline.runUntil(calmMs + 4 * MINUTE_MS)
  closeAll(world)
  await timeline.runUntil(calmMs + 6 * MINUTE_MS)
  // Whoever is still in a session learns of its end by writing.
  contactAll(world)
  await timeline.runUntil(calmMs + 60 * MINUTE_MS)
  return world
}

const contactAll = (world: World): void =>
  world.people.forEach((endUser, person) => {
    if (endUser.session.active) act(world, { atMs: 0, who: 'person', person, does: 'say' })
  })

/** An agent closes each open session. Chats that no agent has are ended by their end users. */
const closeAll = (world: World): void =>
  world.people.forEach((endUser, person) => {
    if (!endUser.session.active) return
    const chat = chatOf(world, person)
    const agent = team.findIndex(({ email }) => chat?.agentIds.includes(email))
    if (agent >= 0) act(world, { atMs: 0, who: 'agent', person, agent, does: 'close' })
    else act(world, { atMs: 0, who: 'person', person, does: 'end' })
  })
