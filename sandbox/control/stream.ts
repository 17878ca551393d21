import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LedgerEntry } from '../ledger'
import { ledgerView } from './entries'
import type { Stage } from './stage'
import type { LedgerView, Snapshot } from './views'

/** Changes within this time reach clients as one state. */
const GATHER_MS = 50
/** Keeps connections open, and lets a client notice a dead connection. */
const HEARTBEAT_MS = 15_000
/** Most entries that a reconnecting client gets. One that missed more reads the ledger itself. */
const MAX_REPLAYED = 500

/**
 * Server-sent events, for programs: `state` (a snapshot) and `ledger` (one entry with its number, so that a reconnecting
 * client misses none). The page has a stream of its own, which repeats nothing (live.ts).
 */
export class Stream {
  private readonly clients = new Set<ServerResponse>()
  private gathering: NodeJS.Timeout | undefined
  private readonly heartbeat = setInterval(() => this.send(': alive\n\n'), HEARTBEAT_MS)

  public constructor(private readonly stage: () => Stage) {}

  public connect(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const { startMark, ledgerSince, snapshot } = this.stage()
    const lastSeq = Number(request.headers['last-event-id'] ?? startMark)
    const missed = ledgerSince(Number.isFinite(lastSeq) ? lastSeq : 0).slice(-MAX_REPLAYED)
    response.write(stateEvent(snapshot()) + missed.map(ledgerEvent).join(''))
    this.clients.add(response)
    response.on('close', () => this.clients.delete(response))
  }

  public ledgerGrew(entry: LedgerEntry): void {
    if (this.clients.size > 0) this.send(ledgerEvent(ledgerView(this.stage().masker, entry)))
    this.stateChanged()
  }

  public stateChanged(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined
      if (this.clients.size > 0) this.send(stateEvent(this.stage().snapshot()))
    }, GATHER_MS)
  }

  public close(): void {
    clearTimeout(this.gathering)
    clearInterval(this.heartbeat)
    for (const client of this.clients) client.end()
  }

  private send(text: string): void {
    for (const client of this.clients) client.write(text)
  }
}

const stateEvent = (snapshot: Snapshot): string => `event: state\ndata: ${JSON.stringify(snapshot)}\n\n`

const ledgerEvent = (entry: LedgerView): string => `id: ${entry.seq}\nevent: ledger\ndata: ${JSON.stringify(entry)}\n\n`
