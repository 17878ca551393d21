import { afterEach, describe, expect, it } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/start-sandbox'

/** When two end users are one customer in LiveChat: an address that somebody types proves nothing. */

let sandbox: Sandbox
afterEach(() => sandbox.close())
const open = async (configuration: SandboxOptions['configuration'] = {}): Promise<void> => {
  sandbox = await startSandbox({ configuration })
}
const create = async (email: string): Promise<unknown> =>
  (await sandbox.installation.runAction('createUser', { name: 'Teal', email }))['userId']
const areOne = async (email: string, again = email): Promise<boolean> => (await create(email)) === (await create(again))
const userId = 'user_01KC2V9Q7E8FZ5X3M4N6P7R8ST'
const plugins = () => `${userId}@no-reply.${sandbox.installation.botId.replaceAll('_', '-')}.botpress.com`

describe('without mergeByEmail, two end users', () => {
  it.each<[string, () => string]>([
    ['typed the same address', () => 'teal@example.com'],
    ['typed an address that looks made up', () => 'teal@no-reply.hitl.botpress.com'],
    ['typed an address of another bot’s plugin', () => `${userId}@no-reply.590e89a1-0000.botpress.com`],
    ['typed an address of this bot without a user’s id', () => plugins().replace(userId, 'somebody')],
    ['have no address', () => ''],
  ])('stay two if they %s', async (_, email) => {
    await open()
    expect(await areOne(email())).toBe(false)
  })

  it('are one if the plugin of this bot made the address up, for the same user', async () => {
    await open()
    expect(await areOne(plugins())).toBe(true)
    expect(await areOne(plugins(), plugins().toUpperCase())).toBe(true)
  })
})

describe('with mergeByEmail, two end users', () => {
  it('are one if they typed the same address', async () => {
    await open({ mergeByEmail: true })
    expect(await areOne('Teal@example.com', ' teal@EXAMPLE.com ')).toBe(true)
  })
})
