import type * as bp from '../../src/bp'
import { createMemory } from '../../src/operation/memory'
import type { OperationProps, Scope } from '../../src/operation/scope'
import { readSettings } from '../../src/operation/settings'
import type { Runtime } from '../../src/shared/runtime'

export type Calls = Record<string, (input: never) => Promise<unknown>>

/** Botpress' client as far as a unit test needs it. A call that the test has not prepared fails with its name. */
const fakeClient = (calls: Calls): bp.Client =>
  new Proxy(calls, {
    get: (known, name) =>
      known[String(name)] ??
      (() => Promise.reject(new Error(`Botpress was not expected to be asked: ${String(name)}`))),
  }) as unknown as bp.Client

const ignore = (): void => undefined
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore, issue: ignore }

/** What the SDK gives to an operation: a configured installation, and a log that nobody reads. */
export const fakeProps = (calls: Calls, configuration: Partial<bp.Configuration> = {}): OperationProps => {
  const given = {
    ctx: {
      botId: 'bot-1',
      integrationId: 'integration-1',
      webhookId: 'hook-1',
      configuration: { clientId: 'client-1', organizationId: 'org-1', webhookSecret: 'secret-1', ...configuration },
    },
    client: fakeClient(calls),
    logger: { ...silent, forBot: () => silent },
  }
  return given as unknown as OperationProps
}

/**
 * The scope of an operation in a unit test: time stands still, nothing else is under way, and only the given calls
 * work.
 */
export const fakeScope = (nowMs: () => number, calls: Calls = {}): Scope => {
  const runtime: Runtime = {
    nowMs,
    random: () => 0,
    newId: () => 'id',
    sleep: () => Promise.reject(new Error('not expected to sleep')),
    setTimer: () => ignore,
  }
  return {
    runtime,
    memory: createMemory(runtime),
    client: fakeClient(calls),
    log: silent,
    settings: readSettings({ clientId: 'client-1', organizationId: 'org-1', webhookSecret: 'secret-1' }),
    app: { clientId: 'client-1', organizationId: 'org-1', redirectUri: 'https://example.com/hook-1' },
    deadline: { signal: new AbortController().signal, remainingMs: () => 8_000 },
    startedAtMs: nowMs(),
    integrationId: 'integration-1',
    key: (...parts) => JSON.stringify(parts),
    report: () => Promise.resolve(),
  }
}
