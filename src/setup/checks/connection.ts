import { issueOf } from '../../operation/failures/issue-of'
import { itsWord, plain, saidType, whatToDo } from './error-words'
import type { Judge } from './facts'
import { notChecked, ok, problem } from './finding'

/** The accounts server gives a token only if client ID, organization ID and redirect URI all match. */
export const credentialsCheck: Judge = {
  id: 'credentials',
  title: 'Client ID, Organization ID, redirect URI',
  judge: ({ token }) =>
    token.kind === 'failed'
      ? problem(`LiveChat gave no access token${itsWord(token.error)}.`, whatToDo(token.error), issueOf(token.error))
      : ok('LiveChat gives tokens for this app, organization and address.'),
}

/** Our calls use the region that LiveChat names. So the bot's owner does not set a region. */
export const regionCheck: Judge = {
  id: 'region',
  title: 'Region',
  judge: ({ token, groupStatuses }) => {
    if (groupStatuses.kind === 'failed' && saidType(groupStatuses, 'misdirected_request')) {
      return problem('LiveChat refuses the region that it named itself.', whatToDo(groupStatuses.error))
    }
    if (token.kind !== 'known' || groupStatuses.kind !== 'known') return notChecked(noAnswer)
    const region = token.value.region()
    return ok(
      region === undefined
        ? 'No special region is needed.'
        : `LiveChat asks for ${plain(region)}. This region is used.`,
    )
  },
}

const noAnswer = 'LiveChat’s chat API gave no answer'
const planTypes = ['license_expired', 'wrong_product_version', 'limit_reached']

export const chatApiCheck: Judge = {
  id: 'chatApi',
  title: 'Chat API',
  judge: ({ groupStatuses }) => {
    if (groupStatuses.kind === 'known') return ok('It accepts the token.')
    if (groupStatuses.kind === 'unasked') return notChecked(groupStatuses.why)
    if (saidType(groupStatuses, 'misdirected_request', ...planTypes)) return notChecked('another check says why')
    const { error } = groupStatuses
    return problem(`It gave no answer${itsWord(error)}.`, whatToDo(error), issueOf(error))
  },
}

/** Problems that only the owner of the LiveChat subscription can fix. */
export const planCheck: Judge = {
  id: 'plan',
  title: 'License and plan',
  judge: ({ groupStatuses, agentSide }) => {
    const refused = [groupStatuses, ...Object.values(agentSide ?? {})].find((fact) => saidType(fact, ...planTypes))
    if (refused?.kind === 'failed')
      return problem(`LiveChat refuses${itsWord(refused.error)}.`, whatToDo(refused.error), issueOf(refused.error))
    return groupStatuses.kind === 'known' ? ok('The license is active, and no limit is reached.') : notChecked(noAnswer)
  },
}
