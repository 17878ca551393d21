import type { FaultEffect } from '../../sandbox/faults'
import type { Chance } from '../plan/chance'
import type { Mishap, MishapEffect, Outage, Place, Rates, Side, Squall } from '../plan/rates'
import { latencyOf } from './latency'
import { effectFor } from './mishaps'
import type { Call } from './network'
import type { Timeline } from './timeline'

type Options = {
  timeline: Timeline
  chance: Chance
  rates: Rates
  outages: readonly Outage[]
  squalls: readonly Squall[]
  /** Things go wrong only between these two. */
  fromMs: number
  calmAtMs: number
  /** If given, exactly these mishaps happen, and none is drawn. */
  mishaps: readonly Mishap[] | undefined
  /** Happens besides all others. */
  extraMishap: Mishap | undefined
}

/** Decides what goes wrong, and notes it. */
export class Sky {
  public readonly happened: Mishap[] = []
  /** When each of them happened. */
  public readonly happenedAtMs: number[] = []
  /** Where something could go wrong: with each request, with each process that makes one, and before each answer. */
  public readonly places: Place[] = []
  private readonly counts = new Map<string, number>()
  private readonly planned: Map<string, MishapEffect> | undefined

  public constructor(private readonly options: Options) {
    this.planned = options.mishaps && new Map(options.mishaps.map((mishap) => [keyOf(mishap), mishap.effect]))
  }

  /** How long something is under way. The name says what and which way. */
  public latencyMs(name: string): number {
    return latencyOf(this.options.chance.draw(name), this.options.rates.latency)
  }

  /** The fault for the next request of a route at an emulator. */
  public faultAt(side: Side, route: string): FaultEffect | undefined {
    const { outages, timeline } = this.options
    const nowMs = timeline.nowMs()
    // Only what our processes call is out: the platform itself goes on, and so does the desk.
    if (route.startsWith('operation/')) return undefined
    const isOut = outages.some((outage) => outage.side === side && outage.fromMs <= nowMs && nowMs < outage.toMs)
    const what = route === 'webhook/receive' ? 'webhooks' : side
    const effect = this.decide(route, isOut ? 1 : this.share(what, route), (draw) =>
      isOut
        ? { kind: 'status', status: 503, body: '' }
        : (this.squalls(what, route).find((squall) => squall.effect)?.effect ?? effectFor(side, route, draw)),
    )
    return effect?.kind === 'killed' ? undefined : effect
  }

  /** Whether the process that makes this call ends before the call leaves, or while it is under way. */
  public fateOfCaller({ route }: Call): 'before' | 'after' | undefined {
    const effect = this.decide(`caller of ${route}`, this.share('kills'), (draw) => ({
      kind: 'killed',
      when: draw < 0.5 ? 'before' : 'after',
    }))
    return effect?.kind === 'killed' ? effect.when : undefined
  }

  /** Whether the process ends after its work, just before it answers. */
  public isKilledAtAnswer(operation: string): boolean {
    const kill = (): MishapEffect => ({ kind: 'killed', when: 'before' })
    return this.decide(`answer of ${operation}`, this.share('kills'), kill) !== undefined
  }

  /** How much of this goes wrong now. */
  private share(what: Squall['what'], route?: string): number {
    return Math.max(this.options.rates[what], ...this.squalls(what, route).map(({ share }) => share))
  }

  private squalls(what: Squall['what'], route?: string): Squall[] {
    const { squalls, timeline } = this.options
    const nowMs = timeline.nowMs()
    return squalls.filter(
      (squall) =>
        squall.what === what &&
        (squall.route === undefined || squall.route === route) &&
        squall.fromMs <= nowMs &&
        nowMs < squall.toMs,
    )
  }

  private decide(route: string, share: number, effectOf: (draw: number) => MishapEffect): MishapEffect | undefined {
    const number = (this.counts.get(route) ?? 0) + 1
    this.counts.set(route, number)
    if (this.isWeather()) this.places.push({ route, number })
    const effect =
      this.extraAt({ route, number }) ??
      (this.planned ? this.planned.get(keyOf({ route, number })) : this.draw(route, number, share, effectOf))
    if (effect) {
      this.happened.push({ route, number, effect })
      this.happenedAtMs.push(this.options.timeline.nowMs())
    }
    return effect
  }

  private draw(
    route: string,
    number: number,
    share: number,
    effectOf: (draw: number) => MishapEffect,
  ): MishapEffect | undefined {
    if (share === 0 || !this.isWeather()) return undefined
    const { chance } = this.options
    const name = `mishap ${route}#${number}`
    return chance.draw(name) < share ? effectOf(chance.draw(`kind of ${name}`)) : undefined
  }

  private extraAt({ route, number }: Place): MishapEffect | undefined {
    const { extraMishap: extra } = this.options
    if (extra?.route !== route) return undefined
    return number >= extra.number && number < extra.number + (extra.times ?? 1) ? extra.effect : undefined
  }

  private isWeather(): boolean {
    const { timeline, fromMs, calmAtMs } = this.options
    const nowMs = timeline.nowMs()
    return fromMs <= nowMs && nowMs < calmAtMs
  }
}

const keyOf = ({ route, number }: Place): string => `${route}#${number}`
