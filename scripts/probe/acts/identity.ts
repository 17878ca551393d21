import { accepted, type Answer } from '../calls'
import { cookieOf, grantOf, type ProbeCustomer } from '../customer'
import { textAt } from '../json'
import { CannotSee, type Tell } from '../sighting'
import type { Stage } from '../stage'
import type { Act } from './act'

/** A number that is reserved for fiction. */
const phoneNumber = '+12025550143'

/** Who a customer is: tokens, cookies and details. No chat is open. */
export const identity: Act = {
  title: 'Tokens and details of customers',
  beliefs: ['region', 'requireResponseType', 'rotateCst', 'voidBody', 'phoneNumberOfCustomer', 'sameEmail'],
  play: async (stage, tell) => {
    await lookAtRegion(stage, tell)
    await lookAtTokens(stage, tell)
    await lookAtDetails(stage.customers.first, tell)
    await lookAtSameEmail(stage, tell)
  },
}

const renew = ({ livechat, app }: Stage, { cookies }: ProbeCustomer): Promise<Answer> =>
  livechat.token(grantOf(app), cookies)

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
  const again = accepted('the customer token', await renew(stage, first))
  const isSame = textAt(again.body, 'entity_id') === first.id
  const [before, after] = [/__lc_cst=([^;]+)/.exec(first.cookies)?.[1], cookieOf(again, '__lc_cst')]
  if (!isSame) tell('rotateCst', { notSeen: 'LiveChat did not know the customer again by the cookies' })
  else if (before === undefined) tell('rotateCst', { notSeen: 'the first answer set no __lc_cst' })
  else {
    const isNew = after !== undefined && after !== before
    tell('rotateCst', {
      value: isNew,
      seen: isNew ? 'The second answer set another __lc_cst' : 'The second answer set none, or the same __lc_cst',
      control: 'the cookies led to the same customer',
    })
  }
  const { response_type: _left, ...withoutType } = grantOf(stage.app)
  const answer = await stage.livechat.token(withoutType, first.cookies)
  tell('requireResponseType', {
    value: !answer.isOk,
    seen: `A grant without it was ${answer.outcome}`,
    control: 'the same grant with it was accepted',
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
  const seconds = textAt(accepted('the customer token', await renew(stage, second)).body, 'entity_id')
  const shown = textAt(accepted('get_customer', await second.call('get_customer')).body, 'email')
  if (shown !== email) return tell('sameEmail', { notSeen: 'the address is not shown' })
  tell('sameEmail', {
    seen: seconds === second.id ? 'Yes: the cookies of each lead to itself' : 'No: the second became another customer',
    control: 'both had taken the address',
  })
}
