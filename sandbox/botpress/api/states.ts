import { z } from 'zod'
import { BotpressApiError } from '../errors'
import type { Payload, State, StateType } from '../objects'
import { findMismatch } from '../schema-check'
import { toWireState } from '../wire'
import { effect, stamp } from '../world'
import {
  checkPayloadSize,
  mustFind,
  mustRefer,
  parseBody,
  payloadSchema,
  type ApiAnswer,
  type ApiCall,
  type Route,
} from './call'

const MAX_EXPIRY_MS = 30 * 24 * 3_600_000

const expiry = z.number().int().positive().max(MAX_EXPIRY_MS).nullable()
const setSchema = z.object({ payload: payloadSchema.nullable(), expiry: expiry.optional() }).strict()
const getOrSetSchema = z.object({ payload: payloadSchema, expiry: expiry.optional() }).strict()
const patchSchema = z.object({ payload: payloadSchema }).strict()
const expirySchema = z.object({ expiry }).strict()

const key = ({ params }: ApiCall): string => `${params.type}:${params.id}:${params.name}`

/** Every operation on a state needs its definition and its owner. */
const checkTarget = ({ world, instance, params }: ApiCall): StateType => {
  const { type = '', id = '', name = '' } = params
  const defined = world.definition.states?.[name]
  if (!defined || defined.type !== type) {
    throw new BotpressApiError('InvalidPayload', `There is no ${type} state "${name}"`)
  }
  const owners: Record<StateType, boolean> = {
    conversation: instance.store.conversations.has(id),
    user: instance.store.users.has(id),
    integration: instance.integrationId === id,
  }
  mustRefer(world, owners[defined.type] || undefined, `The ${type}`, id)
  return defined.type
}

const find = (call: ApiCall): State | undefined => {
  const state = call.instance.store.states.get(key(call))
  if (!state) return undefined
  if (state.expiresAtMs === null || state.expiresAtMs > call.world.clock.nowMs()) return state
  call.instance.store.states.delete(key(call))
  return undefined
}

const checkPayload = ({ world, params }: ApiCall, payload: Payload): void => {
  checkPayloadSize(payload, 'state')
  const schema = world.definition.states?.[params.name ?? '']?.schema
  const mismatch = schema && findMismatch(schema, payload)
  if (mismatch) throw new BotpressApiError('InvalidPayload', `Payload of state "${params.name}": ${mismatch}`)
}

// An `expiryMs` of undefined keeps the earlier setting. Each write restarts the time of idleness.
const write = (call: ApiCall, type: StateType, payload: Payload, expiryMs: number | null | undefined): State => {
  checkPayload(call, payload)
  const nowMs = call.world.clock.nowMs()
  const known = find(call)
  const { id: ownerId = '', name = '' } = call.params
  const state: State = known ?? {
    ...stamp(call.world, 'state'),
    type,
    ownerId,
    name,
    payload,
    expiryMs: null,
    expiresAtMs: null,
  }
  if (known) call.instance.store.past.states.keep(known, nowMs)
  state.payload = payload
  state.updatedAtMs = nowMs
  if (expiryMs !== undefined) state.expiryMs = expiryMs
  state.expiresAtMs = state.expiryMs === null ? null : nowMs + state.expiryMs
  call.instance.store.states.set(key(call), state)
  effect(call.world, 'state_set', { type, ownerId, name })
  return state
}

const answer = (call: ApiCall, state: State): ApiAnswer => ({
  body: { state: toWireState(state, call.instance.botId), meta: { cached: false } },
  detail: { type: state.type, ownerId: state.ownerId, name: state.name },
})

const path = '/v1/chat/states/:type/:id/:name'

const mustFindState = (call: ApiCall): State => mustFind(find(call), 'State', key(call))

const mustReadState = (call: ApiCall): State => {
  const state = find(call)
  const { world, instance } = call
  const seen = state && instance.store.past.states.at(state, world.clock.nowMs() - world.knobs.readLagMs)
  return mustFind(seen, 'State', key(call))
}

export const stateRoutes: Route[] = [
  { method: 'GET', path, handle: (call) => answer(call, mustReadState(call)) },
  {
    method: 'POST',
    path,
    handle: (call) => {
      const { payload, expiry: expiryMs } = parseBody(setSchema, call.body)
      const type = checkTarget(call)
      if (payload !== null) return answer(call, write(call, type, payload, expiryMs))
      const { id: ownerId = '', name = '' } = call.params
      call.instance.store.states.delete(key(call))
      effect(call.world, 'state_reset', { type, ownerId, name })
      return answer(call, {
        ...stamp(call.world, 'state'),
        type,
        ownerId,
        name,
        payload: {},
        expiryMs: null,
        expiresAtMs: null,
      })
    },
  },
  {
    method: 'POST',
    path: `${path}/get-or-set`,
    handle: (call) => {
      const { payload, expiry: expiryMs } = parseBody(getOrSetSchema, call.body)
      const type = checkTarget(call)
      return answer(call, find(call) ?? write(call, type, payload, expiryMs))
    },
  },
  {
    method: 'PATCH',
    path,
    handle: (call) => {
      const { payload } = parseBody(patchSchema, call.body)
      const type = checkTarget(call)
      const current = call.world.knobs.patchMissingState === 'fails' ? mustFindState(call) : find(call)
      return answer(call, write(call, type, { ...current?.payload, ...payload }, undefined))
    },
  },
  {
    method: 'POST',
    path: `${path}/expiry`,
    handle: (call) => {
      const { expiry: expiryMs } = parseBody(expirySchema, call.body)
      const state = mustFindState(call)
      return answer(call, write(call, state.type, state.payload, expiryMs))
    },
  },
]
