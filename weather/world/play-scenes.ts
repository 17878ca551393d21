import type { Plan } from '../plan/plan'
import type { Mishap } from '../plan/rates'
import { scenes } from '../plan/scenes/all-scenes'
import { mishapsAt } from './mishaps'
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
  // A name that goes on after that of its scene needs no other scene.
  const [ofScene, ofMishap] = only.split('", ')
  for (const scene of scenes) {
    const plan = { ...scene.plan, seed: seed + scene.luck }
    const sceneName = `scene "${scene.name}"`
    if (ofMishap !== undefined && !sceneName.includes(ofScene ?? '')) continue
    const world = await play(plan)
    if (sceneName.includes(only)) yield { name: sceneName, plan, world }
    for (const extraMishap of world.sky.places.flatMap(mishapsAt)) {
      number += 1
      const name = `${sceneName}, ${describe(extraMishap)}`
      if (number % every !== 0 || !name.includes(only)) continue
      const withMishap = { ...plan, extraMishap }
      yield { name, plan: withMishap, world: await play(withMishap) }
    }
  }
}

/** Plays each scene without a mishap, with so many seeds: processes, latencies and the order of webhooks differ. */
export async function* scenesWithSeeds(seed: number, seeds: number, only: string): AsyncGenerator<Played> {
  for (const scene of scenes)
    for (const each of Array.from({ length: seeds }, (_, index) => seed + index)) {
      const name = `scene "${scene.name}" (seed ${each})`
      const plan = { ...scene.plan, seed: each + scene.luck }
      if (name.includes(only)) yield { name, plan, world: await play(plan) }
    }
}

const describe = ({ route, number, effect, times = 1 }: Mishap): string => {
  const when = 'when' in effect ? `${effect.when ?? 'before'} ` : ''
  return `${effect.kind} ${when}${route}#${number}${times > 1 ? ` and the next ${times - 1}` : ''}`
}
