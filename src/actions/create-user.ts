import type * as bp from '../bp'
import { isInventedEmail, realName } from '../content/names'
import { toRuntimeError } from '../session/explain'
import { repeatKeyedWrite } from '../session/platform-call'
import { readSettings } from '../session/settings'

/**
 * Makes or finds the Botpress user that stands for an end user. The e-mail address is the key: one address is one person
 * unless `mergeByEmail` is off; an address that the plugin made up names one person anyway. Calls nothing in LiveChat.
 */
export const createUser: bp.IntegrationProps['actions']['createUser'] = async (props) => {
  const { client, ctx, input } = props
  const settings = readSettings(ctx.configuration)
  const name = realName(input.name)?.slice(0, 200)
  const profile = { ...(name ? { name } : {}), ...(input.pictureUrl ? { pictureUrl: input.pictureUrl } : {}) }
  const email = input.email?.trim().toLowerCase().slice(0, 500)
  try {
    const isKey = email && (settings.mergeByEmail || isInventedEmail(email))
    const { user } = isKey
      ? await repeatKeyedWrite(() =>
          client.getOrCreateUser({ ...profile, tags: { email }, discriminateByTags: ['email'] }),
        )
      : await client.createUser({ ...profile, tags: email ? { email } : {} })
    return { userId: user.id }
  } catch (error) {
    throw toRuntimeError('The end user could not be prepared for LiveChat', error, props.logger)
  }
}
