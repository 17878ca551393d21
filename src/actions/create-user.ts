import type * as bp from '../bp'
import { isInventedEmail, realName } from '../content/to-agent/placeholder-names'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { repeatKeyedWrite, requireCreated } from '../operation/platform-errors'
import type { Scope } from '../operation/scope'
import { tagValue } from '../operation/tag-value'

/**
 * Creates or finds the Botpress user of an end user. The e-mail address is the key: one address is one end user. With
 * `mergeByEmail` off, only an address that the plugin made up is a key, since it belongs to one end user anyway.
 * Without a key, each call creates a user. Makes no call to LiveChat.
 * @throws RuntimeError that says who must do what
 */
export const createCreateUser = (host: Host): bp.IntegrationProps['actions']['createUser'] =>
  operation(
    host,
    {
      name: 'createUser',
      budgetMs: budgets.createUser.wholeMs,
      failure: 'The end user could not be prepared for LiveChat',
    },
    async (scope, { input }: bp.ActionProps['createUser']) => ({ userId: await makeUser(scope, input) }),
  )

const makeUser = async ({ client, settings }: Scope, input: bp.ActionProps['createUser']['input']): Promise<string> => {
  const name = realName(input.name)?.slice(0, 200)
  const profile = { ...(name ? { name } : {}), ...(input.pictureUrl ? { pictureUrl: input.pictureUrl } : {}) }
  const email = tagValue(input.email?.trim().toLowerCase() ?? '')
  const isKey = email && (settings.mergeByEmail || isInventedEmail(email))
  const answer = isKey
    ? await repeatKeyedWrite(() =>
        client.getOrCreateUser({ ...profile, tags: { email }, discriminateByTags: ['email'] }),
      )
    : await client.createUser({ ...profile, tags: email ? { email } : {} })
  return requireCreated(answer, 'user').user.id
}
