import { between, type Chance } from '../plan/chance'
import type { Plan } from '../plan/plan'
import type { History } from './history'
import type { Call, NetRequest, NetResponse, Network, Outcome } from './network'
import { Process, PROCESS_HEADER } from './process'
import type { Sky } from './sky'
import type { Timeline } from './timeline'

/** One call of the platform to the integration, in the process that serves it. */
type Operation = {
  name: string
  process: Process
  hasAnswered: boolean
  fail: (error: Error) => void
  calls: number
  begunAtMs: number
}

export type CloudOptions = {
  timeline: Timeline
  network: Network
  chance: Chance
  sky: Sky
  history: History
  seed: number
  /** By how much the clock of each process is ahead. As many processes serve the bot. */
  clocksAheadMs: readonly number[]
  /** Whether a process stands still from its last answer to its next request. */
  freezes: boolean
  repeats: Plan['repeats']
}

/** Something that the code did and must not do, seen where it happened. */
export type Offence = {
  rule: 'callAfterAnswer' | 'repetitionAfterAnswer' | 'tooManyCalls' | 'answerTooLate'
  text: string
}

const MOST_CALLS = 60
/** LiveChat waits 10 s for the answer to a webhook. We assume that Botpress waits 60 s for all else. */
const LONGEST_MS = { webhook: 9_500, other: 59_000 }

/** The processes of the integration behind one address, and what goes in and out of them. */
export class Cloud {
  public readonly offences: Offence[] = []
  /**
   * How often each process has looked up each chat in Botpress, by `process bot version chat`. Only what was
   * answered counts.
   */
  public readonly lookUps = new Map<string, number>()
  /** Ids of messages that a process got before it had any answer of LiveChat, so that it did not know LiveChat's time. */
  public readonly handedOverBlindly = new Set<string>()
  /** Ids of the messages that each process got, in the order in which it got them. */
  public readonly handedOver = new Map<string, string[]>()
  private readonly processes: Process[]
  /** When each process was started. */
  public readonly bornAtMs = new Map<string, number>()
  /** Processes that have had an answer of LiveChat. */
  private readonly knowTheTime = new Set<string>()
  private readonly byName = new Map<string, Process>()
  private readonly operations = new Map<string, Operation>()
  private generations = 0
  private again = 0
  private requests = 0

  public constructor(private readonly options: CloudOptions) {
    this.processes = options.clocksAheadMs.map((_, slot) => this.create(slot))
  }

  /** Hands a request of the platform to one of the processes. Rejects if that process is killed before it has answered. */
  public async handle(request: NetRequest): Promise<NetResponse> {
    const { repeats } = this.options
    if (!repeats || describe(request) !== `action ${repeats.action}`) return this.handOver(request)
    return this.handOverTwice(request, repeats.afterMs)
  }

  /** The first success counts, or else the second failure. */
  private async handOverTwice(request: NetRequest, afterMs: number): Promise<NetResponse> {
    const headers = { ...request.headers, traceparent: `again-${++this.again}` }
    const first = this.handOver(request)
    const pause = new Promise<void>((goOn) => this.options.timeline.setTimer(afterMs, goOn))
    const second = pause.then(() => this.handOver({ ...request, headers }))
    return Promise.any([succeeded(first), succeeded(second)]).catch(() => second)
  }

  private async handOver(request: NetRequest): Promise<NetResponse> {
    const { chance, history, sky, timeline } = this.options
    this.requests += 1
    const number = this.requests
    await this.travel(`request ${number} there`)
    const slot = between(chance.draw(`process ${number}`), 0, this.processes.length - 1)
    const process = this.processes[slot]
    if (!process) throw new Error(`There is no process ${slot}`)
    const name = describe(request)
    const trace = request.headers['traceparent'] ?? ''
    process.thaw()
    process.open += 1
    history.add('begin', process.name, name)
    this.noteMessage(process, request)
    const response = await new Promise<NetResponse>((resolve, reject) => {
      const operation: Operation = {
        name,
        process,
        hasAnswered: false,
        fail: reject,
        calls: 0,
        begunAtMs: timeline.nowMs(),
      }
      this.operations.set(trace, operation)
      const answer = (response: NetResponse): void => {
        if (!process.isAlive) return
        if (sky.isKilledAtAnswer(name)) return this.kill(process)
        operation.hasAnswered = true
        this.watchAnswer(operation)
        process.open -= 1
        history.add('answer', process.name, `${name} ${response.status}`)
        if (process.open === 0 && this.options.freezes) process.freeze()
        resolve(response)
      }
      void this.run(process, request).then(answer, (error: unknown) =>
        answer({ status: 500, headers: {}, bytes: Buffer.from(JSON.stringify({ error: String(error) })) }),
      )
    })
    await this.travel(`request ${number} back`)
    return response
  }

  /** A call that a process makes. `back` is never called if there is no answer, or nobody left to get it. */
  public send(request: NetRequest, back: (outcome: Outcome) => void): void {
    const { [PROCESS_HEADER]: name, ...headers } = request.headers
    const operation = this.operations.get(headers['traceparent'] ?? '')
    const process = operation?.process ?? this.byName.get(name ?? '')
    if (!process) throw new Error('A call comes from no process')
    process.deliver(() => this.sendFrom(process, operation, { ...request, headers }, back))
  }

  /** What the processes still hold. Nothing waits for it to end. */
  public holds(): string[] {
    return this.processes.flatMap((process) => process.holds().map((what) => `${process.name} holds ${what}`))
  }

  /** Ends the processes that serve nothing at the moment, and starts new ones in their place. */
  public replaceIdle(): void {
    for (const process of [...this.processes]) if (process.open === 0) this.kill(process)
  }

  public onlyProcess(): Process {
    const [process, ...others] = this.processes
    if (!process || others.length > 0) throw new Error(`There are ${this.processes.length} processes, not one`)
    return process
  }

  private noteLookUp(process: Process, { route, request }: Call): void {
    if (route !== 'GET /v1/chat/conversations') return
    const chatId = [...request.query].find(([name]) => name.includes('livechatChatId'))?.[1]
    if (chatId === undefined) return
    const { 'x-bot-id': bot, 'x-integration-id': version } = request.headers
    const name = [process.name, bot, version, chatId].join(' ')
    this.lookUps.set(name, (this.lookUps.get(name) ?? 0) + 1)
  }

  private noteMessage({ name }: Process, { headers, body }: NetRequest): void {
    if (headers['x-bp-operation'] !== 'message_created') return
    const id = /"message":\{"id":"(\w+)/.exec(body.toString('utf8'))?.[1]
    if (id === undefined) throw new Error('A message has no id')
    this.handedOver.set(name, [...(this.handedOver.get(name) ?? []), id])
    if (!this.knowTheTime.has(name)) this.handedOverBlindly.add(id)
  }

  private travel(name: string): Promise<void> {
    const { timeline, sky } = this.options
    return new Promise((resolve) => timeline.setTimer(sky.latencyMs(name), resolve))
  }

  private sendFrom(
    process: Process,
    operation: Operation | undefined,
    request: NetRequest,
    back: (outcome: Outcome) => void,
  ): void {
    const { network, sky, history } = this.options
    const call = network.call(request)
    this.watch(process, operation, call.route, request.isRepetition === true)
    const fate = sky.fateOfCaller(call)
    if (fate === 'before') return this.kill(process)
    history.add('call', process.name, `${call.route}#${call.number}`)
    network.send(call, (outcome) =>
      process.deliver(() => {
        const status = outcome === 'reset' ? outcome : String(outcome.status)
        history.add('return', process.name, `${call.route}#${call.number} ${status}`)
        if (status === '200' && call.route.startsWith('customer/')) this.knowTheTime.add(process.name)
        // The page of a proxy answers nothing.
        if (outcome !== 'reset' && status === '200' && outcome.bytes.toString().startsWith('{'))
          this.noteLookUp(process, call)
        back(outcome)
      }),
    )
    if (fate === 'after') this.kill(process)
  }

  private watch(process: Process, operation: Operation | undefined, route: string, isRepetition: boolean): void {
    const isLate = operation ? operation.hasAnswered : process.open === 0
    if (isLate) {
      const rule = isRepetition ? 'repetitionAfterAnswer' : 'callAfterAnswer'
      this.offences.push({ rule, text: `${route} after ${operation?.name ?? 'all answers'}` })
    }
    if (!operation) return
    operation.calls += 1
    if (operation.calls === MOST_CALLS) this.offences.push({ rule: 'tooManyCalls', text: operation.name })
  }

  private watchAnswer({ name, begunAtMs }: Operation): void {
    const tookMs = this.options.timeline.nowMs() - begunAtMs
    const longestMs = name.startsWith('webhook') ? LONGEST_MS.webhook : LONGEST_MS.other
    if (tookMs > longestMs) this.offences.push({ rule: 'answerTooLate', text: `${name} after ${tookMs} ms` })
  }

  private kill(process: Process): void {
    const slot = this.processes.indexOf(process)
    if (slot < 0) return
    process.isAlive = false
    this.options.history.add('kill', process.name, '')
    this.processes[slot] = this.create(slot)
    for (const operation of this.operations.values()) {
      if (operation.process !== process || operation.hasAnswered) continue
      operation.hasAnswered = true
      operation.fail(new Error('The process was killed'))
    }
  }

  private create(slot: number): Process {
    const { timeline, seed, clocksAheadMs } = this.options
    this.generations += 1
    const name = `p${slot + 1}.${this.generations}`
    const clockAheadMs = clocksAheadMs[slot] ?? 0
    const process = new Process({ name, timeline, seed: seed + this.generations, clockAheadMs })
    this.byName.set(name, process)
    this.bornAtMs.set(name, timeline.nowMs())
    return process
  }

  private async run(process: Process, { method, headers, body }: NetRequest): Promise<NetResponse> {
    const answer = await process.integration.handler({
      method,
      path: '/',
      query: '',
      headers,
      body: body.toString('utf8'),
    })
    const bytes = Buffer.from(answer?.body ?? '{}')
    return { status: answer?.status ?? 200, headers: answer?.headers ?? {}, bytes }
  }
}

const succeeded = async (attempt: Promise<NetResponse>): Promise<NetResponse> => {
  const answer = await attempt
  if (answer.status >= 400) throw new Error(`Answered ${answer.status}`)
  return answer
}

/** What the platform asks for: `message_created`, `action startHitl`, `webhook incoming_event`. */
const describe = ({ headers, body }: NetRequest): string => {
  const operation = headers['x-bp-operation'] ?? ''
  if (operation === 'action_triggered') return `action ${/"type":"(\w+)/.exec(body.toString('utf8'))?.[1] ?? '?'}`
  if (operation !== 'webhook_received') return operation
  const action = /"action\\":\\"(\w+)/.exec(body.toString('utf8'))?.[1] ?? '?'
  return `webhook ${action}`
}
