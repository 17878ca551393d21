import type { Plan } from '../plan/plan'
import type { Mishap } from '../plan/rates'
import { scenes } from '../plan/scenes'
import { effectsAt } from './mishaps'
import { play } from './play'
import type { World } from './world'

type Played = { name: string; plan: Plan; world: World }

/**
 * Plays each scene without a mishap, and then with one mishap at each place of it: every call that is lost, refused, late
 * or answered in vain, and every process that ends before, during or after one.
 * @param every of the worlds with a mishap, only each so many-th is played
 * @param only worlds whose name has this text
 */
export async function* scenesWithMishaps(seed: number, every: number, only: string): AsyncGenerator<Played> {
  let number = 0
  for (const scene of scenes) {
    const plan = { ...scene.plan, seed }
    const world = await play(plan)
    const sceneName = `scene "${scene.name}"`
    if (sceneName.includes(only)) yield { name: sceneName, plan, world }
    const mishaps: Mishap[] = world.sky.places.flatMap((place) =>
      effectsAt(place).map((effect) => ({ ...place, effect })),
    )
    for (const extraMishap of mishaps) {
      number += 1
      const name = `${sceneName}, ${describe(extraMishap)}`
      if (number % every !== 0 || !name.includes(only)) continue
      const withMishap = { ...plan, extraMishap }
      yield { name, plan: withMishap, world: await play(withMishap) }
    }
  }
}

const describe = ({ route, number, effect }: Mishap): string =>
  `${effect.kind} ${'when' in effect ? effect.when : ''} ${route}#${number}`
