import type { Verdict } from '../check/verdict'
import type { World } from '../world/world'

/** Counts what was played, and what the judge said of it. */
export class Totals {
  public worlds = 0
  private sessions = 0
  private deeds = 0
  private calls = 0
  private mishaps = 0
  private moments = 0
  private readonly verdicts = new Map<string, number>()
  private readonly before = process.cpuUsage()

  public add({ system, deeds, sky, history, timeline }: World, verdicts: Verdict[]): void {
    this.worlds += 1
    this.sessions += system.ledger.all({ name: 'session_started' }).length
    this.deeds += deeds.said.length + deeds.wrote.length
    this.calls += history.moments.filter(({ kind }) => kind === 'call').length
    this.mishaps += sky.happened.length
    this.moments += timeline.steps
    for (const { kind, name } of verdicts) {
      const key = `${kind} ${name}`
      this.verdicts.set(key, (this.verdicts.get(key) ?? 0) + 1)
    }
  }

  public text(): string {
    const { user, system } = process.cpuUsage(this.before)
    const seconds = (user + system) / 1e6
    const aSecond = (count: number): string => (count / seconds).toFixed(0)
    return [
      ...[...this.verdicts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, count]) => `${String(count).padStart(7)} ${name}`),
      `${this.worlds} worlds, ${this.sessions} sessions, ${this.deeds} texts, ${this.calls} calls, ${this.mishaps} mishaps, ` +
        `${this.moments} moments in ${seconds.toFixed(1)} s of processor time: ` +
        `${aSecond(this.sessions)} sessions, ${aSecond(this.calls)} calls a second`,
    ].join('\n')
  }
}
