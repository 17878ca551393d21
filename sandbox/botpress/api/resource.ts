import type { Past } from '../past'
import { hasTags } from '../tags'
import { mustFind, tagsOfQuery, type ApiCall, type Route } from './call'
import { pageOf } from './paging'

type Stored = { id: string; seq: number; createdAtMs: number; updatedAtMs: number }

type Resource<T extends Stored> = {
  /** The name in answers; the path uses its plural. */
  name: 'conversation' | 'user' | 'message'
  stored: (call: ApiCall) => Map<string, T>
  past: (call: ApiCall) => Past<T>
  /** What can be read by its id only: it belongs to another integration. */
  foreign?: (call: ApiCall) => Map<string, T>
  /** `timeMs`: shows the object as it was then. */
  show: (call: ApiCall, object: T, timeMs?: number) => unknown
  tagsOf: (call: ApiCall, object: T) => Record<string, string>
  /** What a list query can filter by, besides tags. */
  isWanted: (call: ApiCall) => (object: T) => boolean
  create: (call: ApiCall) => T
  getOrCreate: (call: ApiCall) => Promise<{ object: T; created: boolean }>
  update: (call: ApiCall, object: T) => void
  remove: (call: ApiCall, object: T) => void
}

/** The routes that conversations, users and messages have in common. */
export const routesOf = <T extends Stored>(resource: Resource<T>): Route[] => {
  const { name, stored, show } = resource
  const path = `/v1/chat/${name}s`
  const find = (call: ApiCall): T => findIn(stored(call), call, name)
  return [
    {
      method: 'POST',
      path,
      handle: (call) => {
        const object = resource.create(call)
        return { body: { [name]: show(call, object) }, detail: { id: object.id, created: true } }
      },
    },
    {
      method: 'POST',
      path: `${path}/get-or-create`,
      handle: async (call) => {
        const { object, created } = await resource.getOrCreate(call)
        return { body: { [name]: show(call, object), meta: { created } }, detail: { id: object.id, created } }
      },
    },
    {
      method: 'GET',
      path,
      handle: (call) => {
        const [tags, isWanted] = [tagsOfQuery(call.query), resource.isWanted(call)]
        const timeMs = call.world.clock.nowMs() - call.world.knobs.listLagMs
        const found = [...stored(call).values()]
          .flatMap((object) => resource.past(call).at(object, timeMs) ?? [])
          .filter((object) => isWanted(object) && hasTags(resource.tagsOf(call, object), tags))
        const { items, meta } = pageOf(call, found)
        const shown = items.map((item) => show(call, item, timeMs))
        return { body: { [`${name}s`]: shown, meta }, detail: { count: shown.length } }
      },
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      handle: (call) => {
        const timeMs = call.world.clock.nowMs() - call.world.knobs.readLagMs
        const { id = '' } = call.params
        const known = stored(call).get(id) ?? resource.foreign?.(call).get(id)
        const object = mustBe(known && resource.past(call).at(known, timeMs), id, name)
        return { body: { [name]: show(call, object, timeMs) }, detail: { id } }
      },
    },
    {
      method: 'PUT',
      path: `${path}/:id`,
      handle: (call) => {
        const object = find(call)
        resource.update(call, object)
        return { body: { [name]: show(call, object) }, detail: { id: object.id } }
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle: (call) => {
        resource.remove(call, find(call))
        return { body: {}, detail: { id: call.params.id } }
      },
    },
  ]
}

/** The object that the path names. */
export const findIn = <T>(stored: Map<string, T>, { params: { id = '' } }: ApiCall, name: string): T =>
  mustBe(stored.get(id), id, name)

const mustBe = <T>(found: T | undefined, id: string, name: string): T =>
  mustFind(found, name.charAt(0).toUpperCase() + name.slice(1), id)
