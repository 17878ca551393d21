import { between, oneOf, type Chance } from './chance'
import type { Step } from './plan'

/** Most licenses have chats that are not the bots'. A few have hundreds. */
export const strangerSteps = (chance: Chance): Step[] => {
  const draw = chance.draw('strangers')
  const count = draw < 0.02 ? 200 : draw < 0.4 ? between(chance.draw('number of strangers'), 1, 5) : 0
  return Array.from({ length: count }, (_, stranger) => chatOf(chance, stranger)).flat()
}

const deeds = ['say', 'hear', 'forge'] as const

const chatOf = (chance: Chance, stranger: number): Step[] => {
  const name = `stranger ${stranger}`
  let atMs = between(chance.draw(`begin of ${name}`), 0, 150_000)
  const steps: Step[] = [{ atMs, who: 'stranger', stranger, does: 'start' }]
  for (let step = 0; step < between(chance.draw(`length of ${name}`), 1, 4); step += 1) {
    atMs += between(chance.draw(`gap ${name} ${step}`), 500, 30_000)
    steps.push({ atMs, who: 'stranger', stranger, does: oneOf(chance.draw(`deed ${name} ${step}`), deeds) })
  }
  return [...steps, { atMs: atMs + 1_000, who: 'stranger', stranger, does: 'close' }]
}
