import { accepted, type Answer } from '../calls'
import { cookieOf, cookiesOf, grantOf, type ProbeCustomer } from '../customer'
import { textAt } from '../json'
import { CannotSee, type Tell } from '../sighting'
import type { Stage } from '../stage'
import type { Act } from './act'

/** A number that is reserved for fiction. */
const phoneNumber = '+12025550143'

/** Who a customer is: tokens, cookies and details. No chat is open. */
export const identity: Act = {
  title: 'Tokens and details of customers',
  beliefs: [
    'region',
    'requireResponseType',
    'rotateCst',
    'newCstEndsOld',
    'voidBody',
    'phoneNumberOfCustomer',
    'sameEmail',
  ],
  play: async (stage, tell) => {
    await lookAtRegion(stage, tell)
    await lookAtTokens(stage, tell)
    await lookAtDetails(stage.customers.first, tell)
    await lookAtSameEmail(stage, tell)
  },
}

/** Asks for a token with the customer's latest cookies, and keeps the new ones. */
const renew = async ({ livechat }: Stage, customer: ProbeCustomer, grant: Record<string, unknown>): Promise<Answer> => {
  const answer = await livechat.token(grant, customer.cookies)
  if (textAt(answer.body, 'entity_id') === customer.id) customer.cookies = cookiesOf(answer) || customer.cookies
  return answer
}

const lookAtRegion = async ({ livechat }: Stage, tell: Tell): Promise<void> => {
  const region = livechat.region()
  const { isOk, outcome } = await livechat.customer('not-a-token')('get_customer')
  if (isOk) return tell('region', { notSeen: 'not even a call with a wrong token was refused' })
  tell('region', {
    value: region ?? 'none',
    seen: region === undefined ? 'Calls without a region were answered' : `LiveChat asked for the region ${region}`,
    control: `a call with a wrong token was ${outcome}`,
  })
}

const lookAtTokens = async (stage: Stage, tell: Tell): Promise<void> => {
  const { first } = stage.customers
  const old = first.cookies
  const again = accepted('the customer token', await renew(stage, first, grantOf(stage.app)))
  if (textAt(again.body, 'entity_id') !== first.id)
    throw new CannotSee('LiveChat did not know the customer again by the cookies')
  const [before, after] = [/__lc_cst=([^;]+)/.exec(old)?.[1], cookieOf(again, '__lc_cst')]
  const isNew = after !== undefined && after !== before
  tell('rotateCst', {
    value: isNew,
    seen: isNew ? 'The second answer set another __lc_cst' : 'The second answer set none, or the same __lc_cst',
    control: 'the cookies led to the same customer',
  })
  if (isNew) await lookAtOldCookies(stage, tell, old)
  else tell('newCstEndsOld', { notSeen: 'LiveChat gave no new one' })

  const { response_type: _left, ...withoutType } = grantOf(stage.app)
  const answer = await renew(stage, first, withoutType)
  tell('requireResponseType', {
    value: !answer.isOk,
    seen: `A grant without it was ${answer.outcome}`,
    control: 'the same grant with it was accepted',
  })
}

/** Wrong cookies are no error: LiveChat makes another customer, which gets a name like all of the probe's. */
const lookAtOldCookies = async (stage: Stage, tell: Tell, old: string): Promise<void> => {
  const { livechat, app, customers, runId } = stage
  const answer = accepted('the customer token', await livechat.token(grantOf(app), old))
  const isEnded = textAt(answer.body, 'entity_id') !== customers.first.id
  if (isEnded) {
    const stranger = livechat.customer(textAt(answer.body, 'access_token') ?? '')
    accepted('update_customer', await stranger('update_customer', { name: `Probe ${runId} (3)` }))
  }
  const latest = accepted('the customer token', await renew(stage, customers.first, grantOf(app)))
  if (textAt(latest.body, 'entity_id') !== customers.first.id)
    return tell('newCstEndsOld', { notSeen: 'the new cookies do not lead to the customer either' })
  tell('newCstEndsOld', {
    value: isEnded,
    seen: isEnded ? 'Yes: the old one led to another customer' : 'No: the old one still led to the customer',
    control: 'the new one leads to the customer',
  })
}

const lookAtDetails = async ({ call, name }: ProbeCustomer, tell: Tell): Promise<void> => {
  const answer = await call('update_customer', { name, phone_number: phoneNumber })
  const alone = accepted('update_customer', await call('update_customer', { name }))
  const shown = accepted('get_customer', await call('get_customer')).body
  if (textAt(shown, 'name') !== name) throw new CannotSee("not even the customer's name was taken and shown")
  const control = 'the name of the same customer was taken and shown'
  const body = alone.text.trim()
  tell('voidBody', {
    ...(body === '' ? { value: 'empty' } : body === '{}' ? { value: '{}' } : {}),
    seen: body === '' ? 'The answer to update_customer has no body' : `Its body has ${body.length} characters`,
    control,
  })
  const isShown = textAt(shown, 'phone_number') === phoneNumber
  tell('phoneNumberOfCustomer', {
    value: answer.isOk ? (isShown ? 'accepted' : 'ignored') : 'refused',
    seen: `It was ${answer.outcome}${answer.isOk ? `, and ${isShown ? 'is shown' : 'is not shown'}` : ''}`,
    control,
  })
}

const lookAtSameEmail = async (stage: Stage, tell: Tell): Promise<void> => {
  const { first, second } = stage.customers
  const email = `probe-${stage.runId}@example.com`
  for (const { call } of [first, second]) accepted('update_customer', await call('update_customer', { email }))
  const seconds = textAt(
    accepted('the customer token', await renew(stage, second, grantOf(stage.app))).body,
    'entity_id',
  )
  const shown = textAt(accepted('get_customer', await second.call('get_customer')).body, 'email')
  if (shown !== email) return tell('sameEmail', { notSeen: 'the address is not shown' })
  tell('sameEmail', {
    seen: seconds === second.id ? 'Yes: the cookies of each lead to itself' : 'No: the second became another customer',
    control: 'both had taken the address',
  })
}
