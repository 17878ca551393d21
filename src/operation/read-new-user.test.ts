import { ResourceNotFoundError } from '@botpress/client'
import { describe, expect, it } from 'vitest'
import { fakeScope } from '../../test/helpers/fake-scope'
import { readNewUser } from './read-new-user'

/** Reads a user whom Botpress shows only from this call on. */
const readShownFrom = (shownFromCall: number): Promise<{ id: string }> => {
  let calls = 0
  const getUser = ({ id }: { id: string }): Promise<unknown> => {
    calls += 1
    return calls < shownFromCall ? Promise.reject(new ResourceNotFoundError('x')) : Promise.resolve({ user: { id } })
  }
  const scope = fakeScope(() => 7, { getUser })
  return readNewUser({ ...scope, runtime: { ...scope.runtime, sleep: () => Promise.resolve() } }, 'user-1')
}

describe('a user whom another process has just made', () => {
  it('is found although Botpress does not show them at the first read', async () => {
    await expect(readShownFrom(2)).resolves.toMatchObject({ id: 'user-1' })
  })

  it('is missing if Botpress does not show them at the second read, either', async () => {
    await expect(readShownFrom(3)).rejects.toThrow(ResourceNotFoundError)
  })
})
