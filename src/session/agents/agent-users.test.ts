import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../../test/helpers/fake-scope'
import { createAgent } from './agent-users'

const tags = { livechatAgentEmail: 'amber@example.com' }

/** A Botpress that has a user with this name already. */
const createWorld = (knownName: string | undefined) => {
  const log: string[] = []
  const scope = fakeScope(() => 7, {
    getOrCreateUser: ({ name }: { name?: string }) => {
      log.push(`get or create ${name ?? 'without a name'}`)
      return Promise.resolve({ user: { id: 'user-1', name: name ?? knownName, tags } })
    },
    updateUser: ({ name }: { name: string }) => {
      log.push(`name ${name}`)
      return Promise.resolve({ user: { id: 'user-1', name, tags } })
    },
  })
  return { scope, log }
}

describe('the user of an agent', () => {
  it.each([
    ['gets the name that was read', undefined, 'Agent Amber', ['get or create Agent Amber']],
    ['gets a name that stands in for one that could not be read', undefined, 'Agent', ['without', 'name Agent']],
    ['keeps the name that another process has read', 'Agent Amber', 'Agent', ['without']],
  ])('%s', async (_what, knownName, name, expected) => {
    const { scope, log } = createWorld(knownName)
    await createAgent(scope, { tags, name, discriminateByTags: ['livechatAgentEmail'] })
    expect(log).toEqual(expected.map((entry) => (entry === 'without' ? 'get or create without a name' : entry)))
  })
})
