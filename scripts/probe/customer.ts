import { accepted, type Answer, type Call, type LiveChat } from './calls'
import { textAt } from './json'
import { CannotSee } from './sighting'

/** A customer of the probe. `cookies` and the token inside `call` are credentials. */
export type ProbeCustomer = {
  name: string
  id: string
  cookies: string
  call: Call
  upload: (name: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer>
  /** The customer's only chat, once there is one. */
  chatId?: string
}

export type App = { clientId: string; organizationId: string; redirectUri: string }

/** The fields of a token request by the cookie grant. */
export const grantOf = ({ clientId, organizationId, redirectUri }: App): Record<string, unknown> => ({
  grant_type: 'cookie',
  response_type: 'token',
  client_id: clientId,
  organization_id: organizationId,
  redirect_uri: redirectUri,
})

/** Makes a customer and gives it its name. */
export const makeCustomer = async (livechat: LiveChat, app: App, name: string): Promise<ProbeCustomer> => {
  const answer = accepted('the customer token', await livechat.token(grantOf(app), undefined))
  const [token, id] = [textAt(answer.body, 'access_token'), textAt(answer.body, 'entity_id')]
  if (token === undefined || id === undefined)
    throw new CannotSee("LiveChat's token answer lacks access_token or entity_id")
  const call = livechat.customer(token)
  accepted('update_customer', await call('update_customer', { name }))
  return {
    name,
    id,
    cookies: cookiesOf(answer),
    call,
    upload: (file, bytes) => livechat.upload(token, file, bytes),
  }
}

/** The cookies that an answer sets, as the next request sends them. Empty if it sets none. */
export const cookiesOf = ({ cookies }: Answer): string => cookies.map((line) => line.split(';')[0]).join('; ')

/** The value of one cookie that an answer sets. */
export const cookieOf = ({ cookies }: Answer, name: string): string | undefined =>
  cookies
    .find((line) => line.startsWith(`${name}=`))
    ?.split(';')[0]
    ?.slice(name.length + 1)
