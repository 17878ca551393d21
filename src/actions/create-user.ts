import type * as bp from '../bp'
import { isPluginsAddress, realName } from '../content/to-agent/briefing/placeholder-names'
import { budgets } from '../operation/budgets'
import { operation, type Host } from '../operation/operation'
import { repeatKeyedWrite, requireCreated } from '../operation/failures/platform-errors'
import type { Scope } from '../operation/scope'
import { tagValue } from '../operation/tag-value'
import { noteUser } from '../session/start/new-users'
import { cutAt } from '../shared/cut'
import { fieldsOf } from '../shared/fields'

/**
 * Creates or finds the Botpress user of an end user. The address that the plugin makes up for an end user is a key, so
 * that repeated calls find the same user. With `mergeByEmail`, any other e-mail address is a key, too: one address is
 * then one end user. Without a key, each call creates a user. Makes no call to LiveChat.
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
    async (scope, { input, ctx }: bp.ActionProps['createUser']) => ({
      userId: await makeUser(scope, input, ctx.botId),
    }),
  )

/** Botpress' limits. A picture with a longer address, such as a `data:` address, is left out. */
const maxName = 200
const maxPictureUrl = 40_000

/** A value that is no text counts as absent. */
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const makeUser = async (scope: Scope, input: bp.ActionProps['createUser']['input'], botId: string): Promise<string> => {
  const { client, settings } = scope
  const given = fieldsOf(input)
  const name = cutAt(realName(textOf(given['name'])) ?? '', maxName)
  const pictureUrl = textOf(given['pictureUrl']) ?? ''
  const profile = {
    ...(name ? { name } : {}),
    ...(pictureUrl !== '' && pictureUrl.length <= maxPictureUrl ? { pictureUrl } : {}),
  }
  const email = tagValue(textOf(given['email'])?.trim().toLowerCase() ?? '')
  const isKey = email && (settings.mergeByEmail || isPluginsAddress(email, botId))
  const answer = isKey
    ? await repeatKeyedWrite(() =>
        client.getOrCreateUser({
          ...profile,
          tags: { email, ...(isPluginsAddress(email, botId) ? {} : { foundByEmail: 'yes' }) },
          discriminateByTags: ['email'],
        }),
      )
    : await client.createUser({ ...profile, tags: email ? { email } : {} })
  const { user } = requireCreated(answer, 'user')
  noteUser(scope, user, !isKey)
  return user.id
}
