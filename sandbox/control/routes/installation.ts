import { z } from 'zod'
import { BotpressApiError, OperationFailed } from '../../botpress'
import { addAgentAccess, agentScopes } from '../../start-sandbox'
import { explainEmptyField } from '../empty-field'
import { ControlError } from '../errors'
import type { NewCause } from '../causes'
import { MASK } from '../mask'
import { startCard } from '../start-card'
import type { Stage } from '../stage'
import { param, read, type Route } from './route'

const fields = z.record(z.unknown())
const onOff = z.object({ on: z.boolean() })
const owner = (title: string): NewCause => ({ from: 'owner', who: 'Bot’s owner', title })

/** What the bot's owner and the bot's builder do in Botpress. */
export const installationRoutes = (stage: Stage): Route[] => {
  const { installation, configuration, livechat, definition } = stage.system
  let present: Record<string, unknown> = { ...configuration }
  const save = async (next: Record<string, unknown>) => {
    // Botpress names only the rule of the schema that was broken.
    const empty = explainEmptyField(definition.configuration?.schema, next)
    if (empty !== undefined) throw new ControlError(400, empty)
    await installation.configure(next).catch((error: unknown) => {
      throw error instanceof BotpressApiError ? new ControlError(error.code, error.message) : error
    })
    present = next
    const { status, statusReason } = installation
    return { json: { status, ...(statusReason === undefined ? {} : { reason: statusReason }) } }
  }
  return [
    {
      method: 'GET',
      path: '/api/configuration',
      run: () => ({ json: { schema: definition.configuration?.schema ?? {}, values: stage.masker.value(present) } }),
    },
    {
      method: 'POST',
      path: '/api/configuration',
      cause: () => owner('Saves the configuration'),
      run: (call) => save(call.body.length === 0 ? present : read(call, fields)),
    },
    {
      method: 'PATCH',
      path: '/api/configuration',
      cause: () => owner('Changes the configuration'),
      run: (call) => save(changed(present, read(call, fields))),
    },
    {
      method: 'POST',
      path: '/api/agent-access',
      cause: (call) => owner(read(call, onOff).on ? 'Sets up agent access' : 'Removes agent access'),
      run: (call) => {
        const { agentAccess: _, ...rest } = present
        return save(read(call, onOff).on ? { ...rest, agentAccess: addAgentAccess(livechat, agentScopes) } : rest)
      },
    },
    {
      method: 'GET',
      path: '/api/start-card',
      run: () => ({ json: { schema: definition.entities?.hitlSession?.schema ?? {}, values: stage.startCard } }),
    },
    {
      method: 'PUT',
      path: '/api/start-card',
      run: (call) => {
        stage.startCard = read(call, startCard)
        return { json: stage.startCard }
      },
    },
    {
      method: 'POST',
      path: '/api/actions/:type',
      cause: (call) => ({ from: 'bot', who: 'Bot', title: `Runs the action ${param(call, 'type')}` }),
      run: async (call) => {
        try {
          return { json: { output: await installation.runAction(param(call, 'type'), read(call, fields)) } }
        } catch (error) {
          if (error instanceof OperationFailed) throw new ControlError(error.status ?? 502, error.message)
          throw error
        }
      },
    },
  ]
}

/** `null` and an empty text remove a field. A mask means: as it is. */
const changed = (before: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).flatMap(([name, value]) => {
      if (value === MASK) return name in before ? [[name, before[name]]] : []
      return value === null || value === '' ? [] : [[name, value]]
    }),
  )
