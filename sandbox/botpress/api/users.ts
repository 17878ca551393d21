import { z } from 'zod'
import type { User } from '../objects'
import { checkTags, isSameObject, mergeTags, visibleTags } from '../tags'
import { toWireUser } from '../wire'
import { effect, stamp } from '../world'
import { checkDiscriminators, parseBody, raceWindow, tagsSchema, type ApiCall, type Route } from './call'
import { routesOf } from './resource'

const name = z.string().max(200)
const pictureUrl = z.string().max(40_000)

const createSchema = z
  .object({
    tags: tagsSchema,
    integrationName: z.string().optional(),
    name: name.optional(),
    pictureUrl: pictureUrl.optional(),
    attributes: z.record(z.string()).optional(),
  })
  .strict()

const getOrCreateSchema = createSchema.extend({ discriminateByTags: z.array(z.string()).optional() })

const updateSchema = z
  .object({
    tags: tagsSchema.optional(),
    name: name.nullable().optional(),
    pictureUrl: pictureUrl.nullable().optional(),
    attributes: z.record(z.string().nullable()).optional(),
  })
  .strict()

export type GetOrCreateUser = z.output<typeof getOrCreateSchema>

const checkUserTags = (call: ApiCall, tags: Record<string, string>): void =>
  checkTags(tags, call.world.definition.user?.tags, 'user')

const createUser = ({ world, instance }: ApiCall, input: z.output<typeof createSchema>): User => {
  const { tags, name, pictureUrl, attributes } = input
  const user: User = {
    ...stamp(world, 'user'),
    tags: mergeTags({}, tags),
    pluginTags: {},
    name,
    pictureUrl,
    attributes,
  }
  instance.store.users.set(user.id, user)
  effect(world, 'user_created', { id: user.id, tags: { ...user.tags } })
  return user
}

const updateUser = (call: ApiCall, user: User, changes: z.output<typeof updateSchema>): void => {
  call.instance.store.past.users.keep(user, call.world.clock.nowMs())
  if (changes.tags) user.tags = mergeTags(user.tags, changes.tags)
  if (changes.name !== undefined) user.name = changes.name ?? undefined
  if (changes.pictureUrl !== undefined) user.pictureUrl = changes.pictureUrl ?? undefined
  if (changes.attributes) {
    const merged = Object.entries({ ...user.attributes, ...changes.attributes })
    user.attributes = Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null))
  }
  user.updatedAtMs = call.world.clock.nowMs()
}

export const getOrCreateUser = async (
  call: ApiCall,
  input: GetOrCreateUser,
): Promise<{ user: User; created: boolean }> => {
  checkUserTags(call, input.tags)
  checkDiscriminators(input.tags, input.discriminateByTags)
  const found = [...call.instance.store.users.values()].find(
    (user) => !user.isBot && isSameObject(visibleTags(user, call.world.knobs), input.tags, input.discriminateByTags),
  )
  if (found) {
    updateUser(call, found, { tags: input.tags, name: input.name, pictureUrl: input.pictureUrl })
    return { user: found, created: false }
  }
  await raceWindow(call.world)
  return { user: createUser(call, input), created: true }
}

export const userRoutes: Route[] = routesOf<User>({
  name: 'user',
  stored: ({ instance }) => instance.store.users,
  past: ({ instance }) => instance.store.past.users,
  foreign: ({ world, instance }) =>
    world.knobs.channelUsersReadable ? instance.upstream.users : new Map<string, User>(),
  show: ({ world }, user) => toWireUser(user, world.knobs),
  tagsOf: ({ world }, user) => visibleTags(user, world.knobs),
  isWanted: ({ query, instance }) => {
    const conversationId = query.get('conversationId')
    const participants = conversationId
      ? (instance.store.conversations.get(conversationId)?.participantIds ?? [])
      : undefined
    return (user) => !user.isBot && (participants === undefined || participants.includes(user.id))
  },
  create: (call) => {
    const input = parseBody(createSchema, call.body)
    checkUserTags(call, input.tags)
    return createUser(call, input)
  },
  getOrCreate: async (call) => {
    const { user, created } = await getOrCreateUser(call, parseBody(getOrCreateSchema, call.body))
    return { object: user, created }
  },
  update: (call, user) => {
    const changes = parseBody(updateSchema, call.body)
    checkUserTags(call, changes.tags ?? {})
    updateUser(call, user, changes)
  },
  remove: ({ instance }, { id }) => instance.store.deleteUser(id),
})
